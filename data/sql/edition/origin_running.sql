-- Running projects at one month end with what each adds to a measure; null where it is not told of a single project, or unknown.
select kode_proyek, nama_proyek, month_end.place, month_end.owner,
    case
        when $measure in ('placement_coverage', 'unprotected_placements') then covered_named + covered_unnamed
        when $measure = 'project_registration' then cast(month_end.is_registered as bigint)
        when $measure = 'value_registration' then case when month_end.is_registered then nilai_kontrak when nilai_kontrak is not null then 0 end
    end as numerator,
    case
        when $measure in ('placement_coverage', 'unprotected_placements') then month_end.workers
        when $measure = 'project_registration' then 1
        when $measure = 'value_registration' then nilai_kontrak
    end as denominator,
    sum(numerator) over () as numerator_total, sum(denominator) over () as denominator_total, count(*) over () as total
from project_month as month_end left join project using (kode_proyek)
where month_end.month = $last and month_end.place in (select unnest(cast($places as varchar[])))
    and ($owners is null or month_end.owner in (select unnest(cast($owners as varchar[]))))
    and ($fund is null or month_end.fund = $fund)
order by denominator desc nulls last, kode_proyek
limit $limit offset $offset
