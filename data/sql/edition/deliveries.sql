-- Every live delivery the edition was made from, the last one first.
select batch_id, kind, file_name, data_as_of, scope_value, period_from, period_to, rows_accepted, rows_rejected
from delivery
order by batch_id desc
