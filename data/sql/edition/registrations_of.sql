-- The rows of one project.
select number, no_proyek_bpjs, npp, tgl_daftar, tgl_bayar, iuran_dibayar, tenaga_kerja, cover_from, cover_to, no_sertifikat,
    file_name, row_number
from registration
where kode_proyek = $code and ($places is null or place in (select unnest(cast($places as varchar[]))))
    and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
order by number
