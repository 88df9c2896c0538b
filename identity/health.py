"""Whether the program is alive and ready to serve: for a supervisor or a proxy that asks every few seconds.

Anybody may ask, so an answer holds the names of components and ok or not ok; no value, no path, no reason.
"""

import asyncio
import json
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
from starlette.types import Receive, Scope, Send

from data.editions import current_edition
from data.errors import CakupanError
from data.home import Home
from data.sql import read_sql

HEALTH_PATH, READINESS_PATH = "/healthz", "/readyz"
# Below this an import or a publish is likely to end for want of room.
LEAST_FREE_BYTES = 500_000_000
# However often somebody asks, the files are looked at once in this time.
ANSWER_KEPT_SECONDS = 1.0


async def healthz(_scope: Scope, _receive: Receive, send: Send) -> None:
    """200 as long as this process answers at all."""
    await _answer(send, 200, {"status": "ok"})


class Readyz:
    """The answer to /readyz as an ASGI application: 200 when every component is ok, else 503."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._found: dict[str, bool] = {}
        self._found_at = -ANSWER_KEPT_SECONDS
        self._looking = asyncio.Lock()

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        async with self._looking:
            if time.monotonic() - self._found_at >= ANSWER_KEPT_SECONDS:
                # In a thread: a slow disk must not hold up everybody's screen.
                self._found = await asyncio.to_thread(components, self._home)
                self._found_at = time.monotonic()
        told = {name: "ok" if is_ok else "not ok" for name, is_ok in self._found.items()}
        await _answer(send, 200 if all(self._found.values()) else 503, told)


def components(home: Home) -> dict[str, bool]:
    """What serving needs, each ok or not: the current edition, journal, accounts, room on the disk."""
    return {
        "edition": _holds(lambda: _edition_answers(home)),
        "journal": _holds(lambda: _opens(home.journal_path)),
        "accounts": _holds(lambda: _opens(home.accounts_path)),
        "disk": _holds(lambda: shutil.disk_usage(home.root).free >= LEAST_FREE_BYTES),
    }


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (CakupanError, duckdb.Error, sqlite3.Error, OSError, ValueError):
        return False


def _edition_answers(home: Home) -> bool:
    edition = current_edition(home)
    return edition is not None and edition.path.exists() and bool(edition.query("meta"))


def _opens(path: Path) -> bool:
    """A file that is not there yet, or not yet written, is no fault: nobody signed in or did anything so far."""
    if not path.exists():
        return True
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as file:
        file.execute(read_sql("backup/tables_counted")).fetchone()
    return True


async def _answer(send: Send, status: int, body: dict[str, str]) -> None:
    text = json.dumps(body).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(text)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text})
