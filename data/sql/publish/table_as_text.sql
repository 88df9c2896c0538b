-- The rows of one table as text, in an order that depends on their content only; '\N' is a missing value.
-- The largest tables are stored in such an order already: {order} is empty for them.
copy (select * from edition.{table} {order}) to '{path}' (format csv, header false, quote '"', escape '"', nullstr '\N')
