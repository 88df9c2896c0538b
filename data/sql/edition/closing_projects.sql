-- What is shown of projects that close a gap, and of those that might.
select kode_proyek, nama_proyek, place, place.name as place_name, owner, owner_type, fund, payer, penyedia, telepon_penyedia,
    nilai_kontrak, no_spk, tgl_spk, deadline, mulai, selesai
from project join place on place.code = place
where kode_proyek in (select unnest(cast($codes as varchar[])))
    and place in (select unnest(cast($places as varchar[])))
    and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
