-- One row is one running project at one month end, with what is completely known of it then.
create temp table project_running as
select project_id, month, month_index, registrations_known, memberships_known, rosters_known
from project_at_work
where is_running
