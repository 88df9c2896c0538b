-- Of every live delivery: refused rows whose corrected form was accepted later, and those that nobody has sent again.
with righted as (
    select batch_id, count(*) as rows_corrected from put_right group by batch_id
), open as (
    select batch_id, count(distinct row_number) as rows_open from open_reject group by batch_id
)
select batch_id, coalesce(rows_corrected, 0) as rows_corrected, coalesce(rows_open, 0) as rows_open
from live_batch
left join righted using (batch_id)
left join open using (batch_id)
