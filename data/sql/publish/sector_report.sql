-- One row is the reported count of active members that wins for one place, month and sector other than construction, or for
-- all sectors. Of the latter a recapitulation speaks where it holds every segment, each as a total or by all its sectors.
create temp table sector_report as
with recap as (
    select wilayah, bulan, segmen, sektor, sumber, peserta_aktif, rekap.data_as_of, batch_id
    from ledger.rekap join ledger.live_batch using (batch_id)
    qualify row_number() over (
        partition by wilayah, bulan, segmen, sektor, sumber order by rekap.data_as_of desc, rekap.batch_id desc) = 1
), by_sector as (
    -- Wage earners alone, or the others alone, would understate a sector.
    select wilayah, bulan, sektor, sumber, sum(peserta_aktif) as members, max(row(data_as_of, batch_id)) as delivered
    from recap
    where segmen in ('PU', 'BPU') and sektor <> 'konstruksi'
    group by wilayah, bulan, sektor, sumber
    having count(*) = 2
), segment_count as (
    -- A row without a sector is the segment's total. A recapitulation of construction alone states some sectors only.
    select wilayah, bulan, sumber, segmen, max(row(data_as_of, batch_id)) as delivered,
        coalesce(sum(peserta_aktif) filter (sektor is null), sum(peserta_aktif)) as members
    from recap
    group by wilayah, bulan, sumber, segmen
    having segmen = 'JAKON' or bool_or(sektor is null) or count(*) = $sectors
), all_sectors as (
    select wilayah, bulan, sumber, sum(members) as members, max(delivered) as delivered
    from segment_count
    group by wilayah, bulan, sumber
    having count(*) = 3
), official as (
    select wilayah, per_tanggal, sumber, peserta, coalesce(peserta_presisi, 0) / 2 as half_unit,
        row(angka_resmi.data_as_of, batch_id) as delivered
    from ledger.angka_resmi join ledger.live_batch using (batch_id)
    where segmen = 'semua segmen' and per_tanggal is not null
    qualify row_number() over (
        partition by wilayah, per_tanggal, sumber order by angka_resmi.data_as_of desc, angka_resmi.batch_id desc) = 1
), candidate as (
    select wilayah as place, sektor as sector, bulan as month, bulan as as_of, sumber as source, members as numerator,
        0.0 as half_unit, true as is_month_end_count, delivered
    from by_sector
    union all
    select wilayah, $all_sectors, bulan, bulan, sumber, members, 0.0, true, delivered from all_sectors
    union all
    select wilayah, $all_sectors, last_day(per_tanggal), per_tanggal, sumber, peserta, half_unit, false, delivered
    from official
    where peserta is not null
)
select place, sector, month, numerator, half_unit, source, as_of
from candidate join calendar using (month)
left join report_source using (source)
qualify row_number() over (
    partition by place, sector, month
    order by as_of desc, is_month_end_count desc, coalesce(source_rank, 1000), delivered desc, source) = 1
