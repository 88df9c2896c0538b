-- Accepted rows known by their work order only, which no live delivery names.
select count(*)
from typed
where kode_proyek is null
    and no_spk not in (select no_spk from proyek join live_batch using (batch_id) where no_spk is not null)
    and no_spk not in (select no_spk from arriving where no_spk is not null)
