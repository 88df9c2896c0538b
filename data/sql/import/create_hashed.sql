-- HMAC-SHA256 of every accepted NIK, once each, under the person key (RFC 2104), from its two pads.
create or replace temp table hashed as
select nik, unhex(sha256($opad || unhex(sha256($ipad || encode(cast(nik as varchar)))))) as nik_hmac
from (select distinct nik from {typed})
