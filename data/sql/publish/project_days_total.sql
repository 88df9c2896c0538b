-- One row is one project in one month: days of its named workers there, and those without cover. Who begins on a day adds
-- the rest of that month and every month after.
create temp table project_days_total as
with turned as (
    select project_id, month_index, sum(working) as working, sum(exposed) as exposed,
        sum(working_days) as working_days, sum(exposed_days) as exposed_days
    from day_turn_partial
    group by all
), lined_up as (
    select project_id, month_index, day(month) as days, coalesce(working, 0) as working, coalesce(exposed, 0) as exposed,
        coalesce(working_days, 0) as working_days, coalesce(exposed_days, 0) as exposed_days
    from turned full join project_at_work using (project_id, month_index)
), summed as (
    select project_id, month_index,
        working_days + days * (sum(working) over earlier - working) as named_days,
        exposed_days + days * (sum(exposed) over earlier - exposed) as exposed_days
    from lined_up
    window earlier as (partition by project_id order by month_index)
)
select project_id, month_index, cast(named_days as bigint) as named_days, cast(exposed_days as bigint) as exposed_days
from summed join project_at_work using (project_id, month_index)
