insert into edition.activity
with reached as (
    select cell_id, calendar.month_index, due_projects, due_known_projects, on_time_projects, undated_projects,
        (calendar.month_index - 1) // 12 = (added.month_index - 1) // 12 as in_year, project_months,
        known_project_months, projects_registered, registrations, unsized_registrations, workers_registered, payments,
        unpriced_payments, contributions_rp
    from project_increment as added
    join calendar on calendar.month_index between added.month_index and added.month_index + 11
), recent as (
    select cell_id, month_index, sum(due_projects) as due_projects, sum(due_known_projects) as due_known_projects,
        sum(on_time_projects) as on_time_projects, sum(undated_projects) as undated_projects,
        sum(project_months) filter (in_year) as project_months,
        sum(known_project_months) filter (in_year) as known_project_months,
        sum(projects_registered) filter (in_year) as projects_registered,
        sum(registrations) filter (in_year) as registrations,
        sum(unsized_registrations) filter (in_year) as unsized_registrations,
        sum(workers_registered) filter (in_year) as workers_registered, sum(payments) filter (in_year) as payments,
        sum(unpriced_payments) filter (in_year) as unpriced_payments,
        sum(contributions_rp) filter (in_year) as contributions_rp
    from reached
    group by cell_id, month_index
), running as (
    select cell_id, month_index, count(*) as running_projects,
        count(*) filter (place_from = 'instansi') as agency_placed_projects,
        count(*) filter (registrations_known) as registration_known_projects,
        count(*) filter (registrations_known and registered.project_id is not null) as registered_projects,
        count(*) filter (nilai_kontrak is null) as unpriced_projects, sum(nilai_kontrak) as contract_value_rp,
        sum(nilai_kontrak) filter (registrations_known and registered.project_id is not null) as registered_value_rp
    from project_running join live_project using (project_id) join project_cell using (project_id)
    left join project_registered as registered using (project_id, month_index)
    group by cell_id, month_index
), exposure as (
    select project_id, month_index, registrations_known and (named_days = 0 or memberships_known) as is_judged,
        named_days, exposed_days, tenaga_kerja is null and named_days = 0 as is_unsized,
        greatest(0, coalesce(tenaga_kerja, 0) * (last_day - first_day + 1) - named_days) as unnamed_days,
        greatest(0, coalesce(headcount_days, 0) - (named_days - exposed_days)) as spare_headcount_days
    from project_at_work join project_days_total using (project_id, month_index) join live_project using (project_id)
    left join project_headcount_days using (project_id, month_index)
), exposed as (
    select cell_id, month_index, count(*) as projects_at_work, count(*) filter (is_judged) as day_judged_projects,
        count(*) filter (is_unsized) as unsized_projects_at_work,
        sum(exposed_days) filter (is_judged) as uncovered_named_days,
        sum(unnamed_days - least(unnamed_days, spare_headcount_days)) filter (is_judged) as uncovered_unnamed_days
    from exposure join project_cell using (project_id)
    group by cell_id, month_index
), cell as (
    select cell_id, month_index, contract_value_rp, registered_value_rp, cast(workers_registered as bigint) as workers_registered,
        contributions_rp,
        cast(coalesce(running_projects, 0) as bigint) as running_projects,
        cast(coalesce(agency_placed_projects, 0) as bigint) as agency_placed_projects,
        cast(coalesce(registration_known_projects, 0) as bigint) as registration_known_projects,
        cast(coalesce(registered_projects, 0) as bigint) as registered_projects,
        cast(coalesce(unpriced_projects, 0) as bigint) as unpriced_projects,
        cast(coalesce(due_projects, 0) as bigint) as due_projects,
        cast(coalesce(due_known_projects, 0) as bigint) as due_known_projects,
        cast(coalesce(on_time_projects, 0) as bigint) as on_time_projects,
        cast(coalesce(undated_projects, 0) as bigint) as undated_projects,
        cast(coalesce(project_months, 0) as bigint) as project_months,
        cast(coalesce(known_project_months, 0) as bigint) as known_project_months,
        cast(coalesce(projects_registered, 0) as bigint) as projects_registered,
        cast(coalesce(registrations, 0) as bigint) as registrations,
        cast(coalesce(unsized_registrations, 0) as bigint) as unsized_registrations,
        cast(coalesce(payments, 0) as bigint) as payments,
        cast(coalesce(unpriced_payments, 0) as bigint) as unpriced_payments,
        cast(coalesce(projects_at_work, 0) as bigint) as projects_at_work,
        cast(coalesce(day_judged_projects, 0) as bigint) as day_judged_projects,
        cast(coalesce(unsized_projects_at_work, 0) as bigint) as unsized_projects_at_work,
        cast(coalesce(uncovered_named_days, 0) as bigint) as uncovered_named_days,
        cast(coalesce(uncovered_unnamed_days, 0) as bigint) as uncovered_unnamed_days
    from recent full join exposed using (cell_id, month_index) left join running using (cell_id, month_index)
    where due_projects > 0 or undated_projects > 0 or project_months > 0 or registrations > 0 or payments > 0
        or projects_at_work > 0
), grouped as (
    select group_id, month_index, sum(contract_value_rp) as contract_value_rp,
        sum(registered_value_rp) as registered_value_rp, sum(workers_registered) as workers_registered,
        sum(contributions_rp) as contributions_rp,
        sum(running_projects) as running_projects,
        sum(agency_placed_projects) as agency_placed_projects,
        sum(registration_known_projects) as registration_known_projects,
        sum(registered_projects) as registered_projects,
        sum(unpriced_projects) as unpriced_projects,
        sum(due_projects) as due_projects,
        sum(due_known_projects) as due_known_projects,
        sum(on_time_projects) as on_time_projects,
        sum(undated_projects) as undated_projects,
        sum(project_months) as project_months,
        sum(known_project_months) as known_project_months,
        sum(projects_registered) as projects_registered,
        sum(registrations) as registrations,
        sum(unsized_registrations) as unsized_registrations,
        sum(payments) as payments,
        sum(unpriced_payments) as unpriced_payments,
        sum(projects_at_work) as projects_at_work,
        sum(day_judged_projects) as day_judged_projects,
        sum(unsized_projects_at_work) as unsized_projects_at_work,
        sum(uncovered_named_days) as uncovered_named_days,
        sum(uncovered_unnamed_days) as uncovered_unnamed_days
    from cell join cell_group using (cell_id)
    group by group_id, month_index
), named as (
    select distinct group_id, place, owner_type, owner, fund from cell_group
)
select place, owner_type, owner, fund, month, running_projects, agency_placed_projects, registration_known_projects, registered_projects,
    unpriced_projects, contract_value_rp,
    case when contract_value_rp is not null then coalesce(registered_value_rp, 0) end, due_projects, due_known_projects,
    on_time_projects, undated_projects, project_months, known_project_months, projects_registered, registrations, unsized_registrations,
    case when registrations = 0 then 0 else workers_registered end, payments, unpriced_payments,
    case when payments = 0 then 0 else contributions_rp end, projects_at_work, day_judged_projects,
    unsized_projects_at_work,
    case when projects_at_work > unsized_projects_at_work then uncovered_named_days end,
    case when projects_at_work > unsized_projects_at_work then uncovered_unnamed_days end
from grouped join named using (group_id) join calendar using (month_index)
order by group_id, month_index
