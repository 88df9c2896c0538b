-- Ledger, schema 3: how the work is done, and the telephone number of the company that does it.

-- 'penyedia' by a contractor, 'swakelola' by the owner itself, 'darurat' as emergency work; null: the file does not say.
alter table proyek add column cara_pelaksanaan varchar;

-- Of companies only: that of a sole proprietor is dropped while reading.
alter table proyek add column telepon_penyedia varchar;
