-- One row is one project as the latest live delivery states it, its owner and contractor under the names that a person has
-- confirmed. The scopes name the deliveries that may end it.
create temp table live_project as
with winner as (
    select proyek.* replace (coalesce(owner_alias.name, pemilik) as pemilik, coalesce(contractor_alias.name, penyedia) as penyedia)
    from ledger.proyek join ledger.live_batch using (batch_id)
    left join edition.alias as owner_alias on owner_alias.field = 'pemilik' and owner_alias.written = pemilik
    left join edition.alias as contractor_alias on contractor_alias.field = 'penyedia' and contractor_alias.written = penyedia
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
