select
    (select count(*) from staged) as read_rows,
    (select count(distinct row_number) from found) as rejected_rows
