-- One row is one month of the complete deliveries of one kind that one sender makes for one scope, from the first month they
-- cover on: when they first came, and who else covers that month. $places and $owners: scopes that may be seen; null: all.
with complete as (
    select sender, kind, scope_value as scope, period_from, period_to,
        -- The files of a demonstration are all made on one day; the day of their story is the position.
        case when demo.value = '1' then data_as_of else cast(imported_at + interval 7 hour as date) end as arrived
    from delivery cross join (select value from meta where key = 'demo') as demo
    where delivery = 'lengkap' and scope_value is not null
), month_end as (
    select cast(last_day(month_start) as date) as month
    from (select unnest(generate_series(date_trunc('month', first_day), date_trunc('month', $last), interval 1 month)) as month_start
          from (select cast(min(period_from) as timestamp) as first_day from complete having count(*) > 0))
), begun as (
    select sender, kind, scope, min(period_from) as first_day, min_by(period_to, (arrived, period_to)) as first_sent_to
    from complete
    group by sender, kind, scope
), said as (
    select sender, kind, scope, month, min(arrived) as arrived
    from complete join month_end on month between period_from and period_to
    group by sender, kind, scope, month
), counted as (
    select sender, kind, scope, count(*) as months from said group by sender, kind, scope
), whole as (
    select code as scope, code as covers from place
    union
    select code, parent from place where parent is not null
    union
    select part.code, above.parent from place as part join place as above on above.code = part.parent
    where above.parent is not null
    union
    select scope, unnest([scope, '00', (select value from meta where key = 'home_place')])
    from begun where scope not in (select code from place)
), by_anyone as (
    select distinct whole.scope, kind, month
    from whole join complete on complete.scope = covers join month_end on month between period_from and period_to
), part_count as (
    select parent as scope, count(*) as parts from place
    where parent is not null and kind not in ('cabang', 'kelompok')
    group by parent
), by_parts as (
    select place.parent as scope, by_anyone.kind, month, count(*) as parts_covered
    from by_anyone join place on place.code = by_anyone.scope and place.kind not in ('cabang', 'kelompok')
    group by place.parent, by_anyone.kind, month
)
select begun.sender, begun.kind, begun.scope, scope_place.name as scope_name, month_end.month, counted.months, said.arrived,
    month_end.month > begun.first_sent_to as is_after_first, by_anyone.month is not null as is_covered,
    coalesce(parts_covered, 0) as parts_covered, coalesce(parts, 0) as parts
from begun
join counted on counted.kind = begun.kind and counted.scope = begun.scope and counted.sender is not distinct from begun.sender
join month_end on month_end.month >= begun.first_day
left join said on said.kind = begun.kind and said.scope = begun.scope and said.month = month_end.month
    and said.sender is not distinct from begun.sender
left join by_anyone on (by_anyone.scope, by_anyone.kind, by_anyone.month) = (begun.scope, begun.kind, month_end.month)
left join part_count on part_count.scope = begun.scope
left join by_parts on (by_parts.scope, by_parts.kind, by_parts.month) = (begun.scope, begun.kind, month_end.month)
left join place as scope_place on scope_place.code = begun.scope
where month_end.month between $first and $last
    and ($places is null or begun.scope in (select unnest(cast($places as varchar[]))))
    and ($owners is null or begun.scope in (select unnest(cast($owners as varchar[]))))
order by begun.kind, begun.scope, begun.sender, month_end.month
