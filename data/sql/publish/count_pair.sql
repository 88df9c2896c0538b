-- A report loses to persons and is kept beside them here. The deliveries that make the persons complete are those declared for
-- the place, for what holds it, or for what lies in it.
insert into edition.count_pair
with reached as (
    select place as code, group_place as scope_code from place_level
    union
    select group_place, place from place_level
), persons_position as (
    select pair.place, pair.month, max(delivery.data_as_of) as persons_as_of
    from population_persons as pair
    join reached on reached.code = pair.place
    join complete_delivery as delivery on delivery.kind = 'kepesertaan' and delivery.scope_code = reached.scope_code
        and pair.month between delivery.period_from and delivery.period_to
    group by pair.place, pair.month
)
select place, month, named_persons + coalesce(unnamed_headcount, 0), named_persons, unnamed_headcount, persons_as_of,
    numerator, half_unit, source, as_of, report.data_as_of
from population_persons
join population_report as report using (place, month)
join persons_position using (place, month)
order by place, month
