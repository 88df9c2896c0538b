-- Sums over it are those of work and activity. Whether names are recorded is told by the last month end with cover in force.
insert into edition.project_month
with due as (
    -- As it is judged: work that an owner begins itself without a work order is due from its start.
    select project_id, deadline
    from live_project
    join (select tgl_spk as begins, deadline from work_order_deadline)
        on begins = coalesce(tgl_spk, case when cara_pelaksanaan = 'swakelola' then mulai end)
), named as (
    select project_id, month_index,
        case
            when coalesce(named_active, 0) >= headcount then true
            when memberships_known then false
        end as is_named
    from project_headcount
    left join project_named_total using (project_id, month_index)
    left join project_running using (project_id, month_index)
), registered as (
    select project_id, month_index, bool_or(tgl_daftar <= month) as is_registered,
        bool_or(tgl_daftar <= month and tgl_bayar <= month) as is_paid,
        bool_or(tgl_daftar <= least(deadline, month)) as is_by_deadline,
        bool_or(tgl_bayar is not null and month between cover_from and cover_to) as is_active
    from live_registration join project_running using (project_id) left join due using (project_id)
    anti join registration_cut using (registration_id, month_index)
    group by project_id, month_index
), flagged as (
    select state.*, coalesce(is_registered, false) as is_registered, coalesce(is_paid, false) as is_paid,
        coalesce(is_by_deadline, false) as is_by_deadline, coalesce(is_active, false) as is_active, named.is_named
    from project_state as state
    left join registered using (project_id, month_index)
    asof left join named on named.project_id = state.project_id and named.month_index <= state.month_index
)
select kode_proyek, place, owner, owner_type, fund, month, case when not is_unsized then workers end, is_judged,
    case when is_judged and not is_unsized then covered_persons end,
    case when is_judged and not is_unsized then covered_unnamed end,
    case when registrations_known then is_registered end,
    case when registrations_known then is_paid end,
    -- Not registered before the deadline is neither in time nor late.
    case when registrations_known and deadline is not null and (is_by_deadline or deadline <= month) then is_by_deadline end,
    case when registrations_known and not is_registered then false when registrations_known and memberships_known then is_named end,
    case when registrations_known then is_active end
from flagged join live_project using (project_id) left join due using (project_id)
order by month, kode_proyek
