select distinct place from sector_members
