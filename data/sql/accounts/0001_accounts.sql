-- One row is one account. Times are seconds since 1970 (UTC); places, branches and owners are JSON lists.
-- password_hash holds parameters, salt and scrypt hash; null: signs in through the provider or the proxy only.
create table account (
    name text primary key,
    full_name text not null,
    role text not null,
    places text not null,
    branches text not null,
    owners text not null,
    start text,
    is_disabled integer not null,
    password_hash text,
    must_change_password integer not null,
    created_at integer not null,
    last_sign_in_at integer
) strict;

-- One row is one sign-in that has not ended. id is the SHA-256 of the token that the browser keeps.
create table session (
    id text primary key,
    account text not null references account (name) on delete cascade,
    address text not null,
    opened_at integer not null,
    seen_at integer not null
) strict;

create index session_of_account on session (account, opened_at);

-- One row is one bucket of failed attempts. key is a shortened keyed hash: people type passwords where names belong.
-- level counts failures as of at and falls with time.
create table attempt (
    key text primary key,
    level real not null,
    at integer not null,
    empty_at integer not null
) strict;

create index attempt_by_age on attempt (empty_at);

-- One row is an address from which an account has signed in. key is a keyed hash of both.
create table familiar (
    key text primary key,
    at integer not null
) strict;
