-- Projects that run at a month end and are not over yet, with what is known of their workers and registration at that month end.
select kode_proyek, nama_proyek, place, place.name as place_name, project.owner, project.owner_type, project.fund, payer, penyedia,
    telepon_penyedia, nilai_kontrak, no_spk, tgl_spk, deadline, mulai, selesai, is_judged, project_month.is_registered, project_month.workers,
    covered_named + covered_unnamed as covered
from project_month join project using (kode_proyek, place) join place on place.code = place
where month = $month and selesai >= $seen_on
    and place in (select unnest(cast($places as varchar[])))
    and ($owners is null or project.owner in (select unnest(cast($owners as varchar[]))))
    and ($fund is null or project.fund = $fund)
order by kode_proyek
