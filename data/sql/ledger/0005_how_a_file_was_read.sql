-- Ledger, schema 5: how each file was read, so that its refused rows can go back as they came, and which came again.

-- JSON of data/importers/layout.py: sheet by its position, header row, columns; null: joined records, or older than this.
alter table batch add column layout varchar;

-- Which live row takes the place of which: of the refused one that it refers to, and of one that came before from the same
-- returned workbook, corrected in part and sent twice.
create view taken_up as
with again as (
    select corrected.batch_id, corrected.row_number, by_batch, by_row
    from corrected
    join live_batch on live_batch.batch_id = corrected.by_batch
)
select batch_id, row_number, by_batch, by_row from again
union
select earlier.by_batch, earlier.by_row, later.by_batch, later.by_row
from again as earlier
join again as later using (batch_id, row_number)
where later.by_batch > earlier.by_batch;

-- Refused rows that a later file holds again, refused once more or not. Whatever is wrong with one is told there.
create view sent_again as
select distinct batch_id, row_number
from taken_up
semi join reject using (batch_id, row_number);

-- Refused rows whose corrected form was accepted in a later file, at once or after being refused again.
create view put_right as
with recursive again as (
    select batch_id, row_number, by_batch, by_row
    from taken_up
    semi join reject using (batch_id, row_number)
), righted as (
    select batch_id, row_number
    from again
    where not exists (
        select 1 from reject where reject.batch_id = by_batch and reject.row_number = by_row
    )
    union
    select again.batch_id, again.row_number
    from again
    join righted on righted.batch_id = by_batch and righted.row_number = by_row
)
select batch_id, row_number from righted;

-- Refused rows that ask nothing of anybody: packages of procurement records that are no construction or not yet under contract,
-- and payments of packages that were left out, whose own rows say why.
create view needs_nothing as
select batch_id, row_number
from reject
group by batch_id, row_number
having bool_and(code in ('bukan_konstruksi', 'belum_berkontrak', 'pembayaran_tanpa_proyek'));

-- Refused rows of live deliveries that nobody has sent again: what is still to be done.
create view open_reject as
select reject.batch_id, reject.row_number, column_name, code, value_masked, message, remedy
from reject
join live_batch using (batch_id)
anti join sent_again using (batch_id, row_number)
anti join needs_nothing using (batch_id, row_number);
