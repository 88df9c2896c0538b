-- What an import left behind, as numbers that two ledgers with the same key share only if they hold the same.
select
    (select count(*) from tenaga_kerja),
    (select count(*) from person),
    (select bit_xor(hash(row_number, nik_hmac, kode_proyek, mulai, selesai)) from tenaga_kerja join person using (person_id)),
    (select count(*) from reject),
    (select bit_xor(hash(row_number, code)) from (select distinct row_number, code from reject)),
    (select count(distinct code) from reject)
