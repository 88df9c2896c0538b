-- One row is one project as the latest delivery of this state has it, with the scopes of complete deliveries that reach it.
create or replace temp table {state}_project as
with winner as (
    select proyek.kode_proyek, proyek.no_spk, proyek.wilayah, coalesce(owner_name.name, proyek.pemilik) as pemilik, proyek.selesai
    from proyek join {state}_batch using (batch_id) left join owner_name on owner_name.written = proyek.pemilik
    qualify row_number() over (
        partition by kode_proyek order by proyek.data_as_of desc, proyek.batch_id desc, proyek.row_number) = 1
)
select kode_proyek, no_spk, selesai,
    ['wilayah:00', 'wilayah:' || parent, 'wilayah:' || wilayah, 'pemilik:' || pemilik] as scopes
from winner left join place_parent on code = wilayah
