-- How many tables an SQLite file holds; a file that is none raises.
select count(*) from sqlite_schema
