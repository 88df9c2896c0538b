-- One row is one reason against one row of the file. detail completes the reason's message.
create or replace temp table found (
    row_number integer not null, column_name varchar, code varchar not null, value varchar, detail varchar
)
