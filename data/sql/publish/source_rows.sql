-- Rows that a later delivery states anew are left out, and so are those that wait for their project (unmatched).
insert into edition.source_rows
with of_project as (
    select 'proyek' as kind, batch_id, project_id, mulai as first_day, selesai as last_day, 1 as rows,
        file_row as first_row, file_row as last_row
    from live_project
    union all
    select 'pendaftaran', batch_id, project_id, least(tgl_daftar, tgl_bayar), greatest(tgl_daftar, tgl_bayar, cover_to), 1, file_row, file_row
    from live_registration
    union all
    select kind, batch_id, project_id, first_day, last_day, rows, first_row, last_row
    from source_rows_partial
    where project_id is not null
), live_payment as (
    select kode_proyek, pembayaran.batch_id, coalesce(tgl_permohonan, tgl_bayar) as first_day, coalesce(tgl_bayar, tgl_permohonan) as last_day,
        row_number as file_row
    from ledger.pembayaran join ledger.live_batch using (batch_id)
    qualify row_number() over (
        partition by kode_proyek, tgl_permohonan, termin, tgl_bayar
        order by pembayaran.data_as_of desc, pembayaran.batch_id desc, pembayaran.row_number) = 1
), live_recap as (
    select rekap.batch_id, wilayah, bulan, segmen, sektor, sumber, row_number as file_row
    from ledger.rekap join ledger.live_batch using (batch_id)
    qualify row_number() over (
        partition by wilayah, bulan, segmen, sektor, sumber order by rekap.data_as_of desc, rekap.batch_id desc) = 1
), live_estimate as (
    select penduduk_bekerja.batch_id, wilayah, sektor, per_tanggal, sumber, row_number as file_row
    from ledger.penduduk_bekerja join ledger.live_batch using (batch_id)
    qualify row_number() over (
        partition by wilayah, sektor, per_tanggal, sumber
        order by penduduk_bekerja.data_as_of desc, penduduk_bekerja.batch_id desc) = 1
), live_official as (
    select angka_resmi.batch_id, wilayah, segmen, per_tanggal, sumber, row_number as file_row
    from ledger.angka_resmi join ledger.live_batch using (batch_id)
    where per_tanggal is not null
    qualify row_number() over (
        partition by wilayah, per_tanggal, segmen, sumber
        order by angka_resmi.data_as_of desc, angka_resmi.batch_id desc) = 1
), live_target as (
    select target.batch_id, target.row_number as file_row, any_value(place) as place, any_value(target.sektor) as sektor,
        any_value(penerbit) as penerbit, any_value(tahun) as tahun
    from ledger.target join ledger.live_batch using (batch_id)
    left join edition.alias on alias.field = 'unit' and alias.written = target.unit
    join edition.target as told on (told.unit, told.year, told.indicator, told.issuer, told.data_as_of)
        = (coalesce(alias.name, target.unit), target.tahun, target.indikator, target.penerbit, target.data_as_of)
    where place is not null
    group by target.batch_id, target.row_number
), gathered as (
    select kind, of_project.batch_id, kode_proyek, place, owner, fund, null as sector, null as source, first_day, last_day, rows, first_row, last_row
    from of_project join live_project using (project_id)
    union all
    select 'pembayaran', live_payment.batch_id, kode_proyek, place, owner, fund, null, null, first_day, last_day, 1, live_payment.file_row,
        live_payment.file_row
    from live_payment join live_project using (kode_proyek)
    where first_day is not null
    union all
    select kind, batch_id, null, place, null, null, sector, null, first_day, last_day, rows, first_row, last_row
    from source_rows_partial
    where project_id is null
    union all
    -- What states JAKON as a whole, or a sector of it, states construction; a segment without a sector speaks of all of them.
    select 'rekap', batch_id, null, wilayah, null, null,
        case when segmen = 'JAKON' then 'konstruksi' else coalesce(sektor, $all_sectors) end, sumber, bulan, bulan, 1, file_row, file_row
    from live_recap
    union all
    select 'penduduk_bekerja', batch_id, null, wilayah, null, null, sektor, sumber, per_tanggal, per_tanggal, 1, file_row, file_row
    from live_estimate
    union all
    select 'angka_resmi', batch_id, null, wilayah, null, null,
        case segmen when 'jasa konstruksi' then 'konstruksi' when 'semua segmen' then $all_sectors end, sumber, per_tanggal, per_tanggal,
        1, file_row, file_row
    from live_official
    union all
    select 'target', batch_id, null, place, null, null, coalesce(sektor, $all_sectors), penerbit, make_date(tahun, 1, 1),
        make_date(tahun, 12, 31), 1, file_row, file_row
    from live_target
)
select batch_id, kind, kode_proyek, place, owner, fund, sector, source, min(first_day), max(last_day), sum(rows), min(first_row), max(last_row)
from gathered
group by batch_id, kind, kode_proyek, place, owner, fund, sector, source,
    case when source is not null then first_day end
order by kind, place, kode_proyek, sector, source, min(first_day), batch_id
