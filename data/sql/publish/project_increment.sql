-- One row is what one month adds to the year or the twelve months of a finest cell.
create temp table project_increment as
with undated as (
    select project_id, cast(year(mulai) * 12 + month(mulai) as bigint) as month_index
    from live_project join project_register using (project_id)
    where tgl_spk is null
), first_of_year as (
    select project_id, min(month_index) as month_index
    from counted_flow
    where registrations > 0
    group by project_id, (month_index - 1) // 12
), added as (
    from (select project_id, month_index, 1 as due_projects, cast(is_known as integer) as due_known_projects,
        cast(is_known and is_on_time as integer) as on_time_projects from project_deadline)
    union all by name
    select project_id, month_index, 1 as undated_projects from undated
    union all by name
    select project_id, month_index, 1 as project_months, cast(registrations_known as integer) as known_project_months
    from project_running
    union all by name
    select project_id, month_index, 1 as projects_registered from first_of_year
    union all by name
    select project_id, month_index, registrations, unsized_registrations, workers_registered, payments, unpriced_payments,
        contributions_rp
    from counted_flow
)
select cell_id, month_index, sum(due_projects) as due_projects, sum(due_known_projects) as due_known_projects,
    sum(on_time_projects) as on_time_projects, sum(undated_projects) as undated_projects,
    sum(project_months) as project_months, sum(known_project_months) as known_project_months,
    sum(projects_registered) as projects_registered, sum(registrations) as registrations,
    sum(unsized_registrations) as unsized_registrations, sum(workers_registered) as workers_registered,
    sum(payments) as payments, sum(unpriced_payments) as unpriced_payments, sum(contributions_rp) as contributions_rp
from added join project_cell using (project_id)
group by cell_id, month_index
