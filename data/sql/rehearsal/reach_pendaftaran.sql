-- The scopes that reach a registration: those of its project, named by its code or by a work order that no other bears.
with by_work_order as (
    select no_spk, any_value(kode_proyek) as kode_proyek
    from {state}_project where no_spk is not null
    group by no_spk having count(*) = 1
)
select natural_key, found.batch_id, found.data_as_of, tgl_daftar as first_day,
    coalesce(found.selesai, project.selesai) as last_day, project.scopes
from {state}_row as found left join by_work_order using (no_spk)
join {state}_project as project on project.kode_proyek = coalesce(found.kode_proyek, by_work_order.kode_proyek)
