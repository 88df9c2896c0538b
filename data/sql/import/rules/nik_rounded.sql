-- A spreadsheet keeps fifteen digits of a number and writes 0 for the sixteenth. One NIK may end so, a whole file of them
-- has passed through numeric cells before it was saved as text.
insert into found
select row_number, $column, 'nik_angka', {column}, null
from staged
where regexp_full_match({column}, '[0-9]{16}')
    and (
        select count(*) >= $fewest and bool_and(right({column}, 1) = '0')
        from staged
        where regexp_full_match({column}, '[0-9]{16}')
    )
