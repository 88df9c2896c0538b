update session set seen_at = max(seen_at, :now) where id = :id
