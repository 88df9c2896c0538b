create temp table person_places_total as
select group_place, month_index, places, cast(sum(persons) as bigint) as persons
from person_places_partial
group by all
