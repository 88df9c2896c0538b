-- One row is one paid membership of this partition's persons, as the latest live delivery states it.
create or replace temp table member_spell as
with winner as (
    select person_id, segmen, sektor, kepesertaan.batch_id, kepesertaan.data_as_of, kepesertaan.mulai,
        kepesertaan.selesai, tgl_bayar, row_number as file_row, project_id, case when segmen <> 'JAKON' then wilayah end as wilayah
    from ledger.kepesertaan join ledger.live_batch using (batch_id)
    left join live_project on live_project.kode_proyek = case when segmen = 'JAKON' then kepesertaan.kode_proyek end
    where person_id % $partitions = $partition and (segmen <> 'JAKON' or project_id is not null)
    qualify row_number() over (
        partition by person_id, segmen, project_id, case when segmen <> 'JAKON' then wilayah end, kepesertaan.mulai
        order by kepesertaan.data_as_of desc, kepesertaan.batch_id desc) = 1
), placed as (
    select person_id, winner.batch_id, winner.data_as_of, winner.file_row, segmen <> 'JAKON' as is_personal,
        segmen = 'JAKON' or sektor = 'konstruksi' as is_construction,
        project_id, coalesce(project.place, winner.wilayah) as place,
        coalesce(project.scope_parent, 'wilayah:' || home.parent) as scope_parent,
        coalesce(project.scope_place, 'wilayah:' || winner.wilayah) as scope_place,
        project.scope_owner,
        greatest(winner.mulai, winner.tgl_bayar) as active_from,
        coalesce(winner.selesai, project.selesai, date '9998-12-31') as active_to
    from winner
    left join live_project as project using (project_id)
    left join edition.place as home on home.code = winner.wilayah
    where tgl_bayar is not null
)
select person_id, placed.batch_id, placed.file_row, project_id, place, is_personal, is_construction, active_from, active_to,
    coalesce(nation.cut, 0) | coalesce(parent.cut, 0) | coalesce(own.cut, 0) | coalesce(owner.cut, 0) as cut
from placed
left join (from scope_cut where kind = 'kepesertaan' and scope = 'wilayah:00') as nation
    on (nation.batch_id, nation.data_as_of) = (placed.batch_id, placed.data_as_of)
left join (from scope_cut where kind = 'kepesertaan') as parent
    on (parent.batch_id, parent.data_as_of, parent.scope) = (placed.batch_id, placed.data_as_of, placed.scope_parent)
left join (from scope_cut where kind = 'kepesertaan') as own
    on (own.batch_id, own.data_as_of, own.scope) = (placed.batch_id, placed.data_as_of, placed.scope_place)
left join (from scope_cut where kind = 'kepesertaan') as owner
    on (owner.batch_id, owner.data_as_of, owner.scope) = (placed.batch_id, placed.data_as_of, placed.scope_owner)
