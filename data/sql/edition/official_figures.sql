select place, per_tanggal, segment, members, members_precision, potential, potential_precision, printed_pct, source
from official_figure
where place in (select unnest(cast($places as varchar[])))
order by place, per_tanggal nulls last, segment, source
