-- The serial of a NIK begins at 0001.
insert into found
select row_number, $column, 'nik_nomor_urut', {column}, null
from staged
where regexp_full_match({column}, '[0-9]{16}')
    and not nik_has_serial({column})
