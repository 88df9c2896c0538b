-- Rows by the position that belong to no project of the register, each natural key once, as the latest live delivery states it.
-- What is declared for a place or an owner belongs to it, though its project is not known.
insert into edition.unmatched
with by_work_order as (
    select no_spk, any_value(kode_proyek) as kode_proyek, count(*) as projects
    from live_project where no_spk is not null
    group by no_spk
), registered as (
    select registration.*
    from ledger.pendaftaran as registration join ledger.live_batch using (batch_id)
    where tgl_daftar <= $as_of
    qualify row_number() over (
        partition by coalesce(no_proyek_bpjs, concat_ws(chr(10), coalesce(kode_proyek, ''), coalesce(no_spk, ''), tgl_daftar))
        order by registration.data_as_of desc, registration.batch_id desc, registration.row_number) = 1
), registration as (
    select 'pendaftaran' as kind, registered.batch_id, registered.row_number, no_spk, no_proyek_bpjs, npp, tgl_daftar as day,
        iuran_dibayar as amount_rp, registered.tenaga_kerja as headcount, 1 as rows, registered.kode_proyek,
        coalesce(registered.kode_proyek, case when projects = 1 then by_work_order.kode_proyek end) as belongs_to,
        registered.kode_proyek is null and projects > 1 as is_ambiguous
    from registered left join by_work_order using (no_spk)
), paid as (
    select pembayaran.*
    from ledger.pembayaran join ledger.live_batch using (batch_id)
    where coalesce(tgl_bayar, tgl_permohonan) <= $as_of
    qualify row_number() over (
        partition by kode_proyek, tgl_permohonan, termin, tgl_bayar
        order by pembayaran.data_as_of desc, pembayaran.batch_id desc, pembayaran.row_number) = 1
), person_row as (
    select 'tenaga_kerja' as kind, batch_id, kode_proyek, row_number, mulai from ledger.tenaga_kerja
    union all
    select 'kepesertaan', batch_id, kode_proyek, row_number, mulai from ledger.kepesertaan where segmen = 'JAKON'
), in_register as (
    select kode_proyek from live_project join project_register using (project_id)
), of_persons as (
    select person_row.kind, batch_id, kode_proyek, cast(count(*) as integer) as rows, min(row_number) as row_number,
        min(mulai) as day
    from person_row join ledger.live_batch using (batch_id)
    anti join in_register using (kode_proyek)
    group by person_row.kind, batch_id, kode_proyek
), every_row as (
    select kind, batch_id, row_number, kode_proyek, no_spk, no_proyek_bpjs, npp, day, amount_rp, headcount, rows, belongs_to,
        is_ambiguous
    from registration
    union all by name
    select 'pembayaran' as kind, batch_id, row_number, kode_proyek, coalesce(tgl_bayar, tgl_permohonan) as day, jumlah as amount_rp,
        1 as rows, kode_proyek as belongs_to, false as is_ambiguous
    from paid
    union all by name
    select kind, batch_id, row_number, kode_proyek, day, rows, kode_proyek as belongs_to, false as is_ambiguous
    from of_persons
)
select every_row.kind,
    case when is_ambiguous then 'spk_ganda' when live_project.kode_proyek is null then 'tidak_dikenal' else 'dihapus' end,
    every_row.kode_proyek, every_row.no_spk, no_proyek_bpjs, npp, day, amount_rp, headcount, rows,
    case when scope_kind = 'wilayah' then scope_value end, case when scope_kind = 'pemilik' then coalesce(scope_alias.name, scope_value) end,
    batch_id, file_name, every_row.row_number
from every_row join ledger.batch using (batch_id)
left join edition.alias as scope_alias on scope_kind = 'pemilik' and scope_alias.field = 'pemilik' and scope_alias.written = scope_value
left join live_project on live_project.kode_proyek = belongs_to
where belongs_to is null or belongs_to not in (select kode_proyek from in_register)
order by all
