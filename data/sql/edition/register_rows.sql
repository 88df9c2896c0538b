-- Projects of the register by their codes. A list that is null limits nothing. They are picked first: the other columns are
-- then read of these alone.
with picked as materialized (
    select kode_proyek, nama_proyek, place, owner, owner_type, fund, payer, penyedia, telepon_penyedia, nilai_kontrak,
        tenaga_kerja, no_spk, tgl_spk, deadline, mulai, selesai, cara_pelaksanaan, result, reason, late_days, unprotected_days,
        days_left, is_registered, notes, workers, uncovered, file_name, row_number
    from project
    where kode_proyek in (select unnest(cast($codes as varchar[])))
)
select kode_proyek, nama_proyek, place, place.name as place_name, owner, owner_type, fund, payer, penyedia, telepon_penyedia,
    nilai_kontrak, tenaga_kerja, no_spk, tgl_spk, deadline, mulai, selesai, cara_pelaksanaan, result, reason, late_days,
    unprotected_days, days_left, is_registered, notes, workers, uncovered, file_name, row_number
from picked join place on place.code = picked.place
where ($places is null or picked.place in (select unnest(cast($places as varchar[]))))
    and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
