-- A project whose every month was ended by complete deliveries is not in the register.
insert into edition.project
with alive as (
    select distinct project_id
    from live_project as project
    left join complete_delivery as later on later.kind = 'proyek' and later.batch_id <> project.batch_id
        and (later.data_as_of, later.batch_id) > (project.data_as_of, project.batch_id)
        and later.scope in ('wilayah:00', scope_parent, scope_place, scope_owner)
        and mulai >= later.period_from and selesai <= later.period_to
    where later.batch_id is null
)
select kode_proyek, nama_proyek, place, owner, owner_type, fund, nilai_kontrak, termasuk_ppn, no_spk, tgl_spk, mulai,
    selesai, selesai_pemeliharaan, penyedia, tenaga_kerja, jenis_pekerjaan
from live_project join alive using (project_id)
order by kode_proyek
