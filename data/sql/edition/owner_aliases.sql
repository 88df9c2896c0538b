-- Former spellings of owners and the names under which they stand in this edition. Asked by who sees all of it only.
select written, name
from alias
where field = 'pemilik' and $places is null and $owners is null
order by written
