create temp table place_named_total as
select group_place, month_index, cast(sum(named_persons) as bigint) as named_persons,
    cast(sum(new_members) as bigint) as new_members, cast(sum(ended_members) as bigint) as ended_members
from place_named_partial
group by all
