-- What any way of counting must at least do: read every person row once.
select
    (select count(*) + bit_xor(hash(person_id, kode_proyek, mulai, selesai)) // 2 from ledger.tenaga_kerja),
    (select count(*) + bit_xor(hash(person_id, segmen, kode_proyek, wilayah, sektor, mulai, selesai, tgl_bayar)) // 2
     from ledger.kepesertaan)
