-- One row is one person in one project, or in one place for a personal membership: the months active, as bits.
with bounded as (
    select person_id, project_id, place, is_personal, is_construction, cut, carry_index,
        greatest(cast(year(active_from) * 12 + month(active_from) as bigint), carry_index) as first_active,
        least(cast(year(active_to + interval '1' day) * 12 + month(active_to + interval '1' day) - 1 as bigint),
            last_index) as last_active
    from member_spell cross join block
)
select person_id, project_id, place, is_personal, is_construction,
    bit_or((((cast(1 as bigint) << (last_active - first_active + 1)) - 1) << (first_active - carry_index)) & (~cut)) as active
from bounded
where first_active <= last_active
group by person_id, project_id, place, is_personal, is_construction
