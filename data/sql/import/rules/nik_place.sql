-- The first four digits of a NIK are the province and kabupaten/kota that issued it, by their Kemendagri codes of then.
insert into found
select row_number, $column, 'nik_wilayah', {column}, left({column}, 4)
from staged
where regexp_full_match({column}, '[0-9]{16}')
    and not nik_has_region({column})
