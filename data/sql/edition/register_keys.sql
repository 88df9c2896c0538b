-- The projects of one page of the register, in order, and how many there are in all. A list or text that is null limits
-- nothing. What has no value to sort by comes last.
with overlay as (
    select unnest(cast($overlaid_codes as varchar[])) as kode_proyek, unnest(cast($overlaid_results as varchar[])) as shown
), judged as (
    select kode_proyek, coalesce(shown, result) as result, late_days, unprotected_days, days_left
    from judgement left join overlay using (kode_proyek)
    where payment = 0
), last_month as (
    select kode_proyek, workers, workers - covered_named - covered_unnamed as uncovered
    from project_month
    where month = (select max(month) from project_month) and $sort in ('workers', 'uncovered')
), found as (
    select project.kode_proyek,
        case $sort
            when 'nama_proyek' then lower(nama_proyek)
            when 'owner' then lower(owner)
            when 'fund' then fund
            when 'penyedia' then lower(penyedia)
            when 'no_spk' then no_spk
            when 'place' then place
            when 'result' then result
        end as text_key,
        case $sort
            when 'nilai_kontrak' then cast(nilai_kontrak as double)
            when 'tgl_spk' then epoch(tgl_spk)
            when 'deadline' then epoch(deadline)
            when 'mulai' then epoch(mulai)
            when 'selesai' then epoch(selesai)
            when 'late_days' then late_days
            when 'unprotected_days' then unprotected_days
            when 'days_left' then days_left
            when 'tenaga_kerja' then tenaga_kerja
            when 'workers' then workers
            when 'uncovered' then uncovered
        end as number_key
    from project left join judged using (kode_proyek) left join last_month using (kode_proyek)
    where place in (select unnest(cast($places as varchar[])))
        and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
        and ($fund is null or fund = $fund)
        and ($results is null or result in (select unnest(cast($results as varchar[]))))
        and ($running_on is null or $running_on between mulai and selesai)
        and ($search is null or contains(lower(project.kode_proyek), $search) or contains(lower(nama_proyek), $search)
            or contains(lower(no_spk), $search) or contains(lower(penyedia), $search) or contains(lower(owner), $search))
)
select kode_proyek, count(*) over () as total
from found
order by
    case when not $descending then number_key end, case when $descending then number_key end desc nulls last,
    case when not $descending then text_key end, case when $descending then text_key end desc nulls last,
    case when not $descending then kode_proyek end, kode_proyek desc
limit $limit offset $offset
