-- Live rows whose project no live delivery names yet.
with known as (
    select kode_proyek, no_spk from proyek join live_batch using (batch_id)
), waiting as (
    select 'tenaga_kerja' as kind, kode_proyek as project from tenaga_kerja join live_batch using (batch_id)
    union all
    select 'kepesertaan', kode_proyek from kepesertaan join live_batch using (batch_id) where segmen = 'JAKON'
    union all
    select 'pendaftaran', kode_proyek from pendaftaran join live_batch using (batch_id) where kode_proyek is not null
    union all
    select 'pembayaran', kode_proyek from pembayaran join live_batch using (batch_id)
)
select kind, count(*) as rows, count(distinct project) as projects
from waiting
where project not in (select kode_proyek from known)
group by kind
union all
select 'pendaftaran (no_spk)', count(*), count(distinct no_spk)
from pendaftaran join live_batch using (batch_id)
where kode_proyek is null and no_spk not in (select no_spk from known where no_spk is not null)
having count(*) > 0
order by kind
