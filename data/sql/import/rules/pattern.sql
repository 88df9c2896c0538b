-- An identifier does not have the form it must have.
insert into found
select row_number, $column, $code, ltrim({column}, chr(2)), null
from staged
where {column} is not null and not regexp_full_match(ltrim({column}, chr(2)), $pattern)
