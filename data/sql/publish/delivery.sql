-- A delivery that is complete for an owner names it as the edition does.
insert into edition.delivery
select batch_id, kind, file_name, file_sha256, data_as_of, delivery, coalesce(scope_alias.name, scope_value), period_from, period_to,
    rows_accepted, rows_rejected,
    coalesce(still_open, 0), sender, imported_at
from ledger.batch
left join edition.alias as scope_alias on scope_kind = 'pemilik' and scope_alias.field = 'pemilik' and scope_alias.written = scope_value
left join (
    select batch_id, count(distinct row_number) as still_open
    from ledger.open_reject
    group by batch_id
) using (batch_id)
where undone_at is null
order by batch_id
