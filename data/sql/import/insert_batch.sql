insert into batch (
    batch_id, kind, file_name, file_sha256, file_bytes, imported_at, data_as_of, delivery, scope_kind, scope_value,
    period_from, period_to, rows_read, rows_accepted, rows_rejected, notes, sender, layout
)
select
    nextval('batch_number'), $kind, $file_name, $file_sha256, $file_bytes, $imported_at, $data_as_of, $delivery,
    $scope_kind, $scope_value, $period_from, $period_to, $rows_read, $rows_accepted, $rows_rejected, $notes, $sender, $layout
returning batch_id
