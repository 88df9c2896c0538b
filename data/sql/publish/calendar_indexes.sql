select min(month_index), max(month_index) from calendar
