"""What is kept no longer: originals, scans of proofs and files of the log that have passed their time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from data import evidence, journal, packs, staging
from data.access import LOCAL, Reader
from data.casework import named_scans
from data.config import Retention
from data.home import Home
from data.ledger import open_ledger
from data.logs import purge_logs
from data.scratch import sweep_rehearsals
from data.sql import read_sql


@dataclass(frozen=True)
class Purged:
    """How many originals (and their bytes), files of the log and scans went, or would go."""

    originals: int
    size_bytes: int
    log_files: int
    scans: int = 0


def purge(home: Home, retention: Retention, *, dry_run: bool = False, reader: Reader = LOCAL) -> Purged:
    """Delete originals last delivered more than `uploads_days` ago, older scans and files of the log; 0 days keeps all.

    A scan that no entry of the journal names goes in any case: its officer's process died before the entry. So does
    what a killed making of a meeting pack or a killed preview left; packs that were kept, and their editions, stay for
    good.

    Nothing is computed from an original: the ledger keeps every row, so an undo and a publish need none of them.
    HomeBusy when another process writes.
    """
    if not home.root.exists():
        return Purged(0, 0, 0)
    if not dry_run:
        staging.sweep(home)
    with home.writer_lock("pembersihan"):
        overdue = _overdue_originals(home, retention.uploads_days)
        size_bytes = sum(path.stat().st_size for path in overdue)
        if not dry_run and (overdue or purge_logs(home, retention.logs_days, dry_run=True)):
            journal.require(home)
        for path in overdue if not dry_run else []:
            path.unlink()
        scans = _purge_scans(home, retention.evidence_days, dry_run=dry_run)
        if not dry_run:
            packs.clear_left_overs(home)
            sweep_rehearsals(home)
        purged = Purged(len(overdue), size_bytes, purge_logs(home, retention.logs_days, dry_run=dry_run), scans)
        if not dry_run and (purged.originals or purged.log_files or purged.scans):
            journal.append_done(home, "purge", _facts(purged), reader)
    return purged


def _facts(purged: Purged) -> dict[str, int]:
    facts = {"originals": purged.originals, "bytes": purged.size_bytes, "log_files": purged.log_files}
    return facts | ({"scans": purged.scans} if purged.scans else {})


def _purge_scans(home: Home, keep_days: int, *, dry_run: bool) -> int:
    if not any(home.evidence_dir.glob("*.aes")):
        return 0
    with evidence.alone(home):
        named = named_scans(home)
        before = datetime.now(UTC) - timedelta(days=keep_days)
        kept = {sha256 for sha256, at in named.items() if not keep_days or datetime.fromisoformat(at) >= before}
        if not dry_run:
            journal.require(home)
        return len(evidence.sweep(home, kept, is_journal_known=bool(named), dry_run=dry_run))


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
