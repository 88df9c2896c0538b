-- The groups of one scope and breakdown: each of place, owner type, owner and fund is fixed, or '?' for any but '*'.
select place, owner_type, owner, fund, month, running_projects, registration_known_projects, registered_projects,
    unpriced_projects, contract_value_rp, registered_value_rp, due_projects, due_known_projects, on_time_projects,
    undated_projects, year_project_months, known_year_project_months, projects_registered, registrations, unsized_registrations,
    workers_registered, payments, unpriced_payments, contributions_rp, projects_at_work, day_judged_projects,
    unsized_projects_at_work, uncovered_named_days, uncovered_unnamed_days
from activity
where place in (select unnest(cast($places as varchar[]))) and month between $first and $last
    and ($owner_type = owner_type or $owner_type = '?' and owner_type <> '*')
    and ($owner = owner or $owner = '?' and owner <> '*')
    and ($fund = fund or $fund = '?' and fund <> '*')
order by place, owner_type, owner, fund, month
