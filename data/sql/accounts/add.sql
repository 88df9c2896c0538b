insert into account (name, full_name, role, places, branches, owners, start, is_disabled, password_hash,
    must_change_password, created_at, last_sign_in_at)
values (:name, :full_name, :role, :places, :branches, :owners, :start, :is_disabled, :password_hash,
    :must_change_password, :created_at, null)
on conflict do nothing
