-- Three projects of ten are paid, in one to three parts.
insert into pembayaran (batch_id, row_number, data_as_of, kode_proyek, termin, jumlah, tgl_bayar)
select 6, 10 * row_number + part, data_as_of, kode_proyek, 'Termin ' || part, nilai_kontrak // 3,
    mulai + cast(20 * part + hash(row_number) % 30 as integer)
from proyek cross join range(1, 4) as t (part)
where hash(row_number + 4) % 10 < 3 and part <= 1 + hash(row_number + 6) % 3
