-- One row is a stretch of days of this block that a roster spell gives one person on one running project.
create or replace temp table work_span as
with bounds as (
    select make_date(carry_index // 12, carry_index % 12 + 1, 1) as block_from,
        last_day(make_date((last_index - 1) // 12, (last_index - 1) % 12 + 1, 1)) as block_to
    from block
), spell as (
    select person_id, project_id, cut, greatest(working_from, mulai, block_from) as from_day,
        least(working_to, selesai, block_to) as to_day
    from roster_spell join live_project using (project_id) cross join bounds
)
select person_id, project_id, from_day, to_day
from spell
where from_day <= to_day and cut = 0
union all
select person_id, project_id, greatest(from_day, cast(date_trunc('month', month) as date)), least(to_day, month)
from spell join block_month on month >= from_day and date_trunc('month', month) <= to_day
join month_bit using (month_index)
where from_day <= to_day and cut <> 0 and cut & bit = 0
