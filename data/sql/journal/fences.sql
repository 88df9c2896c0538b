-- The table, its index and the triggers that keep it append-only, as they were declared.
select type, name, sql from sqlite_schema where sql is not null order by type, name
