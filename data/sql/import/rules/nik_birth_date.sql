-- Digits 7 to 12 of a NIK are a birth date.
insert into found
select row_number, $column, 'nik_tanggal_lahir', {column}, null
from staged
where case when regexp_full_match({column}, '[0-9]{16}') then not nik_has_birth_date({column}) end
