-- Which of these projects lie in the given places and belong to the given owners; a list that is null limits nothing.
select kode_proyek, owner
from project
where kode_proyek in (select unnest(cast($codes as varchar[])))
    and ($places is null or place in (select unnest(cast($places as varchar[]))))
    and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
