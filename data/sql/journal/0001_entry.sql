-- Journal, schema 1. Append-only: an entry is never changed and never removed, and each holds the hash of the one before.
create table entry (
    number integer primary key,          -- 1, 2, 3, … without a gap
    at text not null,                    -- UTC, ISO 8601 with milliseconds
    who text not null,
    role text not null,
    is_authenticated integer not null check (is_authenticated in (0, 1)),
    kind text not null,
    facts text not null,                 -- JSON object
    previous_hash text not null,
    hash text not null
) strict;

-- What the filters ask, in the order of the list, so that turning pages reads no facts.
create index entry_list on entry (number, kind, who, at);

create trigger entry_is_never_changed before update on entry
begin
    select raise(abort, 'journal entries are never changed');
end;

create trigger entry_is_never_removed before delete on entry
begin
    select raise(abort, 'journal entries are never removed');
end;

-- "insert or replace" removes a row without firing the trigger above: only the next number may come in.
create trigger entry_is_appended before insert on entry
when new.number is not (select coalesce(max(number), 0) + 1 from entry)
    or new.previous_hash is not coalesce((select hash from entry order by number desc limit 1), '0000000000000000000000000000000000000000000000000000000000000000')
begin
    select raise(abort, 'journal entries are appended');
end;
