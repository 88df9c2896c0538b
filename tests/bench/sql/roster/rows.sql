-- A roster of $rows rows as a sender has it, as text: three stays a person; of each 5.000 rows eleven are wrong, one by one.
with drawn as (
    select i, i % ($rows // 3) as person, i % 5000 as slot, hash(i + 1) as a, hash(i + 2) as b,
        hash(i % ($rows // 3) + 3) as c, hash(i % ($rows // 3) + 4) as d
    from range($rows) as t (i)
), written as (
    select i, slot,
        '1671' || lpad(cast(1 + c % 18 as varchar), 2, '0')
            || lpad(cast(1 + d % 28 + case when c % 5 = 0 then 40 else 0 end as varchar), 2, '0')
            || lpad(cast(1 + c // 100 % 12 as varchar), 2, '0') || lpad(cast(60 + d // 100 % 40 as varchar), 2, '0')
            || lpad(cast(1 + person % 9999 as varchar), 4, '0') as nik,
        cast(10000000000 + a % 89999999999 as varchar) as kpj, 'Pekerja ' || person as nama,
        'P-' || lpad(cast(b % 20000 as varchar), 6, '0') as kode_proyek,
        date '2021-01-01' + cast(a % 1300 as integer) as mulai, date '2024-08-01' + cast(b % 330 as integer) as selesai
    from drawn
)
select
    case slot
        when 1 then left(nik, 15)
        when 2 then left(nik, 6) || '310299' || right(nik, 4)
        when 3 then left(nik, 12) || '0000'
        when 4 then '1699' || right(nik, 12)
        when 5 then ''
        when 12 then lag(nik) over (order by i)
        else nik
    end as nik,
    case slot when 6 then left(kpj, 10) else kpj end as kpj,
    nama,
    case slot when 7 then '' when 12 then lag(kode_proyek) over (order by i) else kode_proyek end as kode_proyek,
    case slot when 8 then '' when 9 then '31/02/2024' when 10 then 'segera'
        when 12 then lag(strftime(mulai, '%d/%m/%Y')) over (order by i)
        else strftime(mulai, '%d/%m/%Y') end as mulai,
    case slot when 11 then mulai - 1 else selesai end as selesai
from written
order by i
