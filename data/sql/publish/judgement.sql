-- Every project at each of its payments and at the position. What cannot be judged has no days without protection.
insert into edition.judgement
select state.kode_proyek, state.place, state.owner, owner_type, project.fund, payer, payment, judged_on, result, reason,
    case when result = 'terlambat' then registered_on - deadline end,
    case when result <> 'belum_dapat_dinilai' then greatest(0, last_day - state.mulai + 1) - coalesce(covered_days, 0) end,
    case when judged_on <= deadline then last_number.number - coalesce(this_number.number, 0) end,
    case when has_registration then true when is_known then false end, notes, rules
from judged_state as state
join live_project as project using (project_id)
left join fund_payer using (fund)
left join judged_note using (project_id, payment)
left join working_day as this_number on this_number.day = judged_on
left join working_day as last_number on last_number.day = deadline
order by state.kode_proyek, payment
