-- Of an edition before schema 4, which knows the targets in force alone.
select unit, place, year, indicator, segment, sector, counting, target, unit_of_measure, issuer, document
from target
where place in (select unnest(cast($places as varchar[]))) and year between $first_year and $last_year
order by place, year, indicator, issuer, segment, counting, document
