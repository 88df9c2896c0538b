insert into edition.delivery
select batch_id, kind, file_name, file_sha256, data_as_of, delivery, scope_value, period_from, period_to, rows_accepted, rows_rejected
from ledger.batch
where undone_at is null
order by batch_id
