-- One row is one place with the place it lies in.
create or replace temp table place_parent as
select unnest($codes) as code, unnest($parents) as parent
