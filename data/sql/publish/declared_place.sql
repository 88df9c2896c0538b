-- One row says that deliveries of `kind` were declared complete for `place`, or for a place above it, at that month end.
create temp table declared_place as
with month_before_too as (
    select month, month_index from calendar
    union all
    select cast(date_trunc('month', min(month)) as date) - 1, min(month_index) - 1 from calendar having count(*) > 0
)
select distinct delivery.kind, level.place, month_index
from complete_delivery as delivery
join place_level as level on level.group_place = delivery.scope_code
join month_before_too on month between delivery.period_from and delivery.period_to
