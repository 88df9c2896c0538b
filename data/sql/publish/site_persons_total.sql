create temp table site_persons_total as
select group_id, month_index, cast(sum(roster_persons) as bigint) as roster_persons,
    cast(sum(protected_persons) as bigint) as protected_persons
from site_persons_partial
group by all
