-- A payment as the latest live delivery states it; a request of which a payment is known since is that payment. What was paid
-- after the position is a request still, if it was asked for by then.
insert into edition.payment
with winner as (
    select kode_proyek, tgl_permohonan, termin, jumlah, progres, tgl_bayar, pembayaran.batch_id, pembayaran.row_number
    from ledger.pembayaran join ledger.live_batch using (batch_id)
    qualify row_number() over (
        partition by kode_proyek, tgl_permohonan, termin, tgl_bayar
        order by pembayaran.data_as_of desc, pembayaran.batch_id desc, pembayaran.row_number) = 1
), stated as (
    select * replace (case when tgl_bayar <= $as_of then tgl_bayar end as tgl_bayar),
        bool_or(tgl_bayar is not null) over (partition by kode_proyek, tgl_permohonan, termin) and tgl_bayar is null as is_paid_since
    from winner
), dated as (
    select * from stated
    where not is_paid_since and coalesce(tgl_bayar, tgl_permohonan) <= $as_of
)
select kode_proyek, place, owner, fund,
    row_number() over (partition by kode_proyek order by coalesce(tgl_bayar, tgl_permohonan), tgl_permohonan, termin,
        dated.batch_id, dated.row_number),
    case
        when contains(lower(termin), 'muka') then 'uang muka'
        when contains(lower(termin), 'retensi') or contains(lower(termin), 'pemeliharaan') then 'retensi'
        else 'termin'
    end, tgl_permohonan, tgl_bayar, termin, jumlah, progres, file_name, dated.row_number
from dated join live_project using (kode_proyek) join project_register using (project_id)
join ledger.batch on batch.batch_id = dated.batch_id
order by all
