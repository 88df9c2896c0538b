-- Projects with a work order that can still be registered in time and are not, or of which nobody knows it. Where the work is
-- over before its deadline to register nobody can be helped any more. A list or text that is null limits nothing.
select kode_proyek
from project
where tgl_spk <= $as_of and deadline >= $as_of and selesai >= $as_of and is_registered is distinct from true
    and ($places is null or place in (select unnest(cast($places as varchar[]))))
    and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
    and ($fund is null or fund = $fund)
order by deadline, kode_proyek
