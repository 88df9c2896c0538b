-- Seven stays of ten are covered on their project, some late, some unpaid; one person of twenty has a personal membership.
insert into kepesertaan
select 4, row_number, data_as_of, person_id, 'JAKON', kode_proyek, null, null, 'JKK+JKM',
    mulai + cast(hash(row_number + 3) % 20 as integer), selesai,
    case when hash(row_number + 4) % 25 > 0 then mulai + cast(hash(row_number + 5) % 30 as integer) end
from tenaga_kerja
where hash(row_number) % 10 < 7
union all
select 4, 100000000 + i, date '2025-06-30', 1 + i, case when i % 2 = 0 then 'BPU' else 'PU' end, null,
    $codes[1 + cast(hash(i + 6) % len($codes) as integer)],
    case when hash(i + 7) % 3 > 0 then 'konstruksi' else 'perdagangan' end, 'JKK+JKM',
    date '2021-01-15' + cast(hash(i + 8) % 1400 as integer),
    case when hash(i + 9) % 2 = 0 then date '2025-03-31' end, date '2021-02-01' + cast(hash(i + 10) % 1500 as integer)
from range(0, $persons, 20) as t (i)
