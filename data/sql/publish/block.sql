-- The one row that tells the rollup where this block of months lies.
create or replace temp table block as
select min(month_index) as carry_index, max(month_index) as last_index from block_month
