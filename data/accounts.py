"""Accounts and sessions: who may sign in with what role and scope, and who is signed in now."""

import hashlib
import hmac
import json
import re
import secrets
import sqlite3
import unicodedata
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from data.access import LOCAL, NOTHING, ROLES, Grant, Reader
from data.accounts_file import opened, writing
from data.attempts import begin_attempt as begin_attempt  # whoever signs people in asks this module alone
from data.attempts import note_success as note_success
from data.config import current_config, load_config
from data.errors import CakupanError
from data.home import Home
from data.places import all_places, nearest_places
from data.sql import read_sql

NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")
LONGEST_FULL_NAME = 100
NATION = "00"
# Where a reader may begin ("Mulai sebagai"), whatever the role.
STARTS = ("pimpinan", "cabang", "asisten", "opd", "pembayar", "inspektorat", "petugas", "pengelola")
Weakness = Literal["short", "long", "plain"]
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
# OWASP's choice for scrypt: 32 MiB and about a tenth of a second for each guess.
SCRYPT_LOG_N, SCRYPT_R, SCRYPT_P = 15, 8, 1
SCRYPT_MEMORY_BYTES = 64 * 1024 * 1024
SALT_BYTES = HASH_BYTES = 16
TOKEN_BYTES = 32
MOST_SESSIONS_EACH = 20
TOUCH_SECONDS = 60


class PasswordReplaced(CakupanError):
    """The password by which somebody proved a name is no longer the account's."""


@dataclass(frozen=True)
class Account:
    """Who may sign in. `name` is the key, in lower case. Accounts are disabled, never deleted: the journal names them.

    Without a password it signs in through the identity provider or the proxy only. `last_sign_in_at` is None before
    the first time.
    """

    name: str
    full_name: str
    role: str
    places: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    start: str | None = None
    is_disabled: bool = False
    has_password: bool = False
    must_change_password: bool = False
    created_at: datetime | None = None
    last_sign_in_at: datetime | None = None

    @property
    def grant(self) -> Grant:
        """What the account may see: its places and branches, of these its owners. None of the three: nothing."""
        if not (self.places or self.branches or self.owners):
            return NOTHING
        areas = frozenset((*self.places, *(f"branch:{code}" for code in self.branches)))
        reaches_all = NATION in areas or not areas
        return Grant(None if reaches_all else areas, frozenset(self.owners) or None)

    def reader(self) -> Reader:
        """The account's holder, who has proved the name."""
        return Reader(self.name, self.role, self.grant, is_authenticated=True, start=self.start)


def add(home: Home, account: Account, password: str | None = None) -> None:
    """Keep a new account; CakupanError when its name is taken or anything in it is unknown.

    `has_password` and the times of `account` are not read; without a password nobody signs in with one.
    """
    refuse_wrong(home, account)
    secret = None if password is None else _hashed(account.name, password)
    row = _as_row(account) | {"password_hash": secret, "created_at": _seconds(datetime.now(UTC))}
    row["must_change_password"] = account.must_change_password
    with writing(home) as file:
        is_new = file.execute(read_sql("accounts/add"), row).rowcount == 1
    if not is_new:
        raise CakupanError(f"Akun '{account.name}' sudah ada; ubah dengan user change, atau pakai nama lain.")


def change(home: Home, name: str, **fields: Any) -> Account:
    """Replace full_name, role, places, branches, owners or start of an account; the next rerun of its pages knows."""
    assert fields.keys() <= {"full_name", "role", "places", "branches", "owners", "start"}, fields
    refuse_wrong(home, replace(_known(home, name), **fields))
    with writing(home) as file:
        return _changed(file, name, fields)


def set_password(
    home: Home, name: str, password: str, *, must_change: bool = False, password_mark: str | None = None
) -> str:
    """Give an account another password, and end its sessions. Returns the mark of the new password.

    `password_mark` is that of the password by which somebody proved the name: PasswordReplaced when it is no longer the
    account's.
    """
    account = _known(home, name)
    kept = _hashed(account.name, password)
    row = {"name": account.name, "password_hash": kept, "must_change_password": must_change}
    with writing(home) as file:
        _refuse_former_password(file, account.name, password_mark)
        file.execute(read_sql("accounts/set_password"), row)
        file.execute(read_sql("accounts/end_sessions_of"), {"name": account.name, "keep": None})
    return _mark(kept)


def disable(home: Home, name: str) -> None:
    """Keep the account out from now on, also where it is signed in."""
    with writing(home) as file:
        account = _changed(file, name, {"is_disabled": True})
        file.execute(read_sql("accounts/end_sessions_of"), {"name": account.name, "keep": None})


def enable(home: Home, name: str) -> None:
    """Let a disabled account sign in again."""
    with writing(home) as file:
        _changed(file, name, {"is_disabled": False})


def find(home: Home, name: str) -> Account | None:
    """The account of this name, whatever its case; None when there is none."""
    with opened(home) as file:
        return _found(file, name)


def accounts(home: Home) -> list[Account]:
    """Every account, disabled ones too, by name."""
    with opened(home) as file:
        return [_account(row) for row in file.execute(read_sql("accounts/accounts"))]


def account_key(name: str) -> str:
    """What is compared of a name: a person may type blanks around it, and capitals.

    Of other alphabets nothing is made equal: the Kelvin sign would be a k in lower case, and its name somebody else's.
    """
    return name.strip(" \t").lower() if name.isascii() else name


def password_fits(home: Home, name: str, password: str) -> Account | None:
    """The account, when it is enabled and this is its password. Takes as long for a name that nobody has."""
    account = find(home, name)
    with opened(home) as file:
        row = file.execute(read_sql("accounts/password_hash"), {"name": account_key(name)}).fetchone()
    kept = row["password_hash"] if row and row["password_hash"] else _NOBODYS_HASH
    fits = _fits(kept, password)
    return account if fits and kept is not _NOBODYS_HASH else None


def password_mark(home: Home, name: str) -> str:
    """Tells one password of an account from its next; asked before it is compared, and of no use to a guesser."""
    with opened(home) as file:
        return _mark_of(file, account_key(name))


def weakness_of(name: str, password: str) -> Weakness | None:
    """Why a password does not do: too short, too long, or plain: the name itself or hardly any different characters."""
    if len(password) < SHORTEST_PASSWORD:
        return "short"
    if len(password) > LONGEST_PASSWORD:
        return "long"
    return "plain" if password.strip().lower() == name or len(set(password)) < 4 else None


def refuse_weak_password(name: str, password: str) -> None:
    """CakupanError when there is a weakness of the password."""
    told = {
        "short": f"pakai paling sedikit {SHORTEST_PASSWORD}, mis. empat kata acak",
        "long": f"pakai paling banyak {LONGEST_PASSWORD}",
        "plain": "sama dengan nama akun atau mengulang karakter yang sama; pilih yang lain",
    }
    if weakness := weakness_of(name, password):
        raise CakupanError(f"Kata sandi berisi {len(password)} karakter; {told[weakness]}.")


def open_session(home: Home, name: str, address: str, now: datetime, *, password_mark: str | None = None) -> str:
    """Begin a session and return the token for the browser's cookie; the file keeps its SHA-256 only.

    `password_mark` as in set_password: whoever proved a name by a password that was changed meanwhile stays out.
    """
    token, at = secrets.token_urlsafe(TOKEN_BYTES), _seconds(now)
    limits = _session_limits(home)
    row = {"id": session_id_of(token), "name": _known(home, name).name, "address": address, "now": at}
    with writing(home) as file:
        _refuse_former_password(file, row["name"], password_mark)
        file.execute(read_sql("accounts/open_session"), row)
        file.execute(read_sql("accounts/signed_in"), {"name": row["name"], "now": at})
        forget = {"name": row["name"], "opened_before": at - limits[0], "seen_before": at - limits[1]}
        file.execute(read_sql("accounts/forget_sessions"), forget | {"most": MOST_SESSIONS_EACH})
    return token


def session_id_of(token: str) -> str:
    """The session that a token opens: hexadecimal SHA-256."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def session(home: Home, session_id: str, now: datetime) -> Account | None:
    """Whose session this is, with the role and scope of this moment.

    None when it is unknown, has ended, is older or idler than config.toml allows, or the account is disabled.
    """
    longest, idlest = _session_limits(home)
    with opened(home) as file:
        row = file.execute(read_sql("accounts/session"), {"id": session_id}).fetchone()
    at = _seconds(now)
    if row is None or at - row["opened_at"] >= longest or at - row["seen_at"] >= idlest:
        return None
    return _account(row)


def touch(home: Home, session_id: str, now: datetime) -> None:
    """Note that a session is in use; written at most once a minute."""
    at = _seconds(now)
    with opened(home) as file:
        row = file.execute(read_sql("accounts/seen_at"), {"id": session_id}).fetchone()
        if row and at - row["seen_at"] >= TOUCH_SECONDS:
            file.execute(read_sql("accounts/touch"), {"id": session_id, "now": at})


def end_session(home: Home, session_id: str) -> None:
    """End one session, wherever its pages are open."""
    with opened(home) as file:
        file.execute(read_sql("accounts/end_session"), {"id": session_id})


def end_sessions_of(home: Home, name: str, keep: str | None = None) -> None:
    """End every session of an account but the one to keep."""
    with opened(home) as file:
        file.execute(read_sql("accounts/end_sessions_of"), {"name": account_key(name), "keep": keep})


def _session_limits(home: Home) -> tuple[int, int]:
    """Seconds that a session may last, and that it may lie idle."""
    identity = current_config(home).identity
    return identity.session_hours * 3600, identity.idle_minutes * 60


def _known(home: Home, name: str) -> Account:
    found = find(home, name)
    if found is None:
        raise _unknown(name)
    return found


def _unknown(name: str) -> CakupanError:
    return CakupanError(f"Akun '{name}' tidak ada; lihat nama akun dengan user list.")


def _found(file: sqlite3.Connection, name: str) -> Account | None:
    row = file.execute(read_sql("accounts/find"), {"name": account_key(name)}).fetchone()
    return _account(row) if row else None


def _changed(file: sqlite3.Connection, name: str, fields: dict[str, Any]) -> Account:
    """Read and written in one transaction: a change beside it must not enable again whom somebody just disabled."""
    before = _found(file, name)
    if before is None:
        raise _unknown(name)
    account = replace(before, **fields)
    file.execute(read_sql("accounts/change"), _as_row(account))
    return account


def _mark_of(file: sqlite3.Connection, name: str) -> str:
    row = file.execute(read_sql("accounts/password_hash"), {"name": name}).fetchone()
    return _mark(row["password_hash"] if row else None)


def _mark(kept: str | None) -> str:
    return hashlib.sha256((kept or "").encode()).hexdigest()


def _refuse_former_password(file: sqlite3.Connection, name: str, mark: str | None) -> None:
    if mark is not None and mark != _mark_of(file, name):
        raise PasswordReplaced(f"Kata sandi akun '{name}' baru saja diganti; masuk lagi.")


def refuse_wrong(home: Home, account: Account) -> None:
    """CakupanError that names what of an account cannot be kept: name, role, start, places, branches."""
    if not NAME.fullmatch(account.name):
        raise CakupanError(
            f"Nama akun '{account.name}' tidak dapat dipakai; pakai 2–64 huruf kecil, angka, titik, strip, garis bawah "
            "atau @, mis. siti.aminah."
        )
    if account.name == LOCAL.name:
        raise CakupanError(f"Nama akun '{account.name}' dipakai jurnal bagi yang tidak masuk; pilih nama lain.")
    if not account.full_name.strip():
        raise CakupanError(f"Akun '{account.name}' tanpa nama lengkap; isi --full-name.")
    # Marks that nobody sees can turn a name around, or make two names look the same.
    if len(account.full_name) > LONGEST_FULL_NAME or not account.full_name.isprintable():
        raise CakupanError(
            f"Nama lengkap {account.full_name[:40]!a} tidak dapat dipakai; pakai paling banyak "
            f"{LONGEST_FULL_NAME} huruf, tanpa tanda yang tidak terlihat."
        )
    if account.role not in ROLES:
        raise CakupanError(f"Peran '{account.role}' tidak dikenal; pilih: {', '.join(ROLES)}.")
    if account.start is not None and account.start not in STARTS:
        raise CakupanError(f"Awal '{account.start}' tidak dikenal; pilih: {', '.join(STARTS)}.")
    _refuse_unknown_scope(home, account)


def _refuse_unknown_scope(home: Home, account: Account) -> None:
    for code in account.places:
        if code not in all_places():
            near = nearest_places(code)
            hint = (
                f"mungkin {' / '.join(near)}" if near else "tulis kode Kemendagri seperti 16.71, atau 00 untuk nasional"
            )
            raise CakupanError(f"Wilayah '{code}' tidak dikenal; {hint}.")
    branches = [branch.code for branch in load_config(home).branch]
    for code in account.branches:
        if code not in branches:
            raise CakupanError(f"Cabang '{code}' tidak ada di config.toml; pilih: {', '.join(branches)}.")
    if any(not owner.strip() for owner in account.owners):
        raise CakupanError("Nama pemilik proyek kosong; tulis namanya seperti di daftar proyek.")


def _as_row(account: Account) -> dict[str, Any]:
    """Values for change.sql, and most of those for add.sql."""
    plain = asdict(account)
    row = {key: plain[key] for key in ("name", "full_name", "role", "start", "is_disabled")}
    return row | {key: json.dumps(list(plain[key]), ensure_ascii=False) for key in ("places", "branches", "owners")}


def _account(row: sqlite3.Row) -> Account:
    return Account(
        name=row["name"],
        full_name=row["full_name"],
        role=row["role"],
        places=tuple(json.loads(row["places"])),
        branches=tuple(json.loads(row["branches"])),
        owners=tuple(json.loads(row["owners"])),
        start=row["start"],
        is_disabled=bool(row["is_disabled"]),
        has_password=bool(row["has_password"]),
        must_change_password=bool(row["must_change_password"]),
        created_at=_moment(row["created_at"]),
        last_sign_in_at=_moment(row["last_sign_in_at"]),
    )


def _hashed(name: str, password: str) -> str:
    """The password as it is kept: 'scrypt$log2(n)$r$p$salt$hash', both in hexadecimal."""
    refuse_weak_password(name, password)
    salt = secrets.token_bytes(SALT_BYTES)
    return _packed(_scrypt(password, salt, (SCRYPT_LOG_N, SCRYPT_R, SCRYPT_P)), salt)


def _packed(digest: bytes, salt: bytes) -> str:
    return f"scrypt${SCRYPT_LOG_N}${SCRYPT_R}${SCRYPT_P}${salt.hex()}${digest.hex()}"


def _fits(kept: str, password: str) -> bool:
    _, log_n, r, p, salt, digest = kept.split("$")
    found = _scrypt(password, bytes.fromhex(salt), (int(log_n), int(r), int(p)))
    return hmac.compare_digest(found, bytes.fromhex(digest))


def _scrypt(password: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    log_n, r, p = cost
    # One letter may be typed as one sign or as two (é): the same password on every keyboard.
    text = unicodedata.normalize("NFC", password[: LONGEST_PASSWORD + 1]).encode(errors="replace")
    return hashlib.scrypt(text, salt=salt, n=2**log_n, r=r, p=p, maxmem=SCRYPT_MEMORY_BYTES, dklen=HASH_BYTES)


# What a name without an account or password is compared with: no password has this hash, and finding out takes as long.
_NOBODYS_HASH = _packed(bytes(HASH_BYTES), bytes(SALT_BYTES))


def _seconds(moment: datetime) -> int:
    assert moment.tzinfo is not None, moment
    return int(moment.timestamp())


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
