-- Not a registration that a later complete delivery leaves out for the month of its date, or for the last month while its
-- cover lasts; and none of after the position. What is paid after it is not paid yet.
insert into edition.registration
with last_month as (
    select month, month_index from calendar order by month desc limit 1
), withdrawn as (
    select registration_id
    from live_registration join registration_cut using (registration_id) cross join last_month
    where registration_cut.month_index = year(tgl_daftar) * 12 + month(tgl_daftar)
        or registration_cut.month_index = last_month.month_index and cover_to >= date_trunc('month', last_month.month)
), standing as (
    select *, tgl_bayar <= $as_of as is_paid
    from live_registration join project_register using (project_id)
    anti join withdrawn using (registration_id)
    where tgl_daftar <= $as_of
)
select kode_proyek, place, owner, fund,
    row_number() over (partition by project_id order by tgl_daftar, no_proyek_bpjs),
    no_proyek_bpjs, npp, tgl_daftar, case when is_paid then tgl_bayar end,
    case when is_paid is distinct from false then iuran_dibayar end, headcount,
    case when is_paid then cover_from end, case when is_paid then cover_to end,
    case when is_paid is distinct from false then no_sertifikat end, file_name, standing.file_row
from standing join live_project using (project_id) join ledger.batch on batch.batch_id = standing.batch_id
order by all
