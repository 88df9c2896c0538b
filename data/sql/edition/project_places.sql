-- Projects of these owners, by the place as their records name it.
select place, owner, count(*) as projects
from project
where place in (select unnest(cast($places as varchar[]))) and owner in (select unnest(cast($owners as varchar[])))
group by place, owner
order by place, owner
