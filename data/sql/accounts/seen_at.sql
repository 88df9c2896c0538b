select seen_at from session where id = :id
