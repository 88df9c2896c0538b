create temp table project_roster_total as
select project_id, month_index, cast(sum(roster_persons) as bigint) as roster_persons,
    cast(sum(covered_persons) as bigint) as covered_persons, cast(sum(member_persons) as bigint) as member_persons
from project_roster_partial
group by all
