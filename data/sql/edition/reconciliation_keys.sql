-- The projects of one page, those of the first cause of $causes first and of these what ends last: it can still be mended. How many
-- there are in all stands beside each. A list or text that is null limits nothing.
select kode_proyek, count(*) over () as total
from reconciliation join (select kode_proyek, selesai, searched from project) using (kode_proyek)
where list_contains(cast($causes as varchar[]), cause)
    and ($places is null or place in (select unnest(cast($places as varchar[]))))
    and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
    and ($fund is null or fund = $fund)
    and ($search is null or contains(searched, $search))
order by list_position(cast($causes as varchar[]), cause), selesai desc, kode_proyek
limit $limit offset $offset
