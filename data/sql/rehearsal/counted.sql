-- How many natural keys of a kind are new, changed, gone (of those: ended) and unchanged.
with before_live as (
    from before_row anti join before_ended using (natural_key)
), after_live as (
    from after_row anti join after_ended using (natural_key)
)
select
    count(*) filter (before_live.natural_key is null),
    count(*) filter (before_live.natural_key is not null and after_live.natural_key is not null and {differs}),
    count(*) filter (after_live.natural_key is null),
    count(*) filter (after_live.natural_key is null and after_ended.natural_key is not null),
    count(*) filter (before_live.natural_key is not null and after_live.natural_key is not null and not ({differs}))
from before_live full join after_live using (natural_key)
left join after_ended on after_ended.natural_key = before_live.natural_key
