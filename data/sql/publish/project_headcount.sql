-- One row is the registered headcount in force of one project at one month end: paid registrations whose cover includes it.
-- A registration names its project by code or by work order; which one it is comes before which row is the latest.
create temp table project_headcount as
select project_id, month_index, cast(sum(headcount) as bigint) as headcount
from live_registration join calendar on month between cover_from and cover_to
anti join registration_cut using (registration_id, month_index)
where tgl_bayar is not null and headcount is not null
group by project_id, month_index
