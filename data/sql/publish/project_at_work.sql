-- One row is one project in one month on some day of which it runs, with what is completely known of it at month end.
create temp table project_at_work as
with at_work as (
    select project_id, place, scope_owner, month, month_index, month <= selesai as is_running,
        greatest(mulai, cast(date_trunc('month', month) as date)) as first_day, least(selesai, month) as last_day
    from live_project join project_register using (project_id)
    join calendar on mulai <= month and selesai >= date_trunc('month', month)
), ended as (
    select distinct project_id, month_index
    from live_project as project
    join complete_delivery as later on later.kind = 'proyek' and later.batch_id <> project.batch_id
        and (later.data_as_of, later.batch_id) > (project.data_as_of, project.batch_id)
        and later.scope in ('wilayah:00', scope_parent, scope_place, scope_owner)
    join calendar on month between later.period_from and later.period_to
), known_for_place as (
    -- All kabupaten of a province complete say nothing of a project that is placed in the province only.
    select place, month_index, bool_or(kind = 'pendaftaran') as registrations,
        bool_or(kind = 'kepesertaan') as memberships, bool_or(kind = 'tenaga_kerja') as rosters
    from declared_place
    group by place, month_index
), known_for_owner as (
    select scope as scope_owner, month_index, bool_or(kind = 'pendaftaran') as registrations,
        bool_or(kind = 'kepesertaan') as memberships, bool_or(kind = 'tenaga_kerja') as rosters
    from complete_delivery join calendar on month between period_from and period_to
    where scope_code is null
    group by scope, month_index
)
select project_id, at_work.month, month_index, is_running, first_day, last_day,
    coalesce(placed.registrations, false) or coalesce(owned.registrations, false) as registrations_known,
    coalesce(placed.memberships, false) or coalesce(owned.memberships, false) as memberships_known,
    coalesce(placed.rosters, false) or coalesce(owned.rosters, false) as rosters_known
from at_work
anti join ended using (project_id, month_index)
left join known_for_place as placed using (place, month_index)
left join known_for_owner as owned using (scope_owner, month_index)
