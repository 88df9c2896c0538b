-- One row is one group of projects at one month end: persons once, and those covered on every project they work on there.
-- Most persons have one cell only: they are counted by cell and summed; only the others must be united per group.
with person_cell as (
    select person_id, cell_id, bit_or(working) as working, bit_or(working & (~covered)) as exposed
    from roster_mask
    group by person_id, cell_id
), cells_of_person as (
    select person_id, count(*) as cells
    from person_cell
    group by person_id
), single as (
    select cell_id, working, exposed, count(*) as persons
    from person_cell join cells_of_person on cells_of_person.person_id = person_cell.person_id
    where cells = 1
    group by cell_id, working, exposed
), united as (
    select person_cell.person_id, group_id, bit_or(working) as working, bit_or(exposed) as exposed
    from person_cell
    join cells_of_person on cells_of_person.person_id = person_cell.person_id
    join cell_group on cell_group.cell_id = person_cell.cell_id
    where cells > 1
    group by person_cell.person_id, group_id
), alike as (
    select group_id, working, exposed, sum(persons) as persons
    from (
        select group_id, working, exposed, persons
        from single join cell_group on cell_group.cell_id = single.cell_id
        union all
        select group_id, working, exposed, count(*) as persons
        from united
        group by group_id, working, exposed
    ) as counted
    group by group_id, working, exposed
)
select group_id, month_index, cast(sum(persons) as bigint) as roster_persons,
    cast(sum(case when (exposed & bit) = 0 then persons else 0 end) as bigint) as protected_persons
from alike join month_bit on (working & bit) <> 0
where not is_carry
group by group_id, month_index
