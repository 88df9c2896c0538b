-- Projects that run at a month end and are not over yet, with what is then known of their workers and registration; those that
-- lack nothing are left out.
select kode_proyek, is_judged, is_registered, workers, covered_named + covered_unnamed as covered, nilai_kontrak,
    coalesce(termasuk_ppn, true) as termasuk_ppn, coalesce(tgl_spk, mulai) as signed_on
from project_month join project using (kode_proyek, place)
where month = $month and selesai >= $seen_on
    and (not is_registered or is_registered is null or covered is null or covered < workers)
    and place in (select unnest(cast($places as varchar[])))
    and ($owners is null or project.owner in (select unnest(cast($owners as varchar[]))))
    and ($fund is null or project.fund = $fund)
order by kode_proyek
