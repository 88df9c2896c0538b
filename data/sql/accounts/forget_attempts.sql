delete from attempt where empty_at <= :now
