-- Projects of the register by their codes, as judged at the position; workers are those of the last month end.
with last_month as (
    select kode_proyek, workers, workers - covered_named - covered_unnamed as uncovered
    from project_month
    where month = (select max(month) from project_month)
)
select project.kode_proyek, nama_proyek, project.place, place.name as place_name, project.owner, project.owner_type,
    project.fund, project.payer, penyedia, telepon_penyedia, nilai_kontrak, tenaga_kerja, no_spk, tgl_spk, deadline, mulai,
    selesai, cara_pelaksanaan, result, reason, late_days, unprotected_days, days_left, is_registered, notes,
    coalesce(workers, tenaga_kerja) as workers, uncovered, file_name, row_number
from project join place on place.code = project.place
left join judgement on judgement.kode_proyek = project.kode_proyek and payment = 0
left join last_month on last_month.kode_proyek = project.kode_proyek
where project.kode_proyek in (select unnest(cast($codes as varchar[])))
    and project.place in (select unnest(cast($places as varchar[])))
    and ($owners is null or project.owner in (select unnest(cast($owners as varchar[]))))
