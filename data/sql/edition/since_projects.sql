-- Projects that run at a month end, with what is told of their cover. `stated` is what is known by then, apart from persons, that
-- it rests on: the same text in two editions where they know the same.
with known as (
    select kode_proyek, count(*) as registrations, count(*) filter (tgl_bayar <= $month) as payments,
        list_sort(list((tgl_daftar, case when tgl_bayar <= $month then tgl_bayar end, tenaga_kerja,
            coalesce($month between cover_from and cover_to, false)))) as stated
    from registration
    where tgl_daftar <= $month or tgl_bayar <= $month
    group by kode_proyek
)
select month_end.kode_proyek, coalesce(covered_named + covered_unnamed, 0) as covered, coalesce(known.registrations, 0) as registrations,
    coalesce(known.payments, 0) as payments, cast((project.tenaga_kerja, known.stated) as varchar) as stated
from project_month as month_end join project using (kode_proyek) left join known using (kode_proyek)
where month_end.month = $month and month_end.place in (select unnest(cast($places as varchar[])))
    and ($owners is null or month_end.owner in (select unnest(cast($owners as varchar[]))))
    and ($fund is null or month_end.fund = $fund)
order by month_end.kode_proyek
