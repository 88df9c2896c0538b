-- The days from which deadlines count: of the work order, and of work that an owner begins itself without one.
select distinct coalesce(tgl_spk, case when cara_pelaksanaan = 'swakelola' then mulai end) as begins
from live_project
where begins is not null
