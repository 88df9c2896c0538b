select account.name, full_name, role, places, branches, owners, start, is_disabled, password_hash is not null as has_password,
    must_change_password, created_at, last_sign_in_at,
    opened_at, seen_at
from session
join account on account.name = session.account
where session.id = :id and not is_disabled
