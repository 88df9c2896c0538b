-- One row holds the months of this block in which one project runs, and its finest cell.
create or replace temp table running_mask as
select project_id, cell_id, bit_or(bit) as running
from project_running join month_bit using (month_index) join project_cell using (project_id)
group by project_id, cell_id
