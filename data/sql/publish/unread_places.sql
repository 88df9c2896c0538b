-- Spellings of places for which rows were refused, the most frequent first. Values that were cut are none.
select value_masked, cast(count(*) as integer), cast(count(distinct batch_id) as integer), max(batch_id)
from ledger.reject join ledger.live_batch using (batch_id)
anti join (
    select corrected.batch_id, row_number
    from ledger.corrected join ledger.live_batch on live_batch.batch_id = by_batch
) as corrected using (batch_id, row_number)
where code = 'wilayah_tidak_dikenal' and kind not in ('tenaga_kerja', 'kepesertaan')
    and value_masked is not null and not contains(value_masked, '…')
group by value_masked
order by count(*) desc, value_masked
limit $most
