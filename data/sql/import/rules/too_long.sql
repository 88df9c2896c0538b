-- A text is longer than its column allows.
insert into found
select row_number, $column, 'terlalu_panjang', {column}, cast($max_chars as varchar)
from staged
where length({column}) > $max_chars
