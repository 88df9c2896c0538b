-- Rows of the file that hold a reference, those of them that point at a refused row, and of these those refused again.
select
    (select count(*) from staged where rujukan_baris is not null) as said,
    (select count(*) from referred) as pointing,
    (select count(*) from referred where by_row in (select row_number from found)) as refused_again
