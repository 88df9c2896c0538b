-- One row is one registration of a known project as the latest live delivery states it.
create temp table live_registration as
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
)
select cast(row_number() over () as integer) as registration_id, project_id, winner.batch_id, winner.data_as_of,
    tgl_daftar, tgl_bayar, iuran_dibayar, winner.tenaga_kerja as headcount,
    greatest(tgl_bayar, coalesce(winner.mulai, project.mulai)) as cover_from,
    coalesce(winner.selesai, project.selesai) as cover_to, scope_parent, scope_place, scope_owner
from winner
left join by_work_order on by_work_order.no_spk = winner.no_spk
join live_project as project
    on project.kode_proyek = coalesce(winner.kode_proyek, by_work_order.kode_proyek)
