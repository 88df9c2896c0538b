-- One row is one judged moment on whose day registrations are completely known, for the project's place or its owner. Not of a
-- project whose work order's number others bear as well, once a registration names that number alone: it may be this one's.
create temp table judged_known as
with known_for_place as (
    select distinct place, judged_on
    from (select distinct place, judged_on from judged_moment) join place_level using (place)
    join complete_delivery on kind = 'pendaftaran' and scope_code = group_place and judged_on between period_from and period_to
), known_for_owner as (
    select distinct owner, judged_on
    from (select distinct owner, judged_on from judged_moment)
    join complete_delivery on kind = 'pendaftaran' and scope = 'pemilik:' || owner and judged_on between period_from and period_to
), shared_number as (
    select no_spk
    from live_project where no_spk is not null
    group by no_spk having count(*) > 1
), of_either as (
    select project_id, min(tgl_daftar) as since
    from live_project join shared_number using (no_spk)
    join ledger.pendaftaran as registration using (no_spk) join ledger.live_batch on live_batch.batch_id = registration.batch_id
    anti join live_registration on live_registration.no_proyek_bpjs = registration.no_proyek_bpjs
    where registration.kode_proyek is null
    group by project_id
), known as (
    select project_id, payment, judged_on from judged_moment join known_for_place using (place, judged_on)
    union
    select project_id, payment, judged_on from judged_moment join known_for_owner using (owner, judged_on)
)
select project_id, payment
from known anti join of_either on of_either.project_id = known.project_id and since <= judged_on
