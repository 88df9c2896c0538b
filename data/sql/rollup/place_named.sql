-- One row is one place at one month end: construction members, persons once, and those new and gone since the month before.
with per_person as (
    select person_id, group_place, bit_or(active) as active
    from membership_mask join place_level on place_level.place = membership_mask.place
    where is_construction
    group by person_id, group_place
), alike as (
    select group_place, active, count(*) as persons
    from per_person
    group by group_place, active
), turned as (
    select group_place, persons, active, active & (~(active << 1)) as joined, (active << 1) & (~active) as ended
    from alike
)
select group_place, month_index,
    cast(sum(case when (active & bit) <> 0 then persons else 0 end) as bigint) as named_persons,
    cast(sum(case when (joined & bit) <> 0 then persons else 0 end) as bigint) as new_members,
    cast(sum(case when (ended & bit) <> 0 then persons else 0 end) as bigint) as ended_members
from turned join month_bit on ((active | ended) & bit) <> 0
where not is_carry
group by group_place, month_index
