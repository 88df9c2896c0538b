-- Projects that this delivery brings itself; a dry run lands none of them.
create or replace temp table arriving (kode_proyek varchar, no_spk varchar)
