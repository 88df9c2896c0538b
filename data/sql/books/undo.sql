update batch set undone_at = $undone_at where batch_id = $batch_id
