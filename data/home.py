"""CAKUPAN_HOME: where all state lies, and the lock that lets one process write at a time."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout

from data.errors import CakupanError, HomeBusy

JAKARTA = ZoneInfo("Asia/Jakarta")


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

    @contextmanager
    def writer_lock(self, doing: str) -> Iterator[None]:
        """Hold the home for writing; raises HomeBusy that names the holder and since when.

        CakupanError when the folder cannot be made or written.

        The operating system releases the lock when its process dies, however it dies.
        """
        holder_path = self.lock_path.with_suffix(".json")
        lock = FileLock(self.lock_path)
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=0)
        except Timeout as busy:
            raise HomeBusy(_who_holds(holder_path)) from busy
        except OSError as unusable:
            raise CakupanError(f"CAKUPAN_HOME {self.root} tidak dapat ditulis; sebutkan folder lain.") from unusable
        try:
            since = datetime.now(JAKARTA).strftime("%H.%M.%S")
            holder_path.write_text(json.dumps({"pid": os.getpid(), "doing": doing, "since": since}))
            yield
        finally:
            lock.release()


def _who_holds(holder_path: Path) -> str:
    try:
        holder = json.loads(holder_path.read_text())
    except (OSError, ValueError):
        return "Data sedang ditulis oleh proses lain; coba lagi setelah selesai."
    return (
        f"Data sedang ditulis oleh proses {holder['pid']} ({holder['doing']}) sejak pukul {holder['since']} WIB; "
        "coba lagi setelah selesai."
    )
