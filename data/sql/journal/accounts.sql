select distinct who from entry order by who
