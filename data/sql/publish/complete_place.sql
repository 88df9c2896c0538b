-- One row says that deliveries of `kind` are complete for `place` at that month end: declared, or declared for all its parts.
create temp table complete_place as
with part as (
    select code as place, parent as whole from edition.place where parent is not null and kind not in ('cabang', 'kelompok')
    union all
    select place, branch from edition.branch_member
), part_count as (
    select whole, count(*) as parts from part group by whole
), by_kabupaten as (
    select kind, place, month_index from declared_place
    union
    select kind, whole, month_index
    from declared_place join part using (place) join part_count using (whole)
    group by kind, whole, month_index, parts
    having count(*) = parts
)
select kind, place, month_index from by_kabupaten
union
select kind, whole, month_index
from by_kabupaten join part using (place) join part_count using (whole)
group by kind, whole, month_index, parts
having count(*) = parts
