-- Of each target the version in force, then those it replaced, newest first.
select unit, place, year, indicator, segment, sector, counting, target, unit_of_measure, issuer, document, data_as_of,
    file_name, is_superseded
from target
where place in (select unnest(cast($places as varchar[]))) and year between $first_year and $last_year
order by place, year, indicator, issuer, segment, sector, counting, is_superseded, data_as_of desc, document, target
