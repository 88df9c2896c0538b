-- One row is one group of projects at one month end: persons once, and those covered on every project they work on there.
-- In most months a person works in one cell only, so those months are counted by cell and summed over cells; only the
-- months that a person shares between cells must be united per group.
with person_cell as (
    select person_id, cell_id, bit_or(working) as working, bit_or(working & (~covered)) as exposed
    from roster_mask
    group by person_id, cell_id
), shared_months as (
    select one.person_id, bit_or(one.working & other.working) as shared
    from person_cell as one join person_cell as other on other.person_id = one.person_id
    where one.cell_id < other.cell_id and (one.working & other.working) <> 0
    group by one.person_id
), divided as (
    select person_cell.person_id, cell_id, exposed, working & (~coalesce(shared, 0)) as alone,
        working & coalesce(shared, 0) as shared
    from person_cell left join shared_months on shared_months.person_id = person_cell.person_id
), alone_alike as (
    select cell_id, alone, exposed & alone as exposed, count(*) as persons
    from divided
    where alone <> 0
    group by cell_id, alone, exposed & alone
), alone_by_cell as (
    select cell_id, month_index, sum(persons) as persons,
        sum(case when (exposed & bit) = 0 then persons else 0 end) as protected
    from alone_alike join month_bit on (alone & bit) <> 0
    where not is_carry
    group by cell_id, month_index
), united as (
    select person_id, group_id, bit_or(shared) as working, bit_or(exposed & shared) as exposed
    from divided join cell_group on cell_group.cell_id = divided.cell_id
    where shared <> 0
    group by person_id, group_id
), united_alike as (
    select group_id, working, exposed, count(*) as persons
    from united
    group by group_id, working, exposed
), counted as (
    select group_id, month_index, persons, protected
    from alone_by_cell join cell_group on cell_group.cell_id = alone_by_cell.cell_id
    union all
    select group_id, month_index, persons, case when (exposed & bit) = 0 then persons else 0 end
    from united_alike join month_bit on (working & bit) <> 0
    where not is_carry
)
select group_id, month_index, cast(sum(persons) as bigint) as roster_persons,
    cast(sum(protected) as bigint) as protected_persons
from counted
group by group_id, month_index
