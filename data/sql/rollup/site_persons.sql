-- One row is one group of projects at one month end: persons once, and those covered on every project they work on there.
-- Persons are summed over the group's cells; where a person works in several cells of a group in the same month, all but
-- the lowest of them are taken off again. Few are: only they are matched to groups one by one.
with person_cell as (
    select person_id, cell_id, bit_or(working) as working, bit_or(working & (~covered)) as exposed
    from roster_mask
    group by person_id, cell_id
), alike as (
    select cell_id, working, exposed, count(*) as persons
    from person_cell
    group by cell_id, working, exposed
), counted_by_cell as (
    select cell_id, month_index, sum(persons) as persons,
        sum(case when (exposed & bit) <> 0 then persons else 0 end) as exposed_persons
    from alike join month_bit on (working & bit) <> 0
    where not is_carry
    group by cell_id, month_index
), shared as (
    select one.person_id, one.cell_id, lower.cell_id as lower_cell_id, one.working & lower.working as working,
        one.exposed & lower.exposed as exposed
    from person_cell as one join person_cell as lower on lower.person_id = one.person_id
    where lower.cell_id < one.cell_id and (one.working & lower.working) <> 0
), repeated as (
    select person_id, shared.cell_id, cell_group.group_id, bit_or(working) as working, bit_or(exposed) as exposed
    from shared
    join cell_group on cell_group.cell_id = shared.cell_id
    where (shared.lower_cell_id, cell_group.group_id) in (select cell_id, group_id from cell_group)
    group by person_id, shared.cell_id, cell_group.group_id
), repeated_alike as (
    select group_id, working, exposed, count(*) as persons
    from repeated
    group by group_id, working, exposed
), counted as (
    select group_id, month_index, persons, exposed_persons
    from counted_by_cell join cell_group on cell_group.cell_id = counted_by_cell.cell_id
    union all
    select group_id, month_index, -persons, case when (exposed & bit) <> 0 then -persons else 0 end
    from repeated_alike join month_bit on (working & bit) <> 0
    where not is_carry
)
select group_id, month_index, cast(sum(persons) as bigint) as roster_persons,
    cast(sum(persons - exposed_persons) as bigint) as protected_persons
from counted
group by group_id, month_index
