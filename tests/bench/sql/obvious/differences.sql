-- One row is one group and month in which the edition and the obvious join differ, among the combinations that were run.
with combination as (
    select distinct length(place) as place_kind, owner_type = '*' as any_type, owner = '*' as any_owner, fund = '*' as any_fund
    from obvious.work
), published as (
    select place, owner_type, owner, fund, month, roster_persons, protected_persons, covered_named
    from edition.work
    where roster_persons > 0 and (least(length(place), 7), owner_type = '*', owner = '*', fund = '*')
        in (select (least(place_kind, 7), any_type, any_owner, any_fund) from combination)
), members as (
    select place, month, named_persons, new_members, ended_members from edition.population
    where origin = 'persons' and named_persons > 0
)
(from published except from obvious.work) union all (from obvious.work except from published)
union all
select place, 'members', '', '', month, named_persons, new_members, ended_members
from ((from members except from obvious.members) union all (from obvious.members except from members))
