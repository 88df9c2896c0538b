-- The groups of one scope and breakdown as in work_rows: how far their judged projects differ in cover (see work.covered_squares).
select place, owner_type, owner, fund, month, judged_projects, covered_named + covered_unnamed as covered, judged_workers,
    covered_squares, covered_by_workers, workers_squares
from work
where place in (select unnest(cast($places as varchar[]))) and month between $first and $last
    and ($owner_type = owner_type or $owner_type = '?' and owner_type <> '*')
    and ($owner = owner or $owner = '?' and owner <> '*')
    and ($fund = fund or $fund = '?' and fund <> '*')
