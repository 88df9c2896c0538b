select value from ledger.meta where key = $key
