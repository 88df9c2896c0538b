-- The first four digits that a NIK may begin with.
create or replace temp table nik_region as select region from regions
