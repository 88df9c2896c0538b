-- Projects and their contract value by result at the position, in all ('*') or by owner or fund. A list or text that is null
-- limits nothing.
with overlay as (
    select unnest(cast($overlaid_codes as varchar[])) as kode_proyek, unnest(cast($overlaid_results as varchar[])) as shown
)
select case $by when 'owner' then owner when 'fund' then fund else '*' end as "group", coalesce(shown, project.result) as result,
    count(*) as projects, sum(nilai_kontrak) as nilai_kontrak
from project left join overlay using (kode_proyek)
where ($places is null or place in (select unnest(cast($places as varchar[]))))
    and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
    and ($fund is null or fund = $fund)
group by all
order by all
