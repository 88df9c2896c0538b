-- Projects set against their registrations and payments, by their codes. A list that is null limits nothing; another project with
-- the same work order is named only within it.
with picked as materialized (
    select kode_proyek, place, owner, fund, cause, causes, same_order, registrations, registered_on, contribution_rp, owed_rp,
        owed_most_rp, owed_before_rp, headcount, expected_workers, roster_persons, payments, first_paid_on, paid_rp, payable_rp
    from reconciliation
    where kode_proyek in (select unnest(cast($codes as varchar[])))
), named as (
    select distinct kode_proyek as same_order
    from project
    where kode_proyek in (select same_order from picked)
        and ($places is null or place in (select unnest(cast($places as varchar[]))))
        and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
)
select kode_proyek, nama_proyek, picked.place, place.name as place_name, picked.owner, picked.fund, cause, causes, named.same_order,
    no_spk, tgl_spk, mulai, selesai, nilai_kontrak, registrations, registered_on, contribution_rp, owed_rp, owed_most_rp,
    owed_before_rp, headcount, expected_workers, roster_persons, payments, first_paid_on, paid_rp, payable_rp, file_name, row_number
from picked join project using (kode_proyek) join place on place.code = picked.place
left join named using (same_order)
where ($places is null or picked.place in (select unnest(cast($places as varchar[]))))
    and ($owners is null or picked.owner in (select unnest(cast($owners as varchar[]))))
