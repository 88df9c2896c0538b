-- One row is one delivery that counts in this state of the ledger; what is complete for an owner under its confirmed name.
create or replace temp table {state}_batch as
select batch_id, kind, data_as_of, delivery,
    scope_kind || ':' || coalesce(case when scope_kind = 'pemilik' then owner_name.name end, scope_value) as scope, period_from, period_to
from batch left join owner_name on owner_name.written = scope_value
where batch_id in (select unnest($batches))
