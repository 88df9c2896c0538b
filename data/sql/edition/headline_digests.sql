-- One row is a digest of what the headlines of one month are made from, and of the places they are told of (month null):
-- where two editions have the same, no headline of that month differs. An estimate counts from its own month on.
select 'population' as part, month, bit_xor(hash(place, numerator, half_unit, origin, source, as_of)) as digest
from population where place in (select unnest($places)) group by month
union all
select 'work', month, bit_xor(hash(place, owner, running_projects, judged_projects, unsized_projects, workers, covered_named,
    covered_unnamed, judged_workers))
from work where place in (select unnest($places)) and owner_type = '*' and fund = '*' group by month
union all
select 'activity', month, bit_xor(hash(place, owner, running_projects, registration_known_projects, registered_projects))
from activity where place in (select unnest($places)) and owner_type = '*' and fund = '*' group by month
union all
select 'estimates', last_day(per_tanggal), bit_xor(hash(place, per_tanggal, workers, low, high, source, source_rank))
from vintage where place in (select unnest($places)) and sector = 'konstruksi' group by all
union all
select 'places', null, bit_xor(hash(branch, place)) from branch_member where branch in (select unnest($places))
union all
select 'places', null, bit_xor(hash(code, name, parent)) from place where code in (select unnest($places))
