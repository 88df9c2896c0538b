"""CAKUPAN_HOME: where all state lies, and the lock that lets one process write at a time."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout

from data.errors import CakupanError, HomeBusy

JAKARTA = ZoneInfo("Asia/Jakarta")
LOOK_SECONDS = 0.1
READING_SECONDS = 10.0


@dataclass(frozen=True)
class Home:
    """The folder with ledger, editions, keys and uploads of one installation."""

    root: Path

    @classmethod
    def from_environment(cls) -> "Home":
        return cls(Path(os.environ.get("CAKUPAN_HOME") or Path(__file__).parents[1] / "var"))

    @property
    def ledger_path(self) -> Path:
        return self.root / "ledger.duckdb"

    @property
    def editions_dir(self) -> Path:
        return self.root / "editions"

    @property
    def current_path(self) -> Path:
        return self.root / "current"

    @property
    def uploads_dir(self) -> Path:
        return self.root / "uploads"

    @property
    def evidence_dir(self) -> Path:
        return self.root / "evidence"

    @property
    def packs_dir(self) -> Path:
        return self.root / "packs"

    @property
    def drafts_dir(self) -> Path:
        return self.root / "drafts"

    @property
    def keys_dir(self) -> Path:
        return self.root / "keys"

    @property
    def config_path(self) -> Path:
        return self.root / "config.toml"

    @property
    def accounts_path(self) -> Path:
        return self.root / "accounts.sqlite"

    @property
    def journal_path(self) -> Path:
        return self.root / "journal.sqlite"

    @property
    def logs_dir(self) -> Path:
        return self.root / "logs"

    @property
    def lock_path(self) -> Path:
        return self.root / "writer.lock"

    @property
    def rehearsals_dir(self) -> Path:
        return self.root / "rehearsals"

    @contextmanager
    def writer_lock(
        self, doing: str, *, who: str | None = None, wait_seconds: float = 0, is_short: bool = False
    ) -> Iterator[None]:
        """Hold the home for writing; raises HomeBusy that names the holder and since when, once it has waited.

        `who` is the account on whose behalf, None where nobody proved a name. is_short: held for a moment, to read; who
        comes meanwhile waits for it instead of being sent away. CakupanError when the folder cannot be made or written.

        The operating system releases the lock when its process dies, however it dies.
        """
        holder_path = self.lock_path.with_suffix(".json")
        lock = FileLock(self.lock_path)
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            _acquire(lock, holder_path, wait_seconds)
        except Timeout as busy:
            raise _busy(holder_path) from busy
        except OSError as unusable:
            raise CakupanError(f"CAKUPAN_HOME {self.root} tidak dapat ditulis; sebutkan folder lain.") from unusable
        try:
            since = datetime.now(JAKARTA).strftime("%H.%M.%S")
            holder: dict[str, Any] = {"pid": os.getpid(), "doing": doing, "since": since, "is_short": is_short}
            holder |= {"who": who} if who else {}
            with suppress(OSError):  # a disk that is full costs whoever comes meanwhile the name, and nobody the act
                holder_path.write_text(json.dumps(holder))
            yield
        finally:
            lock.release()

    def busy(self) -> str | None:
        """Who is writing and since when, in a sentence; None while nobody is, or only for a moment."""
        holder_path = self.lock_path.with_suffix(".json")
        if not self.lock_path.exists():
            return None
        try:
            with FileLock(self.lock_path).acquire(timeout=0):
                return None
        except Timeout:
            return None if _is_short(holder_path) else str(_busy(holder_path))
        except OSError:
            return None  # not to be locked is not to be written either; who writes is told so


def _acquire(lock: FileLock, holder_path: Path, wait_seconds: float) -> None:
    """At once, or after whoever only looks: `busy` for less than a moment, a reader for as long as a reading takes."""
    try:
        lock.acquire(timeout=max(LOOK_SECONDS, wait_seconds), poll_interval=LOOK_SECONDS / 10)
    except Timeout:
        if not _is_short(holder_path):
            raise
        lock.acquire(timeout=READING_SECONDS, poll_interval=LOOK_SECONDS)


def _is_short(holder_path: Path) -> bool:
    try:
        return json.loads(holder_path.read_text()).get("is_short") is True
    except (OSError, ValueError, AttributeError):
        return False


def _busy(holder_path: Path) -> HomeBusy:
    try:
        holder = json.loads(holder_path.read_text())
    except (OSError, ValueError):
        return HomeBusy("Data sedang ditulis oleh proses lain; coba lagi setelah selesai.")
    who, doing, since = holder.get("who"), holder["doing"], holder["since"]
    by = f"akun {who} ({doing}, proses {holder['pid']})" if who else f"proses {holder['pid']} ({doing})"
    text = f"Data sedang ditulis oleh {by} sejak pukul {since} WIB; coba lagi setelah selesai."
    return HomeBusy(text, who=who, doing=doing, since=since)
