-- Estimates as delivered, and the potential that official figures state of construction or of all sectors. A branch or group
-- has the sum of its parts' where one source states all of them for one date; sectors are never added to 'semua sektor'.
insert into edition.vintage
with survey as (
    select wilayah, sektor, per_tanggal, pekerja, bawah, atas, sumber, dokumen
    from ledger.penduduk_bekerja join ledger.live_batch using (batch_id)
    qualify row_number() over (
        partition by wilayah, sektor, per_tanggal, sumber
        order by penduduk_bekerja.data_as_of desc, penduduk_bekerja.batch_id desc) = 1
), stated as (
    select wilayah, case when segmen = 'semua segmen' then $all_sectors else 'konstruksi' end as sektor, per_tanggal, potensi,
        potensi - potensi_presisi / 2 as low, potensi + potensi_presisi / 2 as high, sumber
    from edition_official
    where segmen in ('jasa konstruksi', 'semua segmen') and per_tanggal is not null and potensi is not null
), gathered as (
    select wilayah as place, sektor as sector, per_tanggal, pekerja as workers, bawah as low, atas as high,
        sumber as source, dokumen as document
    from survey
    union all
    -- What a source delivers as an estimate says more than the potential beside a published figure of the same day.
    select wilayah, sektor, per_tanggal, potensi, low, high, sumber, null
    from stated anti join survey using (wilayah, sektor, per_tanggal, sumber)
), part_count as (
    select branch, count(*) as parts from edition.branch_member group by branch
), summed as (
    select branch as place, sector, per_tanggal, sum(workers) as workers,
        case when count(low) + count(high) > 0 then sum(coalesce(low, workers)) end as low,
        case when count(low) + count(high) > 0 then sum(coalesce(high, workers)) end as high, source, null as document
    from gathered join edition.branch_member using (place) join part_count using (branch)
    group by branch, sector, per_tanggal, source, parts
    having count(*) = parts
)
select place, sector, per_tanggal, workers, low, high, source, document, coalesce(source_rank, 1000)
from (from gathered union all from summed) left join denominator_source using (source)
order by place, sector, per_tanggal, source
