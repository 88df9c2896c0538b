-- One row is one project whose first payment was made from $first to $last, registered on that day or up to $days before it.
with registered as (
    select kode_proyek, min(tgl_daftar) as registered_on from registration group by kode_proyek
), paid as (
    select kode_proyek, min(tgl_bayar) as paid_on from payment where tgl_bayar is not null group by kode_proyek
)
select kode_proyek, nama_proyek, place, owner, tgl_spk, registered_on, paid_on
from registered join paid using (kode_proyek) join project using (kode_proyek)
where paid_on - registered_on between 0 and $days and paid_on between $first and $last
    and ($places is null or place in (select unnest(cast($places as varchar[]))))
    and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
order by kode_proyek
