create temp table project_named_total as
select project_id, month_index, cast(sum(named_active) as bigint) as named_active
from project_named_partial
group by all
