-- Members of every place of one level, and those new and gone since the month before: {place} is a column or a code.
insert into obvious.members
with active as (
    select distinct {place} as place, month, person_id from active_member where {place} is not null
), new as (
    select place, month, count(*) as persons
    from active as now
    where not exists (from active as before where before.place = now.place and before.person_id = now.person_id
        and before.month = date_trunc('month', now.month) - interval 1 day)
    group by all
), ended as (
    select place, cast(last_day(before.month + interval 1 day) as date) as month, count(*) as persons
    from active as before
    where not exists (from active as now where now.place = before.place and now.person_id = before.person_id
        and now.month = last_day(before.month + interval 1 day))
    group by all
)
select place, month, count(*), coalesce(any_value(new.persons), 0), coalesce(any_value(ended.persons), 0)
from active left join new using (place, month) left join ended using (place, month)
group by place, month
