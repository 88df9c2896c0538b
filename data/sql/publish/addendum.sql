-- What the contract said before: as its records state it, else as earlier live deliveries did where value or end differ. Of the
-- latter only the first has a date, its work order's; whether a later one is an addendum or a correction no file says.
insert into edition.addendum
with recorded as (
    select kode_proyek, versi, tgl, old.nilai_kontrak, old.selesai
    from ledger.nilai_lama as old join live_project using (batch_id, kode_proyek)
), delivered as (
    select kode_proyek, tgl_spk, nilai_kontrak, selesai, proyek.data_as_of, batch_id,
        lead(struct_pack(nilai_kontrak, selesai)) over later as next_said
    from ledger.proyek join ledger.live_batch using (batch_id) anti join recorded using (kode_proyek)
    window later as (partition by kode_proyek order by proyek.data_as_of, batch_id)
), restated as (
    select kode_proyek, cast(row_number() over in_order - 1 as integer) as versi, nilai_kontrak, selesai,
        case when row_number() over in_order = 1 then tgl_spk end as tgl
    from delivered
    where next_said is distinct from struct_pack(nilai_kontrak, selesai) and next_said is not null
    window in_order as (partition by kode_proyek order by data_as_of, batch_id)
)
select kode_proyek, place, owner, said.versi, said.tgl, said.nilai_kontrak, said.selesai
from (select kode_proyek, versi, tgl, nilai_kontrak, selesai from recorded
      union all by name from restated) as said
join live_project using (kode_proyek) join project_register using (project_id)
order by all
