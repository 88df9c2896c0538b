-- The delivery that a table's rows came in: complete for the nation where the kind can be.
insert into batch
select $batch_id, $kind, $kind || '.csv', sha256($kind), 1, timestamp '2025-07-01 00:00:00', date '2025-06-30',
    case when $complete then 'lengkap' else 'tambahan' end, case when $complete then 'wilayah' end,
    case when $complete then '00' end, case when $complete then date '2020-01-01' end,
    case when $complete then date '2025-12-31' end, $rows, $rows, 0, '[]', null
