-- Every project by its code and its work order's number, written plainly: marks between parts as /, small letters, no leading
-- zeros (as in data/sql/publish/reconciliation.sql). A list that is null limits nothing.
select kode_proyek, place, owner,
    regexp_replace(trim(regexp_replace(lower(kode_proyek), '[^a-z0-9]+', '/', 'g'), '/'), '(^|/)0+([0-9])', '\1\2', 'g')
        as plain_code,
    regexp_replace(trim(regexp_replace(lower(no_spk), '[^a-z0-9]+', '/', 'g'), '/'), '(^|/)0+([0-9])', '\1\2', 'g') as plain_order
from project
where ($places is null or place in (select unnest(cast($places as varchar[]))))
    and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
order by kode_proyek
