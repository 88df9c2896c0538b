-- One row is one project at one month end: persons on its roster, and those of them covered there.
with alike as (
    select project_id, working, covered, count(*) as persons
    from roster_mask
    group by project_id, working, covered
)
select project_id, month_index, cast(sum(persons) as bigint) as roster_persons,
    cast(sum(case when (covered & bit) <> 0 then persons else 0 end) as bigint) as covered_persons
from alike join month_bit on (working & bit) <> 0
where not is_carry
group by project_id, month_index
