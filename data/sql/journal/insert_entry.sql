insert into entry (number, at, who, role, is_authenticated, kind, facts, previous_hash, hash)
values (:number, :at, :who, :role, :is_authenticated, :kind, :facts, :previous_hash, :hash)
