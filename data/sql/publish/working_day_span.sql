-- The days of which working days are counted: from whatever is judged first to the deadline of the last work order.
with paid as (
    select min(tgl_bayar) as first_day
    from ledger.pembayaran join ledger.live_batch using (batch_id) semi join live_project using (kode_proyek)
)
select least(min(mulai), min(tgl_spk), $as_of, any_value(first_day)), greatest(max(mulai), max(tgl_spk), $as_of) + $margin_days
from live_project cross join paid
