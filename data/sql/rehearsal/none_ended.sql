-- Of kinds that nothing ends.
create or replace temp table {state}_ended (natural_key varchar)
