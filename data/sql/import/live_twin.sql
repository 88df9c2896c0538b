-- The live batch that already holds this file as this kind.
select batch_id, rows_read, rows_accepted, rows_rejected
from batch
where file_sha256 = $file_sha256 and kind = $kind and undone_at is null
order by batch_id
limit 1
