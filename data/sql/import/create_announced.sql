-- Projects that earlier files of the same command bring.
create or replace temp table announced (kode_proyek varchar, no_spk varchar, pemilik varchar)
