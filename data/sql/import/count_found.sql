select count(distinct row_number) as rejected_rows, count(*) as reasons from found
