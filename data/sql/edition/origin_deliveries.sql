-- What a delivery says of itself, of every live one.
select batch_id, sender, file_sha256, delivery = 'lengkap' as is_complete, scope_value, period_from, period_to, rows_accepted, rows_rejected
from delivery
order by batch_id
