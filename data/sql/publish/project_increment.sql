-- One row is what one month adds to the year or the twelve months of a finest cell.
create temp table project_increment as
with undated as (
    select project_id, cast(year(mulai) * 12 + month(mulai) as bigint) as month_index
    from live_project join project_register using (project_id)
    where tgl_spk is null
), registration as (
    select project_id, cast(year(tgl_daftar) * 12 + month(tgl_daftar) as bigint) as month_index, headcount
    from live_registration join project_register using (project_id)
    anti join registration_cut on registration_cut.registration_id = live_registration.registration_id
        and registration_cut.month_index = year(tgl_daftar) * 12 + month(tgl_daftar)
), first_of_year as (
    select project_id, min(month_index) as month_index
    from registration
    group by project_id, (month_index - 1) // 12
), payment as (
    select project_id, cast(year(tgl_bayar) * 12 + month(tgl_bayar) as bigint) as month_index, iuran_dibayar
    from live_registration join project_register using (project_id)
    anti join registration_cut on registration_cut.registration_id = live_registration.registration_id
        and registration_cut.month_index = year(tgl_bayar) * 12 + month(tgl_bayar)
    where tgl_bayar is not null
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
    select project_id, month_index, 1 as registrations, cast(headcount is null as integer) as unsized_registrations,
        headcount as workers_registered
    from registration
    union all by name
    select project_id, month_index, 1 as payments, cast(iuran_dibayar is null as integer) as unpriced_payments,
        iuran_dibayar as contributions_rp
    from payment
)
select cell_id, month_index, sum(due_projects) as due_projects, sum(due_known_projects) as due_known_projects,
    sum(on_time_projects) as on_time_projects, sum(undated_projects) as undated_projects,
    sum(project_months) as project_months, sum(known_project_months) as known_project_months,
    sum(projects_registered) as projects_registered, sum(registrations) as registrations,
    sum(unsized_registrations) as unsized_registrations, sum(workers_registered) as workers_registered,
    sum(payments) as payments, sum(unpriced_payments) as unpriced_payments, sum(contributions_rp) as contributions_rp
from added join project_cell using (project_id)
group by cell_id, month_index
