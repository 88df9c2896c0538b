-- Reasons against the rows of a delivery that nobody has sent again, in the order of the file.
select row_number, column_name, code, value_masked, message, remedy
from open_reject
where batch_id = $batch_id
order by row_number, column_name nulls last, code
