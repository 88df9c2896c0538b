select distinct tgl_spk from live_project where tgl_spk is not null
