create temp table calendar as
select cast(last_day(month_start) as date) as month
from (select unnest(generate_series(date '2021-01-01', date '2025-06-01', interval 1 month)) as month_start)
