-- Accepted rows known by their work order only, which neither a live delivery names nor an earlier file of the command.
select count(*)
from typed
where kode_proyek is null
    and no_spk not in (select no_spk from proyek join live_batch using (batch_id) where no_spk is not null)
    and no_spk not in (select no_spk from announced where no_spk is not null)
