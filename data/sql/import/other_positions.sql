-- Rows that a batch of the same file holds with another position than they would land with now.
select count(*)
from typed
join {ledger_table} as landed using (row_number)
where landed.batch_id = $batch_id
    and landed.data_as_of <> case when $complete then $data_as_of else coalesce(typed.posisi_data, $data_as_of) end
