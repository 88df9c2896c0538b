-- $projects projects of $owners owners over 54 months, in all kabupaten/kota. An owner has one type, works in one
-- kabupaten/kota mostly (nine projects of ten) and from one fund mostly (eight of ten). Project i is of owner i % $owners.
insert into proyek (
    batch_id, row_number, data_as_of, kode_proyek, nama_proyek, wilayah, pemilik, jenis_pemilik, sumber_dana,
    nilai_kontrak, termasuk_ppn, no_spk, tgl_spk, mulai, selesai, selesai_pemeliharaan, penyedia, tenaga_kerja,
    jenis_pekerjaan
)
with drawn as (
    select i, i % $owners as owner, cast(date '2021-01-01' + cast(hash(i + 7) % 1500 as integer) as date) as mulai
    from range($projects) as t (i)
)
select 1, i + 2, date '2025-06-30', 'P' || i, 'Pekerjaan ' || i,
    $codes[1 + cast(case when hash(i + 3) % 10 = 0 then hash(i + 4) else owner end % len($codes) as integer)],
    'Pemilik ' || owner,
    ['OPD provinsi', 'OPD kabupaten/kota', 'Kementerian', 'BUMN/BUMD/BLUD', 'Swasta'][1 + cast(owner % 5 as integer)],
    ['APBD provinsi', 'APBD kabupaten/kota', 'APBN', 'BLUD/BUMD', 'Swasta', 'Lain'][
        1 + cast(case when hash(i + 1) % 10 < 8 then owner % 5 else hash(i + 2) % 6 end as integer)],
    1000000000, true, null, mulai - 7, mulai, mulai + 30 + cast(hash(i + 2) % 330 as integer), null, null,
    20 + hash(i + 5) % 80, null
from drawn
