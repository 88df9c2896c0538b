select {column}, count(*) from staged where {column} is not null group by {column}
