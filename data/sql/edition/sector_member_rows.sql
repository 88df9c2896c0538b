-- As population_rows, of other sectors than construction: reports know neither names nor movements.
select place, sector, month, numerator, half_unit, null as named_persons, null as unnamed_headcount, null as new_members,
    null as ended_members, origin, source, as_of
from sector_members
where place in (select unnest(cast($places as varchar[]))) and sector in (select unnest(cast($sectors as varchar[])))
    and month between $first and $last
order by place, sector, month
