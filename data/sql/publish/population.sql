-- Persons where they are complete, else the place's own report, else the sum of its parts: never two of them in one figure.
insert into edition.population
with own as (
    select place, month, named_persons + coalesce(unnamed_headcount, 0) as numerator, 0.0 as half_unit, named_persons,
        unnamed_headcount, new_members, ended_members, 'persons' as origin, $persons_source as source, month as as_of
    from population_persons
    union all
    select place, month, numerator, half_unit, null, null, null, null, 'report', source, as_of
    from population_report anti join population_persons using (place, month)
), part as (
    select code as place, parent as whole from edition.place where kind in ('kabupaten', 'kota')
    union all
    select place, branch from edition.branch_member
), summed_from_kabupaten as (
    select whole as place, month, sum(numerator) as numerator, sum(half_unit) as half_unit, max(as_of) as as_of
    from own join part using (place)
    anti join own as better on (better.place, better.month) = (part.whole, own.month)
    group by whole, month
), below_nation as (
    select place, month, numerator, half_unit, as_of from own
    union all
    select place, month, numerator, half_unit, as_of from summed_from_kabupaten
), summed_from_provinces as (
    select parent as place, month, sum(numerator) as numerator, sum(half_unit) as half_unit, max(as_of) as as_of
    from below_nation join edition.place on code = below_nation.place and kind = 'provinsi'
    anti join own as better on (better.place, better.month) = (parent, below_nation.month)
    group by parent, month
)
select * from own
union all
select place, month, numerator, half_unit, null, null, null, null, 'mixed', $mixed_source, as_of
from (from summed_from_kabupaten union all from summed_from_provinces)
order by place, month
