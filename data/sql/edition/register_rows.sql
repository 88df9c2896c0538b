-- Projects of the register by their codes. A list that is null limits nothing.
select project.kode_proyek, nama_proyek, project.place, place.name as place_name, owner, owner_type, fund, payer, penyedia,
    telepon_penyedia, nilai_kontrak, tenaga_kerja, no_spk, tgl_spk, deadline, mulai, selesai, cara_pelaksanaan, result, reason,
    late_days, unprotected_days, days_left, is_registered, notes, workers, uncovered, file_name, row_number
from project join place on place.code = project.place
where kode_proyek in (select unnest(cast($codes as varchar[])))
    and ($places is null or project.place in (select unnest(cast($places as varchar[]))))
    and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
