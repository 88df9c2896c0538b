-- One row is what the registrations dated by one judged moment come to. Those dated after the last day on which the work could
-- be protected protect nobody, nor does a contribution before the day of its registration; `counting` ones are also paid by then,
-- where that is demanded.
create temp table judged_cover as
with registered as (
    select project_id, payment, number, tgl_daftar, tgl_bayar, iuran_dibayar, registration.tenaga_kerja as headcount,
        greatest(cover_from, tgl_daftar) as cover_from, cover_to, cover_day, mulai, last_day, tgl_daftar <= last_day as is_by_last_day,
        tgl_daftar <= last_day and coalesce(tgl_bayar <= last_day, false) as is_paid,
        -- A contribution or a certificate without a day: it was paid, nobody knows when.
        tgl_daftar <= last_day and tgl_bayar is null and (iuran_dibayar > 0 or no_sertifikat is not null) as is_paid_some_day,
        tgl_daftar <= last_day and (coalesce(tgl_bayar <= last_day, false) or not is_payment_demanded) as is_counting
    from judged_moment join edition.registration as registration using (kode_proyek)
    where tgl_daftar <= judged_on
), covered as (
    select *, is_paid and cover_day between cover_from and cover_to as is_in_force,
        greatest(0, least(cover_to, last_day)
            - greatest(cover_from, mulai, coalesce(max(cover_to) filter (is_paid) over earlier + 1, mulai)) + 1) as new_days
    from registered
    window earlier as (partition by project_id, payment order by cover_from nulls last, number
        rows between unbounded preceding and 1 preceding)
)
select project_id, payment, bool_or(is_by_last_day) as is_registered, bool_or(is_paid) as is_paid,
    bool_or(is_paid_some_day) as is_paid_some_day, bool_or(is_counting) as is_counting, bool_or(is_in_force) as is_in_force,
    bool_or(is_paid and cover_to < cover_day) as is_ended, min(tgl_daftar) filter (is_counting) as registered_on,
    coalesce(sum(new_days) filter (is_paid), 0) as covered_days,
    case when count(*) filter (is_in_force) = count(headcount) filter (is_in_force) then sum(headcount) filter (is_in_force) end
        as headcount,
    case when count(*) filter (is_paid) = count(iuran_dibayar) filter (is_paid) then sum(iuran_dibayar) filter (is_paid) end
        as paid_rp
from covered
group by project_id, payment
