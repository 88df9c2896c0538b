-- A NIK has sixteen digits.
insert into found
select row_number, $column, 'nik_bukan_16_digit', {column}, cast(length({column}) as varchar)
from staged
where not regexp_full_match({column}, '[0-9]{16}')
    and not starts_with({column}, chr(2))
    and not regexp_full_match({column}, '[0-9]([.,][0-9]+)?[eE][+][0-9]{2}')
