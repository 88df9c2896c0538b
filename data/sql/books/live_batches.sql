-- As an edition's sidecar lists them.
select batch_id, kind, file_sha256, rows_accepted from batch where undone_at is null order by batch_id
