-- As places, of the given areas, and whether this edition has anything of these owners there. A list that is null
-- limits nothing; of owners only projects are known, so that under their list nothing else counts.
with seen as (
    select place from population where $owners is null
    union
    select place from vintage where $owners is null
    union
    select place from work where $owners is null or owner in (select unnest(cast($owners as varchar[])))
)
select code, name, short_name, kind, parent, code in (from seen) as has_data
from place
where $areas is null or code in (select unnest(cast($areas as varchar[])))
order by code
