-- Rows in which nothing that is read stands: spacing, or a number in a column 'No' and nothing else.
delete from staged where not too_wide and total_mark = 0 and coalesce({columns}) is null
