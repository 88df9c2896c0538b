-- One row is the registered headcount in force of one project at one month end: paid registrations whose cover includes it.
-- A registration names its project by code or by work order; which one it is comes before which row is the latest.
create temp table project_headcount as
with by_work_order as (
    select no_spk, any_value(kode_proyek) as kode_proyek
    from live_project where no_spk is not null
    group by no_spk having count(*) = 1
), of_project as (
    select registration.batch_id, registration.data_as_of, registration.row_number, no_proyek_bpjs, tgl_daftar, tgl_bayar,
        registration.tenaga_kerja as headcount, project_id, scope_parent, scope_place, scope_owner,
        greatest(tgl_bayar, coalesce(registration.mulai, project.mulai)) as cover_from,
        coalesce(registration.selesai, project.selesai) as cover_to
    from ledger.pendaftaran as registration join ledger.live_batch using (batch_id)
    left join by_work_order on by_work_order.no_spk = registration.no_spk
    join live_project as project
        on project.kode_proyek = coalesce(registration.kode_proyek, by_work_order.kode_proyek)
), winner as (
    select *
    from of_project
    qualify row_number() over (
        partition by coalesce(no_proyek_bpjs, project_id || ' ' || tgl_daftar)
        order by data_as_of desc, batch_id desc, row_number) = 1
)
select project_id, month_index, cast(sum(headcount) as bigint) as headcount
from winner join calendar on month between cover_from and cover_to
where tgl_bayar is not null and headcount is not null and not exists (
    from complete_delivery as later
    where later.kind = 'pendaftaran' and later.batch_id <> winner.batch_id
        and (later.data_as_of, later.batch_id) > (winner.data_as_of, winner.batch_id)
        and later.scope in ('wilayah:00', scope_parent, scope_place, scope_owner)
        and calendar.month between later.period_from and later.period_to)
group by project_id, month_index
