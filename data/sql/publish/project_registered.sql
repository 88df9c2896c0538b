-- One row is one running project at one month end with a registration dated by then.
create temp table project_registered as
select distinct project_id, month_index
from live_registration join project_running using (project_id)
anti join registration_cut using (registration_id, month_index)
where tgl_daftar <= month
