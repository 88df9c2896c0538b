-- One row is one live delivery declared complete for a scope and period; of an owner under its confirmed name.
create temp table complete_delivery as
select batch_id, kind, data_as_of, period_from, period_to,
    scope_kind || ':' || coalesce(alias.name, scope_value) as scope, case when scope_kind = 'wilayah' then scope_value end as scope_code
from ledger.live_batch
left join edition.alias on scope_kind = 'pemilik' and alias.field = 'pemilik' and alias.written = scope_value
where delivery = 'lengkap'
