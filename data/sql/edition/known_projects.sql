-- Which of these codes are projects that this edition knows.
select kode_proyek
from project
where kode_proyek in (select unnest(cast($codes as varchar[]))) and place in (select unnest(cast($places as varchar[])))
    and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
order by kode_proyek
