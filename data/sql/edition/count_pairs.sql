-- Members of places counted from persons beside those reported.
select count_pair.place, place.name as place_name, month, persons, named_persons, unnamed_headcount, persons_as_of,
    reported, half_unit, source, as_of, reported_as_of
from count_pair join place on place.code = count_pair.place
where count_pair.place in (select unnest(cast($places as varchar[]))) and month between $first and $last
order by count_pair.place, month
