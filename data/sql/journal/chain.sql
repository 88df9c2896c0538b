-- Every entry in the order of the chain, read from the table itself: an index may have been tampered with as well.
select number, at, who, role, is_authenticated, kind, facts, previous_hash, hash
from entry not indexed
order by number
