-- One row is one physical row of the file, as text; blank is null. total_mark: 1 begins like a total, 2 is just that word.
create or replace temp table staged (
    row_number integer not null, total_mark tinyint not null, too_wide boolean not null, {text_columns}
)
