-- Digits 7 to 12 of a NIK are a birth date, DDMMYY, in either century; 40 is added to a woman's day.
insert into found
with birth as (
    select
        row_number, {column} as nik,
        '-' || substr({column}, 9, 2) || '-'
            || lpad(cast(cast(substr({column}, 7, 2) as integer)
                - case when substr({column}, 7, 2) > '40' then 40 else 0 end as varchar), 2, '0') as month_day
    from staged
    where regexp_full_match({column}, '[0-9]{16}')
)
select row_number, $column, 'nik_tanggal_lahir', nik, null
from birth
where try_cast('19' || substr(nik, 11, 2) || month_day as date) is null
    and try_cast('20' || substr(nik, 11, 2) || month_day as date) is null
