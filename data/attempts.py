"""Attempts to sign in: after a few failures the next one has to wait, whoever the name belongs to, and if to nobody.

Each failure fills three leaky buckets: of the name from this address, of the name from everywhere, of the address. Who
finds one of them full waits until a drop has left it. They lie in accounts.sqlite, so a restart does not empty them.
"""

import hashlib
import hmac
import math
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from data.accounts_file import opened, writing
from data.home import Home
from data.keys import ensure_secret
from data.sql import read_sql


@dataclass(frozen=True)
class Limit:
    """`at_once` failures are free; from then on one more every `seconds_each`."""

    at_once: int
    seconds_each: int


# One name from one address: a person who mistypes. Then one attempt a minute.
PAIR = Limit(at_once=5, seconds_each=60)
# One name from anywhere: somebody with many addresses. At most 20 + 480 guesses a day.
NAME = Limit(at_once=20, seconds_each=180)
# One address with any names: an office shares none, a guesser of names has to.
ADDRESS = Limit(at_once=40, seconds_each=20)
LIMITS = {"pair": PAIR, "account": NAME, "address": ADDRESS}
# Whoever signed in from an address lately is not kept out by strangers who guess at the name elsewhere.
FAMILIAR_FOR = timedelta(days=30)
# 32 bits of a keyed hash tell names apart and bound the table; what was typed cannot be read from it.
KEY_HEX_DIGITS = 8
# One household, office or host has 2^64 addresses of IPv6.
HOST_BITS_V6 = 64


def wait_seconds(home: Home, name: str, address: str, now: datetime) -> int:
    """Seconds until this name may be tried from this address; 0: now."""
    keys = _keys(home, name, address)
    with opened(home) as file:
        return _wait(file, keys, int(now.timestamp()))


def begin_attempt(home: Home, name: str, address: str, now: datetime) -> int:
    """0: go on, and the attempt counts as failed until `note_success`; else the seconds to wait.

    In one step, so that a hundred attempts sent at once do not all pass before the first is counted.
    """
    keys, at = _keys(home, name, address), int(now.timestamp())
    with writing(home) as file:
        wait = _wait(file, keys, at)
        if not wait:
            _fill(file, keys, at)
        return wait


def note_success(home: Home, name: str, address: str, now: datetime) -> None:
    """Take back the attempt, forget this name's failures from this address, and know both together from now on."""
    keys, at = _keys(home, name, address), int(now.timestamp())
    with writing(home) as file:
        _pour(file, keys, at, drops=-1)
        file.execute(read_sql("accounts/forget_attempt"), {"key": keys["pair"]})
        file.execute(read_sql("accounts/make_familiar"), {"key": keys["pair"], "now": at})


def _wait(file: sqlite3.Connection, keys: dict[str, str], now: int) -> int:
    levels = _levels(file, keys, now)
    if _is_familiar(file, keys["pair"], now):
        del levels["account"]
    return max(_wait_for(LIMITS[kind], level) for kind, level in levels.items())


def _wait_for(limit: Limit, level: float) -> int:
    """Seconds until one more drop fits."""
    return max(0, math.ceil((level + 1 - limit.at_once) * limit.seconds_each))


def _levels(file: sqlite3.Connection, keys: dict[str, str], now: int) -> dict[str, float]:
    kept = {row["key"]: row for row in file.execute(read_sql("accounts/attempts"), keys)}
    levels = {}
    for kind, key in keys.items():
        row = kept.get(key)
        # A clock set back must not fill a bucket.
        leaked = max(0, now - row["at"]) / LIMITS[kind].seconds_each if row else 0.0
        levels[kind] = max(0.0, row["level"] - leaked) if row else 0.0
    return levels


def _fill(file: sqlite3.Connection, keys: dict[str, str], now: int) -> None:
    _pour(file, keys, now, drops=1)
    file.execute(read_sql("accounts/forget_attempts"), {"now": now})
    before = now - int(FAMILIAR_FOR.total_seconds())
    file.execute(read_sql("accounts/forget_familiar"), {"before": before})


def _pour(file: sqlite3.Connection, keys: dict[str, str], now: int, *, drops: int) -> None:
    for kind, level in _levels(file, keys, now).items():
        # Never above full: the next attempt waits for one drop, however many came before.
        limit = LIMITS[kind]
        level_now = min(max(0.0, level + drops), float(limit.at_once))
        empty_at = now + math.ceil(level_now * limit.seconds_each)
        values = {"key": keys[kind], "level": level_now, "now": now, "empty_at": empty_at}
        file.execute(read_sql("accounts/note_attempt"), values)


def _is_familiar(file: sqlite3.Connection, pair: str, now: int) -> bool:
    row = file.execute(read_sql("accounts/familiar"), {"key": pair}).fetchone()
    return row is not None and now - row["at"] < FAMILIAR_FOR.total_seconds()


def _keys(home: Home, name: str, address: str) -> dict[str, str]:
    secret = ensure_secret(home, "attempts.key")
    name, host = name.strip().lower(), _host(address)
    parts = {"pair": f"pair\0{host}\0{name}", "account": f"account\0{name}", "address": f"address\0{host}"}
    return {
        kind: hmac.new(secret, part.encode(errors="replace"), hashlib.sha256).hexdigest()[:KEY_HEX_DIGITS]
        for kind, part in parts.items()
    }


def _host(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((int(found) >> HOST_BITS_V6 << HOST_BITS_V6, HOST_BITS_V6)))
