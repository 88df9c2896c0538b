-- First and last day that the accepted rows speak of (an open end is null), the latest position that one of them
-- states, and the latest of all when $position stands in for those that state none.
select
    min({first_day}) as first_day,
    case when count(*) = count({last_day}) then max({last_day}) end as last_day,
    max(posisi_data) as stated_position,
    max(coalesce(posisi_data, $position)) as latest_position
from typed
