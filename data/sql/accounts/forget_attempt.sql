delete from attempt where key = :key
