-- Adds, per project and month, how many begin (+1) or stop (-1) to work or to be exposed, and the days of that month which
-- that adds (begun on its last day: one) or takes. Most people
-- have one stay on a project and at most one membership of it, whose difference needs no sorting; days of the others are
-- united by a sweep over their turns.
insert into day_turn_partial
with placement as (
    select person_id, project_id, count(*) as spans, min(from_day) as from_day, max(to_day) as to_day
    from work_span
    group by person_id, project_id
), cover as (
    select person_id, project_id, count(*) as spans, min(from_day) as from_day, max(to_day) as to_day
    from cover_span
    where project_id is not null
    group by person_id, project_id
), insured as (
    select distinct person_id from cover_span where project_id is null
), sorted as (
    select placement.person_id, placement.project_id, placement.from_day, placement.to_day,
        cover.from_day as cover_from, cover.to_day as cover_to,
        placement.spans = 1 and coalesce(cover.spans, 0) <= 1 and insured.person_id is null as is_plain
    from placement
    left join cover using (person_id, project_id)
    left join insured on insured.person_id = placement.person_id
), tangled as (
    select person_id, project_id from sorted where not is_plain
), turn as (
    select person_id, project_id, unnest([from_day, to_day + 1]) as day, unnest([1, -1]) as work, 0 as cover
    from work_span semi join tangled using (person_id, project_id)
    union all
    select person_id, project_id, unnest([from_day, to_day + 1]), 0, unnest([1, -1])
    from cover_span semi join tangled using (person_id, project_id)
    union all
    select person_id, tangled.project_id, unnest([from_day, to_day + 1]), 0, unnest([1, -1])
    from cover_span join tangled using (person_id)
    where cover_span.project_id is null
), daily as (
    select person_id, project_id, day, sum(work) as work, sum(cover) as cover
    from turn
    group by person_id, project_id, day
), state as (
    select person_id, project_id, day, sum(work) over turns > 0 as works, sum(cover) over turns > 0 as has_cover
    from daily
    window turns as (partition by person_id, project_id order by day)
), swept as (
    select project_id, day, cast(works as integer) as works, cast(works and not has_cover as integer) as exposed,
        lag(cast(works as integer), 1, 0) over turns as worked,
        lag(cast(works and not has_cover as integer), 1, 0) over turns as was_exposed
    from state
    window turns as (partition by person_id, project_id order by day)
), day_turn as (
    select project_id, day, works - worked as working, exposed - was_exposed as exposed from swept
    union all
    select project_id, unnest([from_day, to_day + 1]), unnest([1, -1]), 0 from sorted where is_plain
    union all
    select project_id, unnest([from_day, least(to_day, coalesce(cover_from - 1, to_day)) + 1]), 0, unnest([1, -1])
    from sorted
    where is_plain and from_day <= least(to_day, coalesce(cover_from - 1, to_day))
    union all
    select project_id, unnest([greatest(from_day, cover_to + 1), to_day + 1]), 0, unnest([1, -1])
    from sorted
    where is_plain and greatest(from_day, cover_to + 1) <= to_day and cover_to is not null
)
select project_id, cast(year(day) * 12 + month(day) as bigint) as month_index, sum(working), sum(exposed),
    sum(working * (last_day(day) - day + 1)), sum(exposed * (last_day(day) - day + 1))
from day_turn
group by project_id, month_index
