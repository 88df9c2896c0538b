-- One row is one stay of one of this partition's persons on a known project's roster, as the latest live delivery states it.
create or replace temp table roster_spell as
with winner as (
    select person_id, project_id, tenaga_kerja.batch_id, tenaga_kerja.data_as_of, tenaga_kerja.mulai,
        tenaga_kerja.selesai, row_number as file_row
    from ledger.tenaga_kerja join ledger.live_batch using (batch_id)
    join live_project using (kode_proyek)
    where person_id % $partitions = $partition
    qualify row_number() over (
        partition by person_id, project_id, tenaga_kerja.mulai
        order by tenaga_kerja.data_as_of desc, tenaga_kerja.batch_id desc) = 1
)
select person_id, project_id, winner.batch_id, winner.file_row, winner.mulai as working_from, coalesce(winner.selesai, date '9998-12-31') as working_to,
    coalesce(nation.cut, 0) | coalesce(parent.cut, 0) | coalesce(own.cut, 0) | coalesce(owner.cut, 0) as cut
from winner
join live_project as project using (project_id)
left join (from scope_cut where kind = 'tenaga_kerja' and scope = 'wilayah:00') as nation
    on (nation.batch_id, nation.data_as_of) = (winner.batch_id, winner.data_as_of)
left join (from scope_cut where kind = 'tenaga_kerja') as parent
    on (parent.batch_id, parent.data_as_of, parent.scope) = (winner.batch_id, winner.data_as_of, project.scope_parent)
left join (from scope_cut where kind = 'tenaga_kerja') as own
    on (own.batch_id, own.data_as_of, own.scope) = (winner.batch_id, winner.data_as_of, project.scope_place)
left join (from scope_cut where kind = 'tenaga_kerja') as owner
    on (owner.batch_id, owner.data_as_of, owner.scope) = (winner.batch_id, winner.data_as_of, project.scope_owner)
