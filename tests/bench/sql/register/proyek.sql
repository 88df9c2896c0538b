-- $projects projects with a work order, of 153 owners over 54 months; an owner has one type and works in one
-- kabupaten/kota mostly.
insert into proyek (
    batch_id, row_number, data_as_of, kode_proyek, nama_proyek, wilayah, pemilik, jenis_pemilik, sumber_dana,
    nilai_kontrak, termasuk_ppn, no_spk, tgl_spk, mulai, selesai, penyedia, tenaga_kerja, cara_pelaksanaan,
    telepon_penyedia
)
with drawn as (
    select i, hash(i) % 153 as owner, cast(date '2021-01-01' + cast(hash(i + 7) % 1637 as integer) as date) as ordered,
        cast(hash(i + 9) % 9000 as integer) as ward
    from range($projects) as t (i)
)
select 1, i + 2, date '2025-06-30', 'P-' || year(ordered) || '-' || lpad(i::varchar, 7, '0'),
    ['Peningkatan Jalan', 'Rehabilitasi Ruang Kelas', 'Normalisasi Drainase', 'Preservasi Jembatan', 'Pembangunan Gudang']
        [1 + cast(hash(i + 11) % 5 as integer)] || ' Ruas ' || ward,
    $codes[1 + cast(case when hash(i + 3) % 10 = 0 then hash(i + 4) else owner end % len($codes) as integer)],
    'Pemilik ' || owner,
    ['OPD provinsi', 'OPD kabupaten/kota', 'Kementerian', 'BUMN/BUMD/BLUD', 'Swasta'][1 + cast(owner % 5 as integer)],
    ['APBN', 'APBD provinsi', 'APBD kabupaten/kota', 'BLUD/BUMD', 'Swasta', 'Lain'][1 + cast(hash(i + 1) % 6 as integer)],
    100000000 + hash(i + 13) % 20000000000, true, '600/' || i || '/SPK/' || year(ordered), ordered, ordered + 3,
    ordered + 33 + cast(hash(i + 2) % 330 as integer), 'PT Contoh ' || hash(i + 15) % 900, 5 + hash(i + 5) % 80, 'penyedia',
    '0711-555' || lpad((hash(i + 17) % 10000)::varchar, 4, '0')
from drawn
