insert into familiar (key, at) values (:key, :now) on conflict (key) do update set at = excluded.at
