-- Every place, and whether this edition has anything of it.
with seen as (
    select place from population union select place from work union select place from vintage
)
select code, name, short_name, kind, parent, code in (from seen) as has_data
from place
order by code
