-- Of the covered placements at each month end, how many belong to projects that were then known to end, or whose paid cover was
-- known to end, on which day. What an addendum changed later was not known yet.
with judged as (
    select kode_proyek, month, covered_named + covered_unnamed as covered
    from project_month
    where month in (select unnest(cast($months as date[]))) and is_judged and covered_named + covered_unnamed > 0
        and place in (select unnest(cast($places as varchar[])))
        and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
        and ($fund is null or fund = $fund)
), before_addendum as (
    select kode_proyek, month, arg_min(addendum.selesai, tgl) as selesai
    from judged join addendum using (kode_proyek)
    where tgl > month and addendum.selesai is not null
    group by kode_proyek, month
), paid_cover as (
    select kode_proyek, month, max(cover_to) as cover_to
    from judged join registration using (kode_proyek)
    where tgl_daftar <= month and tgl_bayar <= month
    group by kode_proyek, month
)
select month, greatest(month, least(coalesce(before_addendum.selesai, project.selesai), coalesce(cover_to, project.selesai))) as ends_on,
    cast(sum(covered) as bigint) as covered
from judged join project using (kode_proyek)
left join before_addendum using (kode_proyek, month) left join paid_cover using (kode_proyek, month)
group by all
order by month, ends_on
