-- Persons once and placements of every group of one combination: {place}, {owner_type}, {owner}, {fund} are columns or '*'.
insert into obvious.work
select {place} as place, {owner_type} as owner_type, {owner} as owner, {fund} as fund, month,
    count(distinct person_id) as roster_persons,
    count(distinct person_id) - count(distinct person_id) filter (not is_covered) as protected_persons,
    count(*) filter (is_covered) as covered_named
from placement
where {place} is not null  -- a kabupaten/kota without a branch
group by all
