-- As funds, of the projects of the given owners; projects are those that lie in the given areas. A list that is null
-- limits nothing.
with own_project as (
    select fund, count(*) as projects from project
    where ($areas is null or place in (select unnest(cast($areas as varchar[]))))
        and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
    group by fund
)
select distinct work.fund, fund.payer, coalesce(own_project.projects, 0) as projects
from work join fund using (fund) left join own_project using (fund)
where work.place = $place and work.owner_type = '*'
    and ($owners is null and work.owner = '*' or work.owner in (select unnest(cast($owners as varchar[]))))
order by work.fund
