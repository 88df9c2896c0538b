-- Projects whose registration deadline falls between two days, and whether each counts as registered by it.
select kode_proyek, nama_proyek, place, owner, cast(is_on_time as bigint) as numerator, 1 as denominator,
    sum(numerator) over () as numerator_total, sum(denominator) over () as denominator_total, count(*) over () as total
from project
where tgl_spk is not null and deadline between $first and $last and place in (select unnest(cast($places as varchar[])))
    and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
    and ($fund is null or fund = $fund)
order by numerator, deadline desc, kode_proyek
limit $limit offset $offset
