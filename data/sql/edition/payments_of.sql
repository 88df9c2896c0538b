-- The rows of one project.
select number, kind, tgl_permohonan, tgl_bayar, termin, jumlah, progres, file_name, row_number
from payment
where kode_proyek = $code and ($places is null or place in (select unnest(cast($places as varchar[]))))
    and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
order by number
