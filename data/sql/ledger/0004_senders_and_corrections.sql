-- Ledger, schema 4: who sent a file, and which refused rows a later file has put right.

-- The office that sent the file, as the data steward names it; null: not said.
alter table batch add column sender varchar;

-- One row is one refused row of a delivery that came again in a later one. It counts while both are live.
create table corrected (
    batch_id integer not null, row_number integer not null,      -- the refused row
    by_batch integer not null, by_row integer not null           -- the row that takes its place, refused again or not
);
