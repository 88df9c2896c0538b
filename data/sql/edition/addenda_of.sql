-- The rows of one project.
select versi, tgl, nilai_kontrak, selesai
from addendum
where kode_proyek = $code and ($places is null or place in (select unnest(cast($places as varchar[]))))
    and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
order by versi, tgl
