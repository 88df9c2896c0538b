-- One row is one finest cell whose projects lie in a kabupaten/kota; work that the records place no closer than in the
-- province has no row.
create temp table kabupaten_cell as
select distinct cell_id, place
from project_cell join live_project using (project_id) join edition.place on code = live_project.place
where kind in ('kabupaten', 'kota')
