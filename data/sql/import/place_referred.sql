-- A row that takes the place of a refused one is as old as that delivery was, unless it states a position itself: else
-- it would win over what came in between.
update typed
set posisi_data = referred.data_as_of
from referred
where referred.by_row = typed.row_number and typed.posisi_data is null
