-- Who pays what each fund finances; null where that cannot be told.
select fund, payer from fund order by fund
