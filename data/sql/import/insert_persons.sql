-- Persons not seen before get the next numbers.
insert into person (person_id, nik_hmac)
select (select coalesce(max(person_id), 0) from person) + row_number() over (), nik_hmac
from hashed
anti join person using (nik_hmac)
