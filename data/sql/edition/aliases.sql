-- Aliases as they were applied to this edition. Asked by who sees all of it only: they are names of whatever place.
select field, written, name, journal_number
from alias
where $places is null and $owners is null
order by field, written
