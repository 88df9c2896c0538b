-- A required cell is blank.
insert into found
select row_number, $column, 'wajib_kosong', null, null
from staged
where {column} is null
