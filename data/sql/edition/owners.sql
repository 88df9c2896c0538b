-- Owners that ever have a running project in a place.
select distinct work.owner, owner.owner_type, owner.projects
from work join owner using (owner)
where place = $place and fund = '*'
order by work.owner
