-- The months that any year shown may look at.
insert into edition.project_flow
with shown as (
    select min(month_index) - 11 as first_index, max(month_index) as last_index from calendar
)
select kode_proyek, place, owner, fund,
    last_day(make_date((month_index - 1) // 12, (month_index - 1) % 12 + 1, 1)) as month, registrations, workers_registered,
    payments, contributions_rp
from counted_flow join shown on month_index between first_index and last_index join live_project using (project_id)
order by kode_proyek, month
