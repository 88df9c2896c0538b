insert into edition.official_figure
select wilayah, per_tanggal, segmen, peserta, peserta_presisi, potensi, potensi_presisi, persen_tercetak, sumber
from edition_official
order by all
