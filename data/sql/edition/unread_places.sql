-- Spellings of places for which rows were refused. Asked by who sees all of it only.
select written, rows, deliveries, last_batch
from unread_place
where $places is null and $owners is null
order by rows desc, written
