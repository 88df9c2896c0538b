-- Entries of some kinds after a number, oldest first; the list of kinds is JSON.
select number, at, who, role, is_authenticated, kind, facts
from entry
where number > :number and kind in (select value from json_each(:kinds))
order by number
