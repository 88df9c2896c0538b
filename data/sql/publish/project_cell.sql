-- One row gives a project its finest cell: all projects of one place, owner, owner type and fund share it.
create temp table project_cell as
select project_id, cast(dense_rank() over (order by place, owner_type, owner, fund) as integer) as cell_id
from live_project
