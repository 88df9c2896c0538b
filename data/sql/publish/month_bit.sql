-- One row is one month of the block and its bit in every mask; bit 0 carries the month before the block.
create or replace temp table month_bit as
select month_index, cast(1 as bigint) << (month_index - carry_index) as bit, month_index = carry_index as is_carry
from block_month cross join block
