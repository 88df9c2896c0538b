select '{table}', count(*) from edition.{table}
