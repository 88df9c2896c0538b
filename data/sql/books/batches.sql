select batch_id, kind, file_name, file_sha256, imported_at, data_as_of, delivery, scope_value, period_from, period_to,
    rows_read, rows_accepted, rows_rejected, undone_at, sender
from batch
order by batch_id
