-- One row is a stretch of days of this block that a paid membership covers; project_id is null where it covers any project.
create or replace temp table cover_span as
with bounds as (
    select make_date(carry_index // 12, carry_index % 12 + 1, 1) as block_from,
        last_day(make_date((last_index - 1) // 12, (last_index - 1) % 12 + 1, 1)) as block_to
    from block
), spell as (
    select person_id, case when not is_personal then project_id end as project_id, cut,
        greatest(active_from, block_from) as from_day, least(active_to, block_to) as to_day
    from member_spell cross join assumption cross join bounds
    where not is_personal or personal_covers_project
)
select person_id, project_id, from_day, to_day
from spell
where from_day <= to_day and cut = 0
union all
select person_id, project_id, greatest(from_day, cast(date_trunc('month', month) as date)), least(to_day, month)
from spell join block_month on month >= from_day and date_trunc('month', month) <= to_day
join month_bit using (month_index)
where from_day <= to_day and cut <> 0 and cut & bit = 0
