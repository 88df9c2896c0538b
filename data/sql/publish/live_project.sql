-- One row is one project as the latest live delivery states it. The scopes name the deliveries that may end it.
create temp table live_project as
with winner as (
    select proyek.*
    from ledger.proyek join ledger.live_batch using (batch_id)
    qualify row_number() over (
        partition by kode_proyek order by proyek.data_as_of desc, proyek.batch_id desc) = 1
)
select cast(row_number() over (order by kode_proyek) as integer) as project_id, kode_proyek, nama_proyek,
    wilayah as place, pemilik as owner, coalesce(jenis_pemilik, $unknown) as owner_type,
    coalesce(sumber_dana, $unknown) as fund, nilai_kontrak, termasuk_ppn, no_spk, tgl_spk, mulai, selesai,
    selesai_pemeliharaan, penyedia, tenaga_kerja, jenis_pekerjaan, wilayah_dari as place_from, cara_pelaksanaan, telepon_penyedia,
    row_number as file_row, batch_id, data_as_of,
    'wilayah:' || place.parent as scope_parent, 'wilayah:' || wilayah as scope_place, 'pemilik:' || pemilik as scope_owner
from winner join edition.place on place.code = winner.wilayah
