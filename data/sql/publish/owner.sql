insert into edition.owner
select owner, arg_max(owner_type, (data_as_of, batch_id, project_id)), count(*)
from live_project
group by owner
order by owner
