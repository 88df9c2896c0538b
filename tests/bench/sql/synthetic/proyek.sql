-- $projects projects of 153 owners over 54 months; an owner has one type and works in one kabupaten/kota mostly.
insert into proyek (
    batch_id, row_number, data_as_of, kode_proyek, nama_proyek, wilayah, pemilik, jenis_pemilik, sumber_dana,
    nilai_kontrak, termasuk_ppn, no_spk, tgl_spk, mulai, selesai, selesai_pemeliharaan, penyedia, tenaga_kerja,
    jenis_pekerjaan
)
with kabupaten as (
    select list(code order by code) as codes
    from (values ('16.01'), ('16.02'), ('16.03'), ('16.04'), ('16.05'), ('16.06'), ('16.07'), ('16.08'), ('16.09'),
        ('16.10'), ('16.11'), ('16.12'), ('16.13'), ('16.71'), ('16.72'), ('16.73'), ('16.74')) as t (code)
), drawn as (
    select i, hash(i) % 153 as owner, cast(date '2021-01-01' + cast(hash(i + 7) % 1500 as integer) as date) as mulai
    from range($projects) as t (i)
)
select 1, i + 2, date '2025-06-30', 'P' || i, 'Pekerjaan ' || i,
    codes[1 + cast(case when hash(i + 3) % 10 = 0 then hash(i + 4) else owner end % 17 as integer)],
    'Pemilik ' || owner,
    ['OPD provinsi', 'OPD kabupaten/kota', 'Kementerian', 'BUMN/BUMD/BLUD', 'Swasta'][1 + cast(owner % 5 as integer)],
    ['APBN', 'APBD provinsi', 'APBD kabupaten/kota', 'BLUD/BUMD', 'Swasta', 'Lain'][1 + cast(hash(i + 1) % 6 as integer)],
    1000000000, true, null, null, mulai, mulai + 30 + cast(hash(i + 2) % 330 as integer), null, null,
    20 + hash(i + 5) % 80, null
from drawn cross join kabupaten
