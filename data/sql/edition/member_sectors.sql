select distinct sector from sector_members where place = $place
