-- A row's second value lies before its first.
insert into found
select row_number, $column, $code, cast({second} as varchar), cast({first} as varchar)
from typed
where {second} < {first}
