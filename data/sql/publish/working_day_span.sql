select least(min(mulai), min(tgl_spk), $as_of), greatest(max(mulai), max(tgl_spk), $as_of) + $margin_days from live_project
