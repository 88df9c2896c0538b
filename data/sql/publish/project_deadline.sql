-- One row is one project of the register with a work order: the month of its registration deadline, whether registrations
-- are completely known of it then, and whether one is dated by the deadline.
create temp table project_deadline as
with due as (
    select project_id, deadline, place, scope_owner, last_day(deadline) as month,
        cast(year(deadline) * 12 + month(deadline) as bigint) as month_index
    from live_project join project_register using (project_id)
    join work_order_deadline using (tgl_spk)
), known as (
    select project_id from due join declared_place using (place, month_index) where kind = 'pendaftaran'
    union
    select project_id
    from due join complete_delivery on kind = 'pendaftaran' and scope = scope_owner
    where month between period_from and period_to
), on_time as (
    select distinct project_id
    from due join live_registration using (project_id)
    anti join registration_cut using (registration_id, month_index)
    where tgl_daftar <= deadline
)
select project_id, month_index, known.project_id is not null as is_known, on_time.project_id is not null as is_on_time
from due left join known using (project_id) left join on_time using (project_id)
