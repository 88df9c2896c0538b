-- What is left may land.
delete from typed where row_number in (select row_number from found)
