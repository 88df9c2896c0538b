-- The same of those declared complete for a place or owner within a grant, as in deliveries_within.
select batch_id, sender, file_sha256, delivery = 'lengkap' as is_complete, scope_value, period_from, period_to, rows_accepted, rows_rejected
from delivery
where ($areas is null or scope_value in (select unnest(cast($areas as varchar[]))))
    and ($owners is null or scope_value in (select unnest(cast($owners as varchar[]))))
order by batch_id
