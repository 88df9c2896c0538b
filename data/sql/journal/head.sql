select number, hash from entry order by number desc limit 1
