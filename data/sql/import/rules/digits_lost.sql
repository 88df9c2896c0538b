-- An identifier that a spreadsheet made a number of: past fifteen digits, or in scientific notation, digits are gone.
insert into found
select row_number, $column, 'digit_hilang', ltrim({column}, chr(2)), null
from staged
where (starts_with({column}, chr(2)) and not regexp_full_match({column}, chr(2) || '[0-9]{1,15}'))
    or regexp_full_match({column}, '[0-9]([.,][0-9]+)?[eE][+][0-9]{2}')
