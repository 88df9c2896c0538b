select place, sector, per_tanggal, workers, low, high, source, document, source_rank
from vintage
where place in (select unnest(cast($places as varchar[]))) and sector in (select unnest(cast($sectors as varchar[])))
order by place, sector, per_tanggal, source
