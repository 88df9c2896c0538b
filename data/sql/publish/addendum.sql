-- What the contract said before each addendum, with the delivery that states the project.
insert into edition.addendum
select kode_proyek, place, owner, versi, tgl, old.nilai_kontrak, old.selesai
from ledger.nilai_lama as old join live_project using (batch_id, kode_proyek) join project_register using (project_id)
order by all
