-- One row says that deliveries of `kind` are complete for `place` at that month end: declared for it or for a place
-- above it, or for all its parts.
create temp table complete_place as
with declared as (
    select distinct delivery.kind, level.place, month_index
    from complete_delivery as delivery
    join place_level as level on level.group_place = delivery.scope_code
    join long_calendar on month between delivery.period_from and delivery.period_to
), part as (
    select code as place, parent as whole from edition.place where parent is not null and kind not in ('cabang', 'kelompok')
    union all
    select place, branch from edition.branch_member
), part_count as (
    select whole, count(*) as parts from part group by whole
), by_kabupaten as (
    select * from declared
    union
    select kind, whole, month_index
    from declared join part using (place) join part_count using (whole)
    group by kind, whole, month_index, parts
    having count(*) = parts
)
select * from by_kabupaten
union
select kind, whole, month_index
from by_kabupaten join part using (place) join part_count using (whole)
group by kind, whole, month_index, parts
having count(*) = parts
