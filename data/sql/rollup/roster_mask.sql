-- One row is one person on one project: the months at work there and, of those, the months covered there and the months
-- as a member of that project, as bits.
with bounded as (
    select person_id, project_id, cut, carry_index,
        greatest(cast(year(working_from) * 12 + month(working_from) as bigint), carry_index) as first_working,
        least(cast(year(working_to + interval '1' day) * 12 + month(working_to + interval '1' day) - 1 as bigint),
            last_index) as last_working
    from roster_spell cross join block
), listed as (
    select person_id, project_id,
        bit_or((((cast(1 as bigint) << (last_working - first_working + 1)) - 1) << (first_working - carry_index)) & (~cut))
            as listed
    from bounded
    where first_working <= last_working
    group by person_id, project_id
), personal as (
    select person_id, bit_or(active) as active
    from membership_mask cross join assumption
    where is_personal and personal_covers_project
    group by person_id
), on_project as (
    select person_id, project_id, bit_or(active) as active
    from membership_mask
    where project_id is not null
    group by person_id, project_id
)
select listed.person_id, listed.project_id, running_mask.cell_id, listed & running as working,
    (listed & running) & (coalesce(on_project.active, 0) | coalesce(personal.active, 0)) as covered,
    (listed & running) & coalesce(on_project.active, 0) as member
from listed
join running_mask on running_mask.project_id = listed.project_id
left join on_project on on_project.person_id = listed.person_id and on_project.project_id = listed.project_id
left join personal on personal.person_id = listed.person_id
where (listed & running) <> 0
