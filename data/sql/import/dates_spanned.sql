-- First and last day that the accepted rows speak of, and the latest position they state; an open end is null.
select
    min({first_day}) as first_day,
    case when count(*) = count({last_day}) then max({last_day}) end as last_day,
    max(posisi_data) as latest_position
from typed
