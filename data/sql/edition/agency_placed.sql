-- Running projects of one scope at one month end, and those of them placed by the buyer's territory.
select agency_placed_projects, running_projects
from activity
where place = $place and owner_type = '*' and owner = $owner and fund = $fund and month = $month
