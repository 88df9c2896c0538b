-- One row is the active members of one place and sector at one month end, beside the estimate that divides them: the newest
-- not after the month of the first source in the configured order.
with people as (
    select place, 'konstruksi' as sector, month, numerator, new_members, origin, source from population
    union all
    select place, sector, month, numerator, null, origin, source from sector_members
)
select people.place, place.name as place_name, place.kind as place_kind, people.sector, month, numerator, new_members, origin,
    people.source, workers, per_tanggal, vintage.source as vintage_source
from people
join place on place.code = people.place
left join vintage on vintage.place = people.place and vintage.sector = people.sector and per_tanggal <= month
where people.place in (select unnest(cast($places as varchar[]))) and month between $first and $last
qualify row_number() over (
    partition by people.place, people.sector, month order by source_rank, per_tanggal desc, vintage.source) = 1
order by people.place, people.sector, month
