-- Of each of the given owners (null: all) how many projects lie in the given places (null: all), and how many do not.
select owner, count(*) filter ($places is null or place in (select unnest(cast($places as varchar[])))) as inside,
    count(*) as projects
from project
where ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
group by owner
having inside > 0
order by owner
