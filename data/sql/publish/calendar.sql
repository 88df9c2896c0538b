-- One row is one month that this edition can speak of, from the first with data; month_index = year * 12 + month.
create temp table calendar as
with starts as (
    select min(mulai) as day from live_project
    union all
    select min(greatest(membership.mulai, tgl_bayar))
    from ledger.kepesertaan as membership join ledger.live_batch using (batch_id)
    where tgl_bayar is not null and segmen = 'JAKON' and kode_proyek in (select kode_proyek from live_project)
    union all
    select min(greatest(membership.mulai, tgl_bayar))
    from ledger.kepesertaan as membership join ledger.live_batch using (batch_id)
    where tgl_bayar is not null and segmen <> 'JAKON' and sektor = 'konstruksi'
    union all
    select min(bulan) from ledger.rekap join ledger.live_batch using (batch_id)
    union all
    select min(per_tanggal) from ledger.angka_resmi join ledger.live_batch using (batch_id)
    where segmen in ('jasa konstruksi', 'semua segmen') and peserta is not null
), bounds as (
    select date_trunc('month', min(day)) as first_month, date_trunc('month', $as_of + interval 1 day) as after_last
    from starts
)
select cast(last_day(month_start) as date) as month,
    cast(year(month_start) * 12 + month(month_start) as bigint) as month_index
from (select unnest(generate_series(first_month, after_last - interval 1 day, interval 1 month)) as month_start from bounds
      where first_month < after_last)
