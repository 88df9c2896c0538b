-- The row '1 2 3 …' under a header.
delete from staged where row_number = $row_number
