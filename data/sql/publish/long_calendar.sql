-- The calendar and the twelve months before it, in which deadlines and registrations of its first months may lie.
create temp table long_calendar as
select month, month_index from calendar
union all
select cast(last_day(month_start) as date), cast(year(month_start) * 12 + month(month_start) as bigint)
from (select unnest(generate_series(date_trunc('month', first_month) - interval 12 month,
        date_trunc('month', first_month) - interval 1 month, interval 1 month)) as month_start
      from (select min(month) as first_month from calendar having count(*) > 0))
