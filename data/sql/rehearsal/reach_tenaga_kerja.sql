-- The scopes that reach a stay on a roster: those of its project.
select natural_key, found.batch_id, found.data_as_of, mulai as first_day, found.selesai as last_day, project.scopes
from {state}_row as found join {state}_project as project using (kode_proyek)
