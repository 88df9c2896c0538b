-- One row is the reported count of active construction members that wins for one place and month.
create temp table population_report as
with recap as (
    select wilayah, bulan, segmen, sektor, sumber, peserta_aktif, rekap.data_as_of
    from ledger.rekap join ledger.live_batch using (batch_id)
    where segmen = 'JAKON' or sektor = 'konstruksi'
    qualify row_number() over (
        partition by wilayah, bulan, segmen, sektor, sumber order by rekap.data_as_of desc, rekap.batch_id desc) = 1
), segment_count as (
    -- A row without a sector is the segment's total, its sectors are parts of it: one or the other, never both.
    select wilayah, bulan, sumber, segmen, max(data_as_of) as data_as_of,
        coalesce(sum(peserta_aktif) filter (sektor is null), sum(peserta_aktif)) as members
    from recap
    group by wilayah, bulan, sumber, segmen
), official as (
    select wilayah, per_tanggal, sumber, peserta, coalesce(peserta_presisi, 0) / 2 as half_unit, angka_resmi.data_as_of
    from ledger.angka_resmi join ledger.live_batch using (batch_id)
    where segmen = 'jasa konstruksi' and per_tanggal is not null
    qualify row_number() over (
        partition by wilayah, per_tanggal, sumber order by angka_resmi.data_as_of desc, angka_resmi.batch_id desc) = 1
), candidate as (
    select wilayah as place, bulan as month, bulan as as_of, sumber as source, sum(members) as numerator,
        0.0 as half_unit, true as is_month_end_count, max(data_as_of) as data_as_of
    from segment_count
    group by wilayah, bulan, sumber
    having bool_or(segmen = 'JAKON')
    union all
    select wilayah, last_day(per_tanggal), per_tanggal, sumber, peserta, half_unit, false, data_as_of
    from official
    where peserta is not null
)
select place, month, numerator, half_unit, source, as_of, candidate.data_as_of
from candidate join calendar using (month)
left join report_source using (source)
qualify row_number() over (
    partition by place, month
    order by as_of desc, is_month_end_count desc, coalesce(source_rank, 1000), data_as_of desc, source) = 1
