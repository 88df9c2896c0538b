-- One row is one project at one month end: persons on its roster, those of them covered there, and those who are members
-- of the project itself, whom its registered headcount therefore includes.
with alike as (
    select project_id, working, covered, member, count(*) as persons
    from roster_mask
    group by project_id, working, covered, member
)
select project_id, month_index, cast(sum(persons) as bigint) as roster_persons,
    cast(sum(case when (covered & bit) <> 0 then persons else 0 end) as bigint) as covered_persons,
    cast(sum(case when (member & bit) <> 0 then persons else 0 end) as bigint) as member_persons
from alike join month_bit on (working & bit) <> 0
where not is_carry
group by project_id, month_index
