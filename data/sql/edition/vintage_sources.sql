select distinct source, source_rank from vintage
where place in (select unnest(cast($places as varchar[]))) and sector in (select unnest(cast($sectors as varchar[])))
order by source_rank, source
