-- What every distinct text of one reading means: a value, or the code of a problem and a hint.
create or replace temp table {lexicon} as select text, value, problem, hint from meanings
