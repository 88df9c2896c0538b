"""The ledger: the append-only system of record. Only a process that holds the writer lock opens it."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from data.access import LOCAL, Reader
from data.acts import catch_up, record_undo
from data.errors import CakupanError
from data.home import Home
from data.keys import ensure_keys, person_key_fingerprint
from data.sql import read_sql

MIGRATIONS = Path(__file__).parent / "sql" / "ledger"
MEMORY_LIMIT = "4GB"


def open_ledger(home: Home, *, key_needed: bool = True) -> duckdb.DuckDBPyConnection:
    """The home's ledger, made or migrated when needed; the caller holds the writer lock and closes it.

    With `key_needed` a missing key, or another one than the ledger was begun with, is a CakupanError:
    the same person would otherwise get a second identity.
    """
    home.root.mkdir(parents=True, exist_ok=True)
    is_new = not home.ledger_path.exists()
    if is_new:
        ensure_keys(home)
    ledger = _connect(home)
    try:
        _migrate(home, ledger)
        if key_needed:
            _check_key(home, ledger)
    except BaseException:
        ledger.close()
        raise
    return ledger


def scratch_ledger() -> duckdb.DuckDBPyConnection:
    """An empty ledger in memory, for trying what a home that has none would take."""
    ledger = duckdb.connect(":memory:")
    ledger.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
    for _, path in schema_versions():
        ledger.execute(path.read_text("utf-8"))
    return ledger


def schema_versions() -> list[tuple[int, Path]]:
    """Numbered migrations, oldest first."""
    return sorted((int(path.name[:4]), path) for path in MIGRATIONS.glob("[0-9]*.sql"))


def read_meta(ledger: duckdb.DuckDBPyConnection, key: str) -> str | None:
    """A fact about the ledger itself; None when it was never set."""
    found = ledger.execute(read_sql("books/read_meta"), {"key": key}).fetchone()
    return found[0] if found else None


def mark_demo(home: Home) -> None:
    """Declare everything in this home demonstration data, for good."""
    with open_ledger(home) as ledger:
        _write_meta(ledger, "demo", "1")


def is_demo(home: Home) -> bool:
    """Whether the home holds demonstration data. The caller holds the writer lock."""
    if not home.ledger_path.exists():
        return False
    with open_ledger(home, key_needed=False) as ledger:
        return read_meta(ledger, "demo") == "1"


def has_batches(home: Home) -> bool:
    """Whether anything was ever imported, undone or not. The caller holds the writer lock."""
    if not home.ledger_path.exists():
        return False
    with open_ledger(home, key_needed=False) as ledger:
        return bool(ledger.execute(read_sql("books/batches")).fetchone())


def undo(home: Home, batch_id: int, *, reader: Reader = LOCAL) -> None:
    """Mark a batch as undone; its rows stay, but nothing counts them from the next publish on. Journaled."""
    with home.writer_lock(f"pembatalan batch {batch_id}"), open_ledger(home, key_needed=False) as ledger:
        found = ledger.execute(read_sql("books/undone_at"), {"batch_id": batch_id}).fetchone()
        if found is None:
            raise CakupanError(f"Batch {batch_id} tidak ada; lihat nomor batch dengan perintah status.")
        if found[0] is not None:
            raise CakupanError(f"Batch {batch_id} sudah dibatalkan pada {found[0]:%Y-%m-%d %H:%M} UTC.")
        catch_up(home, ledger)
        now = datetime.now(UTC).replace(tzinfo=None)
        ledger.execute(read_sql("books/undo"), {"batch_id": batch_id, "undone_at": now})
        record_undo(home, ledger, batch_id, reader)


def status(home: Home) -> dict[str, Any]:
    """What the ledger holds: `batches` (one a row, newest last), `waiting` rows by kind, `demo`, `schema_version`."""
    with home.writer_lock("pembacaan status"), open_ledger(home, key_needed=False) as ledger:
        return {
            "demo": read_meta(ledger, "demo") == "1",
            "schema_version": int(read_meta(ledger, "schema_version") or 0),
            "batches": _dicts(ledger.execute(read_sql("books/batches"))),
            "waiting": _dicts(ledger.execute(read_sql("books/waiting"))),
        }


def _dicts(result: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _connect(home: Home) -> duckdb.DuckDBPyConnection:
    try:
        ledger = duckdb.connect(str(home.ledger_path))
    except duckdb.IOException as unreadable:
        raise CakupanError(f"Buku besar {home.ledger_path} tidak dapat dibuka; pulihkan dari cadangan.") from unreadable
    ledger.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
    return ledger


def _migrate(home: Home, ledger: duckdb.DuckDBPyConnection) -> None:
    has_meta = ledger.execute(read_sql("books/has_meta")).fetchone()
    version = int(read_meta(ledger, "schema_version") or 0) if has_meta and has_meta[0] else 0
    pending = [(number, path) for number, path in schema_versions() if number > version]
    if version > schema_versions()[-1][0]:
        raise CakupanError(f"Buku besar berversi {version}, lebih baru daripada program ini; perbarui program.")
    if not pending:
        return
    if version:
        ledger.execute("checkpoint")
        shutil.copy2(home.ledger_path, home.root / f"ledger-versi-{version}.duckdb")
    ledger.execute("begin")
    for _, path in pending:
        ledger.execute(path.read_text("utf-8"))
    if not version:
        _write_meta(ledger, "person_key", person_key_fingerprint(home))
    _write_meta(ledger, "schema_version", str(pending[-1][0]))
    ledger.execute("commit")


def _write_meta(ledger: duckdb.DuckDBPyConnection, key: str, value: str) -> None:
    ledger.execute(read_sql("books/write_meta"), {"key": key, "value": value})


def _check_key(home: Home, ledger: duckdb.DuckDBPyConnection) -> None:
    expected, found = read_meta(ledger, "person_key"), person_key_fingerprint(home)
    if found != expected:
        raise CakupanError(
            f"Kunci person.key ({found}) bukan kunci buku besar ini ({expected}); pulihkan kunci dari cadangan."
        )
