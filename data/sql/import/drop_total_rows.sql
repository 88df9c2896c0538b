-- Totals under the table, and rows that hold just the word 'JUMLAH' between groups.
delete from staged
where total_mark = 2
    or (total_mark = 1 and row_number > (select coalesce(max(row_number), 0) from staged where total_mark = 0))
