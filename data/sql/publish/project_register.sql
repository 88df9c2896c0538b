-- One row is one project of the register: not one whose whole time a later complete delivery covers without listing it.
create temp table project_register as
select project_id
from live_project as project
left join complete_delivery as later on later.kind = 'proyek' and later.batch_id <> project.batch_id
    and (later.data_as_of, later.batch_id) > (project.data_as_of, project.batch_id)
    and later.scope in ('wilayah:00', scope_parent, scope_place, scope_owner)
    and mulai >= later.period_from and selesai <= later.period_to
group by project_id
having count(later.batch_id) = 0
