-- Four projects of five are registered, with about two thirds of their declared workers.
insert into pendaftaran
select 2, row_number, data_as_of, kode_proyek, null, lpad(row_number::varchar, 13, '0'), null, mulai,
    case when hash(row_number) % 20 > 0 then mulai + cast(hash(row_number + 1) % 40 as integer) end, 1000000,
    tenaga_kerja * 2 // 3, null, null, null
from proyek
where hash(row_number + 2) % 5 < 4
