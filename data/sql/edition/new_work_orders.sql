-- Projects with a work order that can still be registered in time and are not, or of which nobody knows it.
select project.kode_proyek
from project
left join judgement on judgement.kode_proyek = project.kode_proyek and payment = 0
where tgl_spk <= $as_of and deadline >= $as_of and is_registered is distinct from true
    and project.place in (select unnest(cast($places as varchar[])))
    and ($owners is null or project.owner in (select unnest(cast($owners as varchar[]))))
    and ($fund is null or project.fund = $fund)
order by deadline, project.kode_proyek
