select key, level, at from attempt where key in (:pair, :account, :address)
