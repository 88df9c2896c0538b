insert into {ledger_table} (batch_id, row_number, data_as_of, person_id, {columns})
select
    $batch_id, row_number, case when $complete then $data_as_of else coalesce(posisi_data, $data_as_of) end,
    person_id, {columns}
from {typed}
join hashed using (nik)
join person using (nik_hmac)
