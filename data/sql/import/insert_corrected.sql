-- Which refused rows of earlier deliveries came again with this one.
insert into corrected (batch_id, row_number, by_batch, by_row)
select batch_id, row_number, $batch_id, by_row
from {referred}
