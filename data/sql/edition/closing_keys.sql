-- Projects that run at a month end and are not over yet, with what is then known of their workers, registration and payment; those that
-- lack nothing are left out.
select month_end.kode_proyek, month_end.is_judged, month_end.is_registered, month_end.is_paid, month_end.workers,
    month_end.covered_named + month_end.covered_unnamed as covered, project.nilai_kontrak,
    coalesce(project.termasuk_ppn, true) as termasuk_ppn, coalesce(project.tgl_spk, project.mulai) as signed_on
from project_month as month_end join project on project.kode_proyek = month_end.kode_proyek
where month_end.month = $month and project.selesai >= $seen_on
    and (month_end.is_paid is distinct from true or month_end.covered_named is null
        or month_end.covered_named + month_end.covered_unnamed < month_end.workers)
    and month_end.place in (select unnest(cast($places as varchar[])))
    and ($owners is null or month_end.owner in (select unnest(cast($owners as varchar[]))))
    and ($fund is null or month_end.fund = $fund)
order by month_end.kode_proyek
