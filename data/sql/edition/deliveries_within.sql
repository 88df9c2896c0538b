-- Deliveries declared complete for a place or owner within a grant; null: all of them. What was declared for neither may
-- hold anybody's rows, and one declared for a place holds other owners'.
select batch_id, kind, file_name, data_as_of, scope_value, period_from, period_to, rows_accepted, rows_rejected
from delivery
where ($areas is null or scope_value in (select unnest(cast($areas as varchar[]))))
    and ($owners is null or scope_value in (select unnest(cast($owners as varchar[]))))
order by batch_id desc
