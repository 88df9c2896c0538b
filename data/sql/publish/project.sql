-- A project whose every month was ended by complete deliveries is not in the register.
insert into edition.project
select kode_proyek, nama_proyek, place, owner, owner_type, fund, nilai_kontrak, termasuk_ppn, no_spk, tgl_spk, mulai,
    selesai, selesai_pemeliharaan, penyedia, tenaga_kerja, jenis_pekerjaan, place_from, cara_pelaksanaan, telepon_penyedia,
    payer, deadline, file_name, file_row
from live_project join project_register using (project_id) join ledger.batch using (batch_id)
left join fund_payer using (fund) left join work_order_deadline using (tgl_spk)
order by kode_proyek
