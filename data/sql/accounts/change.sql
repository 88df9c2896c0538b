update account
set full_name = :full_name, role = :role, places = :places, branches = :branches, owners = :owners, start = :start,
    is_disabled = :is_disabled
where name = :name
