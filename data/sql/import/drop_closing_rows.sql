-- What stands under a table: place and date, offices, names, notes. It begins at a row of few cells that says so, after
-- the last row of more; so few cells could never land.
delete from staged
where row_number >= (
    select min(row_number)
    from staged
    where row_number > (
            select coalesce(max(row_number), 0)
            from staged
            where total_mark = 0 and len(list_filter([{columns}], lambda cell: cell is not null)) > $most_cells
        )
        and total_mark = 0
        and len(list_filter(
            [{columns}],
            lambda cell: regexp_matches(cell, $closing, 'i') and not regexp_matches(cell, $weekday, 'i')
        )) > 0
)
