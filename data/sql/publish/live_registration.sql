-- One row is one registration of a known project as the latest live delivery states it. A registration names its project by
-- code or by work order; which one it is comes before which row is the latest.
create temp table live_registration as
with by_work_order as (
    select no_spk, any_value(kode_proyek) as kode_proyek
    from live_project where no_spk is not null
    group by no_spk having count(*) = 1
), of_project as (
    select registration.batch_id, registration.data_as_of, registration.row_number, no_proyek_bpjs, npp, no_sertifikat,
        tgl_daftar, tgl_bayar, iuran_dibayar, registration.tenaga_kerja as headcount, project_id, scope_parent, scope_place, scope_owner,
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
select cast(row_number() over () as integer) as registration_id, project_id, batch_id, data_as_of, row_number as file_row,
    no_proyek_bpjs, npp, no_sertifikat, tgl_daftar, tgl_bayar, iuran_dibayar, headcount, cover_from, cover_to, scope_parent,
    scope_place, scope_owner
from winner
