-- One row is the registered headcount in force of one project at one month end: paid registrations whose cover includes it.
create temp table project_headcount as
with winner as (
    select pendaftaran.*
    from ledger.pendaftaran join ledger.live_batch using (batch_id)
    qualify row_number() over (
        partition by coalesce(no_proyek_bpjs, coalesce(kode_proyek, 'spk ' || no_spk) || ' ' || tgl_daftar)
        order by pendaftaran.data_as_of desc, pendaftaran.batch_id desc) = 1
), by_work_order as (
    select no_spk, any_value(kode_proyek) as kode_proyek
    from live_project where no_spk is not null
    group by no_spk having count(*) = 1
), of_project as (
    select winner.batch_id, winner.data_as_of, winner.tenaga_kerja as headcount, project.project_id,
        project.scope_parent, project.scope_place, project.scope_owner,
        greatest(winner.tgl_bayar, coalesce(winner.mulai, project.mulai)) as cover_from,
        coalesce(winner.selesai, project.selesai) as cover_to
    from winner
    left join by_work_order on by_work_order.no_spk = winner.no_spk
    join live_project as project
        on project.kode_proyek = coalesce(winner.kode_proyek, by_work_order.kode_proyek)
    where winner.tgl_bayar is not null and winner.tenaga_kerja is not null
)
select project_id, month_index, cast(sum(headcount) as bigint) as headcount
from of_project join calendar on month between cover_from and cover_to
where not exists (
    from complete_delivery as later
    where later.kind = 'pendaftaran' and later.batch_id <> of_project.batch_id
        and (later.data_as_of, later.batch_id) > (of_project.data_as_of, of_project.batch_id)
        and later.scope in ('wilayah:00', scope_parent, scope_place, scope_owner)
        and calendar.month between later.period_from and later.period_to)
group by project_id, month_index
