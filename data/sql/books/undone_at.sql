select undone_at from batch where batch_id = $batch_id
