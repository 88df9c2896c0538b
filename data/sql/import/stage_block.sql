-- A block of rows that was read.
insert into staged select row_number, total_mark, too_wide, {columns} from block
