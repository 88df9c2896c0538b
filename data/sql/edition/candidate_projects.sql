-- Projects that a row without one may mean, by their codes, with what tells whether it could be theirs. A null list limits nothing.
select kode_proyek, project.place, project.owner, no_spk, coalesce(tgl_spk, mulai) as begins, mulai, selesai, registrations,
    payments, roster_persons, owed_rp, owed_most_rp, expected_workers, payable_rp
from project join reconciliation using (kode_proyek)
where kode_proyek in (select unnest(cast($codes as varchar[])))
    and ($places is null or project.place in (select unnest(cast($places as varchar[]))))
    and ($owners is null or project.owner in (select unnest(cast($owners as varchar[]))))
