-- HMAC-SHA256 of every accepted NIK under the person key (RFC 2104), from its two pads.
create or replace temp table hashed as
select row_number, unhex(sha256($opad || unhex(sha256($ipad || encode(cast(nik as varchar)))))) as nik_hmac
from typed
