-- One row is one project of at least $least_rp that ran after $first and whose registrations state no more than $most workers.
with registered as (
    select kode_proyek, max(tenaga_kerja) as headcount, min(tgl_daftar) as registered_on
    from registration
    group by kode_proyek
    having count(*) = count(tenaga_kerja) and max(tenaga_kerja) <= $most
)
select kode_proyek, nama_proyek, place, owner, nilai_kontrak, project.tenaga_kerja as declared, headcount, registered_on
from registered join project using (kode_proyek)
where nilai_kontrak >= $least_rp and selesai >= $first
    and ($places is null or place in (select unnest(cast($places as varchar[]))))
    and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
order by kode_proyek
