select count(*) from edition.{table}
