-- The rows of one table as text, in an order that depends on their content only; '\N' is a missing value.
copy (select * from edition.{table} order by all) to '{path}' (format csv, header false, quote '"', escape '"', nullstr '\N')
