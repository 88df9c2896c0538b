-- Projects registered, or paid for, between two days, with what each adds to a count of the year to date.
with counted as (
    select kode_proyek, flow.place, flow.owner, nama_proyek,
        case $measure
            when 'projects_registered_ytd' then 1
            when 'workers_registered_ytd' then sum(workers_registered)
            when 'contributions_paid_rp' then sum(contributions_rp)
        end as numerator,
        sum(case when $measure = 'contributions_paid_rp' then payments else registrations end) as rows
    from project_flow as flow left join project using (kode_proyek)
    where month between $first and $last and case when $measure = 'contributions_paid_rp' then payments else registrations end > 0
        and flow.place in (select unnest(cast($places as varchar[])))
        and ($owners is null or flow.owner in (select unnest(cast($owners as varchar[]))))
        and ($fund is null or flow.fund = $fund)
    group by kode_proyek, flow.place, flow.owner, nama_proyek
)
select kode_proyek, nama_proyek, place, owner, numerator, null as denominator, sum(numerator) over () as numerator_total,
    null as denominator_total, count(*) over () as total, cast(sum(rows) over () as bigint) as total_rows
from counted
order by numerator desc nulls last, kode_proyek
limit $limit offset $offset
