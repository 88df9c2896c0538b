-- The rows of this partition's persons that are counted, by delivery and project, or place where there is no project.
insert into source_rows_partial
select 'tenaga_kerja', batch_id, project_id, null, null, min(working_from), max(working_to), count(*), min(file_row), max(file_row)
from roster_spell
group by batch_id, project_id
union all
select 'kepesertaan', batch_id, project_id, case when project_id is null then place end,
    case when is_construction then 'konstruksi' end, min(active_from), max(active_to), count(*), min(file_row), max(file_row)
from member_spell
group by all
