-- One row is one running project at one month end: its workers, and those of them who are covered as far as that is known.
create temp table project_state as
with counted as (
    select project_id, month, month_index, registrations_known, memberships_known, rosters_known,
        coalesce(roster_persons, 0) as roster_persons, coalesce(covered_persons, 0) as covered_persons,
        coalesce(headcount, 0) as headcount, coalesce(member_persons, 0) as member_persons,
        tenaga_kerja, greatest(coalesce(roster_persons, 0), coalesce(tenaga_kerja, 0)) as workers
    from project_running
    join live_project using (project_id)
    left join project_roster_total using (project_id, month_index)
    left join project_headcount using (project_id, month_index)
), judged as (
    select *, registrations_known and (roster_persons = 0 or memberships_known) as is_judged,
        tenaga_kerja is null and roster_persons = 0 as is_unsized,
        least(workers - roster_persons, greatest(0, headcount - member_persons)) as covered_unnamed
    from counted
)
select project_id, month, month_index, registrations_known, memberships_known, rosters_known, workers, is_judged, is_unsized,
    covered_persons, covered_unnamed, covered_persons + covered_unnamed as covered
from judged
