insert into announced select kode_proyek, no_spk, pemilik from typed
