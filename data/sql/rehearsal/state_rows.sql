-- One row is one natural key of a kind, as the latest delivery of this state has it. Blank counts as a value of a key.
create or replace temp table {state}_row as
select {key_text} as natural_key, {columns}, {table}.batch_id, {table}.data_as_of, row_number
from {table} join {state}_batch using (batch_id)
qualify row_number() over (
    partition by natural_key order by {table}.data_as_of desc, {table}.batch_id desc, row_number) = 1
