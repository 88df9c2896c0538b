-- Official figures that print a percentage beside its own numerator and denominator.
select place, place.name as place_name, per_tanggal, segment, members, members_precision, potential, potential_precision,
    printed_pct, source
from official_figure join place on place.code = official_figure.place
where members is not null and potential is not null and printed_pct is not null
    and place in (select unnest(cast($places as varchar[])))
order by place, per_tanggal, segment, source
