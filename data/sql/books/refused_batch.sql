select kind, file_name, file_sha256, layout, notes, rows_rejected, undone_at is not null as is_undone
from batch
where batch_id = $batch_id
