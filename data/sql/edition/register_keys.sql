-- The projects of one page of the register, in order, and how many there are in all. A list or text that is null limits
-- nothing. What has no value to sort by comes last; what is equal comes by code, in the order of which projects are stored.
with overlay as (
    select unnest(cast($overlaid_codes as varchar[])) as kode_proyek, unnest(cast($overlaid_results as varchar[])) as shown
), register as (
    select project.*, project.rowid as code_number, coalesce(shown, result) as shown_result
    from project left join overlay using (kode_proyek)
), found as (
    select kode_proyek, code_number,
        case $sort
            when 'nama_proyek' then lower(nama_proyek)
            when 'place' then place
            when 'owner' then lower(owner)
            when 'fund' then fund
            when 'penyedia' then lower(penyedia)
            when 'no_spk' then no_spk
            when 'result' then shown_result
        end as text_key,
        case $sort
            when 'kode_proyek' then code_number
            when 'nilai_kontrak' then cast(nilai_kontrak as double)
            when 'tenaga_kerja' then tenaga_kerja
            when 'tgl_spk' then epoch(tgl_spk)
            when 'deadline' then epoch(deadline)
            when 'mulai' then epoch(mulai)
            when 'selesai' then epoch(selesai)
            when 'late_days' then late_days
            when 'unprotected_days' then unprotected_days
            when 'days_left' then days_left
            when 'workers' then workers
            when 'uncovered' then uncovered
        end as number_key
    from register
    where ($places is null or place in (select unnest(cast($places as varchar[]))))
        and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
        and ($fund is null or fund = $fund)
        and ($results is null or shown_result in (select unnest(cast($results as varchar[]))))
        and ($running_on is null or $running_on between mulai and selesai)
        and ($search is null or contains(searched, $search))
)
select kode_proyek, count(*) over () as total
from found
order by number_key * case when $descending then -1 else 1 end,
    case when not $descending then text_key end, case when $descending then text_key end desc nulls last, code_number
limit $limit offset $offset
