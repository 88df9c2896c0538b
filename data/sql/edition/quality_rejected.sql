-- One row is one live delivery with refused rows still to be put right. $places and $owners: scopes that may be
-- seen; null: all, also deliveries that were declared for none.
select batch_id, delivery.kind, file_name, sender, data_as_of, scope_value as scope, place.name as scope_name,
    rows_accepted + rows_rejected as rows_read, rows_open
from delivery left join place on place.code = scope_value
where rows_open > 0
    and ($places is null or scope_value in (select unnest(cast($places as varchar[]))))
    and ($owners is null or scope_value in (select unnest(cast($owners as varchar[]))))
order by batch_id
