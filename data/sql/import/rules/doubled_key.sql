-- The same natural key stands in several rows; none of them can be told to be the right one. A row whose key is not
-- readable has no key. Hashes find the few candidates first: a list of row numbers for every key would take the memory
-- of the whole file.
insert into found
with keyed as (
    select row_number, {key}, hash({key}) as key_hash
    from typed
    where {applies}
        and row_number not in (select row_number from found where list_contains($key_columns, column_name))
), candidate as (
    select row_number, {key}
    from keyed
    where key_hash in (select key_hash from keyed group by key_hash having count(*) > 1)
), doubled as (
    select list_sort(list(row_number)) as row_numbers
    from candidate
    group by {key}
    having count(*) > 1
)
select
    unnest(row_numbers), $column, 'kunci_ganda', null,
    array_to_string(row_numbers[:6], ', ') || case when len(row_numbers) > 6 then ', …' else '' end
from doubled
