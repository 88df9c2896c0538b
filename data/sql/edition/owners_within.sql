-- As owners, of the given ones; projects are those that lie in the given areas. A list that is null limits nothing.
with own_project as (
    select owner, count(*) as projects from project
    where $areas is null or place in (select unnest(cast($areas as varchar[])))
    group by owner
)
select distinct work.owner, owner.owner_type, coalesce(own_project.projects, 0) as projects
from work join owner using (owner) left join own_project using (owner)
where work.place = $place and fund = '*' and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
order by work.owner
