-- Live batches that already hold this file as this kind, and how each was delivered.
select
    batch_id, rows_read, rows_accepted, rows_rejected, data_as_of, delivery, scope_kind, scope_value,
    period_from, period_to, layout
from batch
where file_sha256 = $file_sha256 and kind = $kind and undone_at is null
order by batch_id
