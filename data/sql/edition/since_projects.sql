-- Projects that run at a month end, with what is told of their cover, and how much is known of them by that day: `stated` is
-- the same in two editions where their own records, those of their registrations included, say the same.
with known as (
    select kode_proyek, count(*) filter (tgl_daftar <= $month) as registrations, count(*) filter (tgl_bayar <= $month) as payments,
        list((tgl_daftar, tgl_bayar, tenaga_kerja, cover_from, cover_to) order by number) filter (tgl_daftar <= $month) as stated
    from registration
    group by kode_proyek
)
select month_end.kode_proyek, coalesce(covered_named + covered_unnamed, 0) as covered, coalesce(known.registrations, 0) as registrations,
    coalesce(known.payments, 0) as payments,
    cast((project.mulai, project.selesai, project.tenaga_kerja, project.place, project.owner, project.fund, known.stated) as varchar)
        as stated
from project_month as month_end join project using (kode_proyek) left join known using (kode_proyek)
where month_end.month = $month and month_end.place in (select unnest(cast($places as varchar[])))
    and ($owners is null or month_end.owner in (select unnest(cast($owners as varchar[]))))
    and ($fund is null or month_end.fund = $fund)
order by month_end.kode_proyek
