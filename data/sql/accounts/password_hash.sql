select password_hash from account where name = :name and not is_disabled
