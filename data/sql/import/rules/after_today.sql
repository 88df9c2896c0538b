-- A day that only the past can have lies ahead: data stated as of tomorrow would outlive every later delivery.
insert into found
select row_number, $column, 'sesudah_hari_ini', cast({column} as varchar), cast($today as varchar)
from typed
where {column} > $today
