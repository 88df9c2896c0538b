-- One row is one spelling of an owner that a person has confirmed to mean another.
create or replace temp table owner_name as
select unnest(cast($written as varchar[])) as written, unnest(cast($names as varchar[])) as name
