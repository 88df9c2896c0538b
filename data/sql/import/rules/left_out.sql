-- A joined row that is left out has that reason alone, whatever else it lacks.
delete from found where row_number in (select row_number from staged where {reason} is not null);
insert into found
select row_number, 'kode_proyek', {reason}, kode_proyek, rincian
from staged
where {reason} is not null
