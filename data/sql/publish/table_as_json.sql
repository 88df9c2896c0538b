-- The rows of one table as JSON, in an order that depends on their content only.
select cast(to_json(t) as varchar) from edition.{table} as t order by all
