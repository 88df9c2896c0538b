-- Totals under the table, and rows that hold just the word 'JUMLAH' between groups. A row that points at a refused one
-- was a data row, and still is; so is one that begins with the word and lacks no required cell: 'Total Persada, PT'.
delete from staged
where rujukan_baris is null
    and (
        total_mark = 2
        or (
            total_mark = 1
            and row_number > (select coalesce(max(row_number), 0) from staged where total_mark = 0)
            and len(list_filter([{required}], lambda cell: cell is null)) > 0
        )
    )
