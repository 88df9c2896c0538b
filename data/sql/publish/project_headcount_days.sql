-- One row is one running project in one month: registered headcount in force, each of its days counted.
create temp table project_headcount_days as
select project_id, month_index,
    cast(sum(headcount * (least(cover_to, last_day) - greatest(cover_from, first_day) + 1)) as bigint) as headcount_days
from live_registration join project_at_work using (project_id)
anti join registration_cut using (registration_id, month_index)
where tgl_bayar is not null and headcount is not null
    and cover_from <= project_at_work.last_day and cover_to >= project_at_work.first_day
group by project_id, month_index
