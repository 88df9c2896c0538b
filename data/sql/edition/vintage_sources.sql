select distinct source, source_rank from vintage where sector = $sector order by source_rank, source
