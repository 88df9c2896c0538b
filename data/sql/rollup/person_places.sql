-- One row is how many persons stood on rosters of running projects in so many kabupaten/kota at once (two or more), at one
-- month end, counted in each of these places and in all that they lie in.
with person_place as (
    select person_id, kabupaten_cell.place, bit_or(working) as working
    from roster_mask join kabupaten_cell on kabupaten_cell.cell_id = roster_mask.cell_id
    group by person_id, kabupaten_cell.place
), shared as (
    select one.person_id, bit_or(one.working & other.working) as working
    from person_place as one join person_place as other on other.person_id = one.person_id
    where other.place < one.place and (one.working & other.working) <> 0
    group by one.person_id
), at_once as (
    select person_place.person_id, person_place.place, month_index
    from shared
    join person_place on person_place.person_id = shared.person_id
    join month_bit on ((shared.working & person_place.working) & bit) <> 0
    where not is_carry
), counted as (
    select person_id, month_index, count(*) as places from at_once group by person_id, month_index
), everywhere as (
    select distinct at_once.person_id, at_once.month_index, group_place, places
    from at_once
    join counted on counted.person_id = at_once.person_id and counted.month_index = at_once.month_index
    join place_level on place_level.place = at_once.place
)
select group_place, month_index, cast(places as bigint) as places, cast(count(*) as bigint) as persons
from everywhere
group by group_place, month_index, places
