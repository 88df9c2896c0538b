-- Of several columns a row needs at least one.
insert into found
select row_number, $column, 'salah_satu_wajib', null, $detail
from staged
where coalesce({columns}) is null
