insert into edition.person_places
select group_place, month, places, persons
from person_places_total join calendar using (month_index)
order by all
