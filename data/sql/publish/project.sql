-- A project whose every month was ended by complete deliveries is not in the register.
insert into edition.project
with last_month as (
    select kode_proyek, workers, workers - covered_named - covered_unnamed as uncovered
    from edition.project_month
    where month = (select max(month) from calendar)
), at_position as (
    select kode_proyek, result, reason, late_days, unprotected_days, days_left, is_registered, notes
    from edition.judgement
    where payment = 0
)
select kode_proyek, nama_proyek, place, owner, owner_type, fund, nilai_kontrak, termasuk_ppn, no_spk, tgl_spk, mulai,
    selesai, selesai_pemeliharaan, penyedia, tenaga_kerja, jenis_pekerjaan, place_from, cara_pelaksanaan, telepon_penyedia,
    payer, deadline, file_name, file_row, result, reason, late_days, unprotected_days, days_left, is_registered, at_position.notes,
    coalesce(workers, tenaga_kerja), uncovered, is_known and is_on_time,
    lower(concat_ws(chr(10), kode_proyek, nama_proyek, no_spk, penyedia, owner))
from live_project join project_register using (project_id) join ledger.batch using (batch_id)
join at_position using (kode_proyek)
left join last_month using (kode_proyek)
left join project_deadline using (project_id)
left join fund_payer using (fund)
-- As it is judged: work that an owner begins itself without a work order is due from its start.
left join (select tgl_spk as begins, deadline from work_order_deadline)
    on begins = coalesce(tgl_spk, case when cara_pelaksanaan = 'swakelola' then mulai end)
order by kode_proyek
