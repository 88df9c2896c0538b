select distinct source, source_rank from vintage
where sector in (select unnest(cast($sectors as varchar[])))
order by source_rank, source
