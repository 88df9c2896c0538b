-- Every project at each of its payments and at the position.
insert into edition.judgement
select kode_proyek, place, owner, owner_type, fund, payer, 0, $as_of, 'belum_dapat_dinilai', 'registrations_unknown', null, null,
    null, null, null, null
from edition.project
where false
order by kode_proyek
