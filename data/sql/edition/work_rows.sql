-- The groups of one scope and breakdown: each of place, owner type, owner and fund is fixed, or '?' for any but '*'.
select place, owner_type, owner, fund, month, running_projects, judged_projects, unsized_projects, workers,
    covered_named, covered_unnamed, judged_workers, rostered_projects, roster_persons, protected_persons
from work
where place in (select unnest(cast($places as varchar[]))) and month between $first and $last
    and ($owner_type = owner_type or $owner_type = '?' and owner_type <> '*')
    and ($owner = owner or $owner = '?' and owner <> '*')
    and ($fund = fund or $fund = '?' and fund <> '*')
order by place, owner_type, owner, fund, month
