select distinct place from sector_members where place in (select unnest(cast($places as varchar[])))
