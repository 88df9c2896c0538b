-- One row is one place at one month end for which memberships are complete: persons once, and headcount without names.
create temp table population_persons as
with complete as (
    select place, month, month_index
    from complete_place join calendar using (month_index)
    where kind = 'kepesertaan'
), unnamed as (
    select group_place as place, month_index, cast(sum(greatest(0, headcount - coalesce(named_active, 0))) as bigint) as headcount
    from project_headcount
    left join project_named_total using (project_id, month_index)
    join live_project using (project_id)
    join place_level using (place)
    group by group_place, month_index
)
select complete.place, month, coalesce(named_persons, 0) as named_persons,
    coalesce(unnamed.headcount, case when registrations.place is not null then 0 end) as unnamed_headcount,
    case when before.place is not null then coalesce(new_members, 0) end as new_members,
    case when before.place is not null then coalesce(ended_members, 0) end as ended_members
from complete
left join place_named_total as named on named.group_place = complete.place and named.month_index = complete.month_index
left join unnamed on (unnamed.place, unnamed.month_index) = (complete.place, complete.month_index)
left join complete_place as registrations on registrations.kind = 'pendaftaran'
    and (registrations.place, registrations.month_index) = (complete.place, complete.month_index)
left join complete_place as before on before.kind = 'kepesertaan'
    and (before.place, before.month_index) = (complete.place, complete.month_index - 1)
