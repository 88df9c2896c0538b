insert into attempt (key, level, at, empty_at)
values (:key, :level, :now, :empty_at)
on conflict (key) do update set level = excluded.level, at = excluded.at, empty_at = excluded.empty_at
