insert into arriving select kode_proyek, no_spk from typed
