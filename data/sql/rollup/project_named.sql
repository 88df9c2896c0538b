-- One row is one project at one month end: persons with an active membership of that project.
with alike as (
    select project_id, active, count(*) as persons
    from membership_mask
    where project_id is not null
    group by project_id, active
)
select project_id, month_index, cast(sum(persons) as bigint) as named_active
from alike join month_bit on (active & bit) <> 0
where not is_carry
group by project_id, month_index
