select place, month, numerator, half_unit, named_persons, unnamed_headcount, new_members, ended_members, origin, source, as_of
from population
where place in (select unnest(cast($places as varchar[]))) and month between $first and $last
order by place, month
