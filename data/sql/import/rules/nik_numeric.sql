-- A NIK in a numeric cell, or one that passed through one: a spreadsheet keeps fifteen of its sixteen digits.
insert into found
select row_number, $column, 'nik_angka', ltrim({column}, chr(2)), null
from staged
where starts_with({column}, chr(2)) or regexp_full_match({column}, '[0-9]([.,][0-9]+)?[eE][+][0-9]{2}')
