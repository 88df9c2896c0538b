-- A copy of the accounts signs nobody in, and says nothing of failed attempts.
delete from session;
delete from attempt;
-- What was deleted still stands in free pages until the file is written anew.
vacuum;
