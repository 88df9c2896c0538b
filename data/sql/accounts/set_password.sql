update account
set password_hash = :password_hash, must_change_password = :must_change_password
where name = :name
