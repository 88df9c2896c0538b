-- One row is one official figure as the latest live delivery states it.
create temp table edition_official as
select wilayah, per_tanggal, segmen, peserta, peserta_presisi, potensi, potensi_presisi, persen_tercetak, sumber
from ledger.angka_resmi join ledger.live_batch using (batch_id)
qualify row_number() over (
    partition by wilayah, per_tanggal, segmen, sumber
    order by angka_resmi.data_as_of desc, angka_resmi.batch_id desc) = 1
