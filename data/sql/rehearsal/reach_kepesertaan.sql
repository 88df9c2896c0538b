-- The scopes that reach a membership: those of its project, or of a personal one the place where the person works.
select natural_key, found.batch_id, found.data_as_of, mulai as first_day, coalesce(found.selesai, project.selesai) as last_day,
    coalesce(project.scopes, ['wilayah:00', 'wilayah:' || parent, 'wilayah:' || wilayah]) as scopes
from {state}_row as found
left join {state}_project as project on project.kode_proyek = case when segmen = 'JAKON' then found.kode_proyek end
left join place_parent on code = wilayah
where segmen <> 'JAKON' or project.kode_proyek is not null
