-- One row is one group and month in which the edition and the obvious join differ, among the combinations that were run.
with published as (
    select place, owner_type, owner, fund, month, roster_persons, protected_persons, covered_named
    from edition.work
    where roster_persons > 0 and place not like 'group:%'  -- groups of places are counted like branches
), kind_of_place as (
    -- The nation and the one province of this ledger are kinds of their own.
    select distinct place, case when place like 'branch:%' then 'branch' when place like '__.__' then 'kabupaten' else place end as kind
    from published
), combination as (
    select distinct kind, owner_type = '*' as any_type, owner = '*' as any_owner, fund = '*' as any_fund
    from obvious.work join kind_of_place using (place)
), expected as (
    select published.*
    from published join kind_of_place using (place)
    where (kind, owner_type = '*', owner = '*', fund = '*') in (select (kind, any_type, any_owner, any_fund) from combination)
), members as (
    select place, month, named_persons, new_members, ended_members from edition.population
    where origin = 'persons' and named_persons > 0 and place not like 'group:%'
)
(from expected except from obvious.work) union all (from obvious.work except from expected)
union all
select place, 'members', '', '', month, named_persons, new_members, ended_members
from ((from members except from obvious.members) union all (from obvious.members except from members))
