-- The place's own report, else the sum of its parts': never two of them in one figure (as in population).
insert into edition.sector_members
with part as (
    select code as place, parent as whole from edition.place where kind in ('kabupaten', 'kota')
    union all
    select place, branch from edition.branch_member
), summed_from_kabupaten as (
    select whole as place, sector, month, sum(numerator) as numerator, sum(half_unit) as half_unit, max(as_of) as as_of
    from sector_report join part using (place)
    anti join sector_report as better
        on (better.place, better.sector, better.month) = (part.whole, sector_report.sector, sector_report.month)
    group by whole, sector, month
), below_nation as (
    select place, sector, month, numerator, half_unit, as_of from sector_report
    union all
    select place, sector, month, numerator, half_unit, as_of from summed_from_kabupaten
), summed_from_provinces as (
    select parent as place, sector, month, sum(numerator) as numerator, sum(half_unit) as half_unit, max(as_of) as as_of
    from below_nation join edition.place on code = below_nation.place and kind = 'provinsi'
    anti join sector_report as better
        on (better.place, better.sector, better.month) = (parent, below_nation.sector, below_nation.month)
    group by parent, sector, month
)
select place, sector, month, numerator, half_unit, 'report' as origin, source, as_of from sector_report
union all
select place, sector, month, numerator, half_unit, 'mixed', $mixed_source, as_of
from (from summed_from_kabupaten union all from summed_from_provinces)
order by place, sector, month
