-- One row is one judged moment with its result, and the reason where the conditions are not met.
create temp table judged_state as
with state as (
    select moment.*, known.project_id is not null as is_known, coalesce(is_registered, false) as is_registered,
        coalesce(is_paid, false) as is_paid, coalesce(is_paid_some_day, false) as is_paid_some_day,
        coalesce(is_ended, false) as is_ended, registered_on, covered_days, headcount, paid_rp,
        cover.project_id is not null as has_registration,
        coalesce(case when is_payment_demanded then is_in_force else is_counting end, false) as is_met,
        judged_on > selesai as is_over
    from judged_moment as moment
    left join judged_cover as cover using (project_id, payment)
    left join judged_known as known using (project_id, payment)
), judged as (
    select *, case
        when begins is null then 'no_work_order_date'
        when rules is null then 'rule_later'
        when is_met then null
        when is_registered and not is_paid and (is_paid_some_day or not is_known) then 'payment_unknown'
        when not is_known then 'registrations_unknown'
        when is_paid_some_day then 'payment_unknown'
        when is_over and not is_registered then 'over_unregistered'
        when is_over and not is_paid then 'over_unpaid'
        when is_over then 'over_uncovered'
        when not is_registered then 'unregistered'
        when not is_paid then 'unpaid'
        when is_ended then 'cover_ended'
        else 'cover_not_begun'
    end as reason
    from state
)
select *, case
    when reason in ('no_work_order_date', 'rule_later', 'payment_unknown', 'registrations_unknown') then 'belum_dapat_dinilai'
    when reason is null and registered_on <= deadline then 'memenuhi'
    when reason is null then 'terlambat'
    when is_over then 'tidak_dapat_dipulihkan'
    when reason <> 'cover_ended' and judged_on <= deadline then 'belum_jatuh_tempo'
    else 'belum_memenuhi'
end as result
from judged
