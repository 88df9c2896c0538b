delete from session where account = :name and id is not :keep
