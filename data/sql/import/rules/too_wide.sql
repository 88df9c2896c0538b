-- A row has more filled cells than the header has columns: a delimiter inside an unquoted cell has shifted them.
insert into found
select row_number, null, 'sel_berlebih', null, null
from staged
where too_wide
