select min(month), max(month) from calendar
