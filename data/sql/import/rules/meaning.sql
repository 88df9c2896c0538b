-- A cell's text has no value of its reading; the lexicon says why.
insert into found
select staged.row_number, $column, lexicon.problem, ltrim(lexicon.text, chr(2)), lexicon.hint
from staged
join {lexicon} as lexicon on lexicon.text = staged.{column}
where lexicon.problem is not null
