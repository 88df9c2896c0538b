-- Projects and their contract value by result at the position, in all ('*') or by owner or fund.
with overlay as (
    select unnest(cast($overlaid_codes as varchar[])) as kode_proyek, unnest(cast($overlaid_results as varchar[])) as shown
), judged as (
    select kode_proyek, coalesce(shown, result) as result
    from judgement left join overlay using (kode_proyek)
    where payment = 0
)
select case $by when 'owner' then owner when 'fund' then fund else '*' end as "group", result, count(*) as projects,
    sum(nilai_kontrak) as nilai_kontrak
from project join judged using (kode_proyek)
where place in (select unnest(cast($places as varchar[])))
    and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
    and ($fund is null or fund = $fund)
group by "group", result
order by "group", result
