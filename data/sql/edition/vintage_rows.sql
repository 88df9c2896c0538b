select place, per_tanggal, workers, low, high, source, document, source_rank
from vintage
where place in (select unnest(cast($places as varchar[]))) and sector = $sector
order by place, per_tanggal, source
