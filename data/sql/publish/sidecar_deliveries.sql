select batch_id, kind, file_sha256, rows_accepted from edition.delivery order by batch_id
