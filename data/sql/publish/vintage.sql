insert into edition.vintage
with survey as (
    select wilayah, sektor, per_tanggal, pekerja, bawah, atas, sumber, dokumen
    from ledger.penduduk_bekerja join ledger.live_batch using (batch_id)
    qualify row_number() over (
        partition by wilayah, sektor, per_tanggal, sumber
        order by penduduk_bekerja.data_as_of desc, penduduk_bekerja.batch_id desc) = 1
), stated as (
    select wilayah, per_tanggal, potensi, potensi - potensi_presisi / 2 as low, potensi + potensi_presisi / 2 as high, sumber
    from edition_official
    where segmen = 'jasa konstruksi' and per_tanggal is not null and potensi is not null
), gathered as (
    select wilayah as place, sektor as sector, per_tanggal, pekerja as workers, bawah as low, atas as high,
        sumber as source, dokumen as document
    from survey
    union all
    select wilayah, 'konstruksi', per_tanggal, potensi, low, high, sumber, null from stated
)
select place, sector, per_tanggal, workers, low, high, source, document, coalesce(source_rank, 1000)
from gathered left join denominator_source using (source)
order by place, sector, per_tanggal, source
