-- Units of targets that are no place, branch or group of this edition, with their targets and files; then the branches and
-- groups that it has. Asked by who sees all of it only.
select unit as name, true as is_unknown, count(*) as targets, list(distinct file_name order by file_name) as files
from target
where place is null and $places is null and $owners is null
group by unit
union all
select name, false, (select count(*) from target where target.place = place.code), []
from place
where kind in ('cabang', 'kelompok')
order by is_unknown, name
