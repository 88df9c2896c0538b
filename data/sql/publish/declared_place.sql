-- One row says that deliveries of `kind` were declared complete for `place`, or for a place above it, at that month end.
create temp table declared_place as
select distinct delivery.kind, level.place, month_index
from complete_delivery as delivery
join place_level as level on level.group_place = delivery.scope_code
join long_calendar on month between delivery.period_from and delivery.period_to
