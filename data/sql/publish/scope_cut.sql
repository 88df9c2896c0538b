-- One row holds, as bits of this block, the months that later complete deliveries of a scope take from rows of a batch.
create or replace temp table scope_cut as
with row_batch as (
    select distinct 'kepesertaan' as kind, batch_id, kepesertaan.data_as_of
    from ledger.kepesertaan join ledger.live_batch using (batch_id)
    union all
    select distinct 'tenaga_kerja', batch_id, tenaga_kerja.data_as_of
    from ledger.tenaga_kerja join ledger.live_batch using (batch_id)
)
select row_batch.kind, row_batch.batch_id, row_batch.data_as_of, later.scope, bit_or(month_bit.bit) as cut
from row_batch
join complete_delivery as later on later.kind = row_batch.kind and later.batch_id <> row_batch.batch_id
    and (later.data_as_of, later.batch_id) > (row_batch.data_as_of, row_batch.batch_id)
join block_month on block_month.month between later.period_from and later.period_to
join month_bit using (month_index)
group by all
