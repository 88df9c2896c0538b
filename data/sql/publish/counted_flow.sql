-- One row is what one project of the register adds in one month to the counts of the year: registrations dated in it and
-- contributions paid in it, as they stand for that month.
create temp table counted_flow as
with registered as (
    select project_id, cast(year(tgl_daftar) * 12 + month(tgl_daftar) as bigint) as month_index, count(*) as registrations,
        count(*) filter (headcount is null) as unsized_registrations, cast(sum(headcount) as bigint) as workers_registered
    from live_registration join project_register using (project_id)
    anti join registration_cut on registration_cut.registration_id = live_registration.registration_id
        and registration_cut.month_index = year(tgl_daftar) * 12 + month(tgl_daftar)
    group by all
), paid as (
    select project_id, cast(year(tgl_bayar) * 12 + month(tgl_bayar) as bigint) as month_index, count(*) as payments,
        count(*) filter (iuran_dibayar is null) as unpriced_payments, sum(iuran_dibayar) as contributions_rp
    from live_registration join project_register using (project_id)
    anti join registration_cut on registration_cut.registration_id = live_registration.registration_id
        and registration_cut.month_index = year(tgl_bayar) * 12 + month(tgl_bayar)
    where tgl_bayar is not null
    group by all
)
select project_id, month_index, coalesce(registrations, 0) as registrations,
    coalesce(unsized_registrations, 0) as unsized_registrations, workers_registered, coalesce(payments, 0) as payments,
    coalesce(unpriced_payments, 0) as unpriced_payments, contributions_rp
from registered full join paid using (project_id, month_index)
