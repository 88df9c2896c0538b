-- One row is one row of the file with the value of every cell that has one.
create or replace temp table typed as select row_number, {values} from staged
