-- The delivery that a table's rows came in: complete for the nation where the kind can be.
insert into batch (
    batch_id, kind, file_name, file_sha256, file_bytes, imported_at, data_as_of, delivery, scope_kind, scope_value,
    period_from, period_to, rows_read, rows_accepted, rows_rejected, notes
)
select $batch_id, $kind, $kind || '.csv', sha256($kind), 1, timestamp '2025-07-01 00:00:00', date '2025-06-30',
    case when $complete then 'lengkap' else 'tambahan' end, case when $complete then 'wilayah' end,
    case when $complete then '00' end, case when $complete then date '2020-01-01' end,
    case when $complete then date '2025-12-31' end, $rows, $rows, 0, '[]'
