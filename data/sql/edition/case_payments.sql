-- The payments of these projects, as far as they lie in the given places and belong to the given owners (null: any).
select kode_proyek, place, owner, number
from payment
where kode_proyek in (select unnest(cast($codes as varchar[])))
    and ($places is null or place in (select unnest(cast($places as varchar[]))))
    and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
