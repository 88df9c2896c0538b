insert into session (id, account, address, opened_at, seen_at)
values (:id, :name, :address, :now, :now)
