-- One row is one cell of a kind without persons that says something else, by key and in the order of the columns.
with cell as (
    select natural_key, {key_shown} as key_shown, unnest({names}) as column_name, unnest({places}) as place,
        unnest({old_values}) as old, unnest({new_values}) as new
    from (from before_row anti join before_ended using (natural_key)) as before_live
    join (from after_row anti join after_ended using (natural_key)) as after_live using (natural_key)
)
select key_shown, column_name, old, new
from cell
where old is distinct from new
order by natural_key, place
limit $limit
