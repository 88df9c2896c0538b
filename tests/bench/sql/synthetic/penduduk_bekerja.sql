-- One estimate for the province and each kabupaten/kota, so that the page has a percentage to show.
insert into penduduk_bekerja
select 5, 1 + row_number() over (order by wilayah), date '2025-06-30', wilayah, 'konstruksi', date '2020-12-31',
    $persons, null, null, 'Perkiraan ukur', null
from (select distinct wilayah from proyek union select '16')
