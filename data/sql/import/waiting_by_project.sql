-- Accepted rows of projects that neither a live delivery names nor an earlier file of the same command.
select count(*)
from typed
where kode_proyek is not null
    and kode_proyek not in (select kode_proyek from proyek join live_batch using (batch_id))
    and kode_proyek not in (select kode_proyek from announced)
