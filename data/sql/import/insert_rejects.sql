insert into reject (batch_id, row_number, column_name, code, value_masked, message, remedy)
select $batch_id, row_number, column_name, code, value_masked, message, remedy
from {refused}
order by row_number, column_name, code
