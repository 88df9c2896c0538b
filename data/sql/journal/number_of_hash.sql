select number from entry where hash = :hash order by number limit 1
