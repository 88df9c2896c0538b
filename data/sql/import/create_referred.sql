-- One row is one row of the file that points at a refused row of a live delivery of the same kind.
create or replace temp table referred as
with said as (
    select
        row_number as by_row,
        try_cast(regexp_extract(rujukan_baris, $reference, 1) as integer) as batch_id,
        try_cast(regexp_extract(rujukan_baris, $reference, 2) as integer) as row_number
    from staged
    where regexp_full_match(rujukan_baris, $reference)
)
select said.batch_id, said.row_number, by_row, live_batch.data_as_of
from said
join live_batch on live_batch.batch_id = said.batch_id and live_batch.kind = $kind
semi join reject on reject.batch_id = said.batch_id and reject.row_number = said.row_number
