-- One row is one month that a later complete delivery takes from a registration it does not list.
create temp table registration_cut as
with reach as (
    select registration_id, batch_id, data_as_of,
        unnest(['wilayah:00', scope_parent, scope_place, scope_owner]) as scope
    from live_registration
)
select distinct registration_id, month_index
from reach
join complete_delivery as later on later.kind = 'pendaftaran' and later.scope = reach.scope
    and later.batch_id <> reach.batch_id and (later.data_as_of, later.batch_id) > (reach.data_as_of, reach.batch_id)
join long_calendar on month between later.period_from and later.period_to
