-- Four projects of five are registered, most in time, some unpaid.
insert into pendaftaran (
    batch_id, row_number, data_as_of, kode_proyek, no_proyek_bpjs, tgl_daftar, tgl_bayar, iuran_dibayar, tenaga_kerja,
    mulai, selesai
)
select 2, row_number, data_as_of, kode_proyek, lpad(row_number::varchar, 13, '0'),
    tgl_spk + cast(hash(row_number) % 40 as integer),
    case when hash(row_number + 1) % 20 > 0 then tgl_spk + cast(hash(row_number) % 40 + hash(row_number + 3) % 5 as integer) end,
    nilai_kontrak // 500, tenaga_kerja, mulai, selesai
from proyek
where hash(row_number + 2) % 5 < 4
