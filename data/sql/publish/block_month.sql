-- One row is one month of this block, led by the month before it, whose bit carries the state over the seam.
create or replace temp table block_month as
with bounds as (select min(month_index) as calendar_first, max(month_index) as calendar_last from calendar)
select month_index, cast(make_date(cast((month_index - 1) // 12 as integer), cast((month_index - 1) % 12 + 1 as integer), 1)
    + interval 1 month - interval 1 day as date) as month
from bounds, lateral (select unnest(range($first_index - 1, least($first_index + $months, calendar_last + 1))) as month_index)
