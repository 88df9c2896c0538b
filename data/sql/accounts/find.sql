select name, full_name, role, places, branches, owners, start, is_disabled, password_hash is not null as has_password,
    must_change_password, created_at, last_sign_in_at
from account
where name = :name
