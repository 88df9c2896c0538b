-- One row is one kabupaten/kota and month end with persons on rosters in $fewest places or more at once.
select place, place.name as place_name, month, max(places) as most_places, cast(sum(persons) as bigint) as persons
from person_places join place on place.code = person_places.place
where places >= $fewest and place.kind in ('kabupaten', 'kota') and month between $first and $last
    and place in (select unnest(cast($places as varchar[])))
group by all
order by place, month
