-- A cell holds a mark that stands for a group in an edition, where it would be taken for all owners together.
insert into found
select row_number, $column, 'bukan_nama', {column}, null
from typed
where list_contains($reserved, {column})
