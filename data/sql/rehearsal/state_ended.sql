-- One row is one natural key of a kind that a later complete delivery of this state, for days that it touches, does not list.
create or replace temp table {state}_ended as
with reach as (
    {reach}
), later as (
    select batch_id, data_as_of, scope, period_from, period_to from {state}_batch
    where kind = $kind and delivery = 'lengkap'
), reached as (
    select natural_key, batch_id, data_as_of, first_day, last_day, unnest(scopes) as scope from reach
)
select distinct natural_key
from reached join later on later.scope = reached.scope and later.batch_id <> reached.batch_id
    and (later.data_as_of, later.batch_id) > (reached.data_as_of, reached.batch_id)
    and first_day <= period_to and coalesce(last_day, date '9998-12-31') >= period_from
