"""What is kept no longer: originals of deliveries and files of the log that have passed their time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from data import journal
from data.access import LOCAL, Reader
from data.config import Retention
from data.home import Home
from data.ledger import open_ledger
from data.logs import purge_logs
from data.sql import read_sql


@dataclass(frozen=True)
class Purged:
    """How many originals (and their bytes) and files of the log went, or would go."""

    originals: int
    size_bytes: int
    log_files: int


def purge(home: Home, retention: Retention, *, dry_run: bool = False, reader: Reader = LOCAL) -> Purged:
    """Delete originals last delivered more than `uploads_days` ago and older files of the log; 0 days keeps all.

    Nothing is computed from an original: the ledger keeps every row, so an undo and a publish need none of them.
    HomeBusy when another process writes.
    """
    if not home.root.exists():
        return Purged(0, 0, 0)
    with home.writer_lock("pembersihan"):
        overdue = _overdue_originals(home, retention.uploads_days)
        size_bytes = sum(path.stat().st_size for path in overdue)
        if not dry_run and (overdue or purge_logs(home, retention.logs_days, dry_run=True)):
            journal.require(home)
        for path in overdue if not dry_run else []:
            path.unlink()
        purged = Purged(len(overdue), size_bytes, purge_logs(home, retention.logs_days, dry_run=dry_run))
        if not dry_run and (purged.originals or purged.log_files):
            facts = {"originals": purged.originals, "bytes": purged.size_bytes, "log_files": purged.log_files}
            journal.append_done(home, "purge", facts, reader)
    return purged


def _overdue_originals(home: Home, keep_days: int) -> list[Path]:
    kept = sorted(home.uploads_dir.glob("*.aes"))
    if not keep_days or not kept:
        return []
    delivered = _last_delivered(home)
    before = datetime.now(UTC) - timedelta(days=keep_days)
    return [path for path in kept if delivered.get(path.stem, _stored_at(path)) < before]


def _last_delivered(home: Home) -> dict[str, datetime]:
    """When a file last came in, by its hash. The parts of a procurement set have hashes of their own."""
    if not home.ledger_path.exists():
        return {}
    with open_ledger(home, key_needed=False) as ledger:
        rows = ledger.execute(read_sql("books/last_delivered")).fetchall()
    return {sha256: imported_at.replace(tzinfo=UTC) for sha256, imported_at in rows}


def _stored_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
