-- A cell is blank that the value of another column makes required.
insert into found
select row_number, $column, 'wajib_kosong', null, $detail
from typed
where list_contains($values, {decides}) and row_number in (select row_number from staged where {column} is null)
