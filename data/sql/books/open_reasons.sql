-- Why rows that nobody has sent again were refused: rows by delivery and code, most rows first. A row may have several.
select batch_id, code, count(distinct row_number) as rows
from open_reject
group by batch_id, code
order by batch_id, rows desc, code
