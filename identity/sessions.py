"""Who is signed in now, asked of accounts.sqlite when it has been written to, and every second for each session."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from anyio import to_thread

from data import accounts
from data.access import Grant
from data.accounts import Account
from data.errors import CakupanError
from data.home import Home

# What was asked is not asked again for so long, unless the file was written to: a disabled account is out at once, and
# a session that grows too old a second later at most.
FRESH_SECONDS = 1.0
TOUCH_SECONDS = 60.0
REMEMBERED = 5_000


@dataclass
class _Known:
    account: Account
    asked_at: float
    touched_at: float
    written: tuple[tuple[int, int] | None, ...]

    @property
    def rights(self) -> tuple[str, Grant, bool]:
        return self.account.role, self.account.grant, self.account.must_change_password


class Sessions:
    """`on_end` is called with a session's id once it has ended or means something else than before."""

    def __init__(self, home: Home, on_end: Callable[[str], None]) -> None:
        self._home = home
        self._on_end = on_end
        self._known: dict[str, _Known] = {}
        path = home.accounts_path
        self._files = (path, path.with_name(f"{path.name}-wal"))

    def account(self, session_id: str) -> Account | None:
        """Whose session this is now; None when it has ended. CakupanError when accounts.sqlite cannot be read."""
        known, now, written = self._known.get(session_id), time.monotonic(), self._written()
        if known is not None and known.written == written and now - known.asked_at < FRESH_SECONDS:
            return known.account
        account = accounts.session(self._home, session_id, datetime.now(UTC))
        if account is None:
            self.end(session_id)
            return None
        found = _Known(account, now, known.touched_at if known else -TOUCH_SECONDS, written)
        self._remember(session_id, found)
        if known is not None and known.rights != found.rights:
            self._on_end(session_id)
        return account

    async def touch(self, session_id: str) -> None:
        """Note that a session known here is in use, at most once a minute; off the loop, for it writes to the disk."""
        known, now = self._known.get(session_id), time.monotonic()
        if known is not None and now - known.touched_at >= TOUCH_SECONDS:
            known.touched_at = now
            # Where nothing can be written one may still read, until the session has lain idle for too long.
            with suppress(CakupanError):
                await to_thread.run_sync(accounts.touch, self._home, session_id, datetime.now(UTC))

    def end(self, session_id: str) -> None:
        """Forget a session that has ended in accounts.sqlite."""
        if self._known.pop(session_id, None) is not None:
            self._on_end(session_id)

    def end_all_of(self, name: str) -> None:
        """Forget every session of an account."""
        for session_id in [known_id for known_id, known in self._known.items() if known.account.name == name]:
            self.end(session_id)

    def _written(self) -> tuple[tuple[int, int] | None, ...]:
        """When accounts.sqlite and its log were written to, and how long they are; two stats cost a tenth of asking."""
        return tuple(_state_of(path) for path in self._files)

    def _remember(self, session_id: str, found: _Known) -> None:
        self._known.pop(session_id, None)
        self._known[session_id] = found
        if len(self._known) > REMEMBERED:
            del self._known[next(iter(self._known))]


def _state_of(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return stat.st_mtime_ns, stat.st_size
