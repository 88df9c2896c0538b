insert into edition.work
with cell as (
    select cell_id, month_index, count(*) as running_projects, count(*) filter (is_judged) as judged_projects,
        count(*) filter (is_unsized) as unsized_projects,
        sum(workers) as workers, coalesce(sum(covered_persons) filter (is_judged), 0) as covered_named,
        coalesce(sum(covered_unnamed) filter (is_judged), 0) as covered_unnamed,
        coalesce(sum(workers) filter (is_judged), 0) as judged_workers,
        count(*) filter (rosters_known and memberships_known) as rostered_projects,
        coalesce(sum(covered * covered) filter (is_judged), 0) as covered_squares,
        coalesce(sum(covered * workers) filter (is_judged), 0) as covered_by_workers,
        coalesce(sum(workers * workers) filter (is_judged), 0) as workers_squares
    from project_state join project_cell using (project_id)
    group by cell_id, month_index
), grouped as (
    select group_id, month_index, sum(running_projects) as running_projects,
        sum(judged_projects) as judged_projects, sum(unsized_projects) as unsized_projects, sum(workers) as workers,
        sum(covered_named) as covered_named, sum(covered_unnamed) as covered_unnamed,
        sum(judged_workers) as judged_workers, sum(rostered_projects) as rostered_projects,
        sum(covered_squares) as covered_squares, sum(covered_by_workers) as covered_by_workers,
        sum(workers_squares) as workers_squares
    from cell join cell_group using (cell_id)
    group by group_id, month_index
), named as (
    select distinct group_id, place, owner_type, owner, fund from cell_group
)
select place, owner_type, owner, fund, month, running_projects, judged_projects, unsized_projects, workers, covered_named,
    covered_unnamed, judged_workers, rostered_projects, coalesce(roster_persons, 0), coalesce(protected_persons, 0),
    try_cast(covered_squares as bigint), try_cast(covered_by_workers as bigint), try_cast(workers_squares as bigint)
from grouped join named using (group_id) join calendar using (month_index)
left join site_persons_total using (group_id, month_index)
order by group_id, month_index
