-- What the accepted contracts said before their addenda.
insert into nilai_lama (batch_id, row_number, data_as_of, kode_proyek, versi, tgl, nilai_kontrak, selesai)
select $batch_id, row_number, $data_as_of, kode_proyek, versi, tgl, nilai_kontrak, selesai
from old_values
semi join {typed} using (row_number)
order by row_number, versi
