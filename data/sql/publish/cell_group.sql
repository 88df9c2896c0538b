-- One row says that projects of the finest cell (place, owner, fund) count in one group of the work table. Groups are numbered
-- as the tables list them: what a page asks for lies together, and totals before the owners, who grow in number.
create temp table cell_group as
with cell as (
    select cell_id, any_value(place) as place, any_value(owner_type) as owner_type, any_value(owner) as owner,
        any_value(fund) as fund
    from project_cell join live_project using (project_id)
    group by cell_id
), level as (
    select cell_id, group_place as place, owner_level.owner_type, owner_level.owner, fund_level.fund
    from cell join place_level using (place)
    cross join lateral (values ('*', '*'), (cell.owner_type, '*'), ('*', cell.owner)) as owner_level (owner_type, owner)
    cross join lateral (values ('*'), (cell.fund)) as fund_level (fund)
)
select cell_id, cast(dense_rank() over (order by owner <> '*', owner_type, fund, place, owner) as integer) as group_id,
    place, owner_type, owner, fund
from level
