-- As population_rows, of another sector than construction: reports know neither names nor movements.
select place, month, numerator, half_unit, null as named_persons, null as unnamed_headcount, null as new_members,
    null as ended_members, origin, source, as_of
from sector_members
where place in (select unnest(cast($places as varchar[]))) and sector = $sector and month between $first and $last
order by place, month
