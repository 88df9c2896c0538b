"""The ledger: the append-only system of record. Only a process that holds the writer lock opens it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from data.access import LOCAL, Reader
from data.acts import catch_up, record_undo
from data.disk import give_to_owner_of, hindrance_told, sync
from data.errors import CakupanError, hindrance
from data.home import Home
from data.keys import ensure_keys, person_key_fingerprint
from data.sql import read_sql
from data.state import refuse_moved

MIGRATIONS = Path(__file__).parent / "sql" / "ledger"
MEMORY_LIMIT = "4GB"
NOTHING_OPEN: dict[str, Any] = {"rows_corrected": 0, "rows_open": 0, "reasons": []}  # an undone batch asks for nothing


def open_ledger(home: Home, *, key_needed: bool = True) -> duckdb.DuckDBPyConnection:
    """The home's ledger, made or migrated when needed; the caller holds the writer lock and closes it.

    With `key_needed` a missing key, or another one than the ledger was begun with, is a CakupanError:
    the same person would otherwise get a second identity.
    """
    home.root.mkdir(parents=True, exist_ok=True)
    if not home.ledger_path.exists():
        ensure_keys(home)
        _migrate(home, 0)
    ledger = _connect(home.ledger_path)
    try:
        version = _schema(ledger)
        if _migrations_since(version):
            ledger.execute("checkpoint")
            ledger.close()
            _migrate(home, version)
            ledger = _connect(home.ledger_path)
        if key_needed:
            _check_key(home, ledger)
    except BaseException:
        ledger.close()
        raise
    return ledger


def log_of(path: Path) -> Path:
    """Where DuckDB writes what a database has not yet taken into its file."""
    return path.with_name(f"{path.name}.wal")


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


def undo(home: Home, batch_id: int, *, reader: Reader = LOCAL, expect: str | None = None) -> None:
    """Mark a batch as undone; its rows stay, but nothing counts them from the next publish on. Journaled.

    `expect` is the token of a preview: state.Moved when the data has changed since.
    """
    held = home.writer_lock(f"pembatalan batch {batch_id}", who=reader.account)
    told = hindrance_told(f"Pembatalan batch {batch_id}")
    with told, held, open_ledger(home, key_needed=False) as ledger:
        refuse_moved(home, ledger, expect, reader.grant)
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
    """What the ledger holds: `batches` (one a row, newest last), `waiting` rows by kind, `demo`, `schema_version`.

    Of a live batch `rows_corrected`, `rows_open` and `reasons` (code, rows) say what became of its refused rows.
    """
    with home.writer_lock("pembacaan status", is_short=True):
        return read_status(home)


def read_status(home: Home) -> dict[str, Any]:
    """`status` for a caller that holds the writer lock."""
    with open_ledger(home, key_needed=False) as ledger:
        counts = _refusals_counted(ledger)
        batches = _dicts(ledger.execute(read_sql("books/batches")))
        return {
            "demo": read_meta(ledger, "demo") == "1",
            "schema_version": int(read_meta(ledger, "schema_version") or 0),
            "batches": [batch | counts.get(batch["batch_id"], NOTHING_OPEN) for batch in batches],
            "waiting": _dicts(ledger.execute(read_sql("books/waiting"))),
        }


def _refusals_counted(ledger: duckdb.DuckDBPyConnection) -> dict[int, dict[str, Any]]:
    """By live delivery: `rows_corrected`, `rows_open`, and `reasons` (code, rows) of the open ones, most rows first."""
    found = {
        batch: {"rows_corrected": corrected, "rows_open": still_open, "reasons": []}
        for batch, corrected, still_open in ledger.execute(read_sql("books/open_rows")).fetchall()
    }
    for batch, code, rows in ledger.execute(read_sql("books/open_reasons")).fetchall():
        found[batch]["reasons"].append({"code": code, "rows": rows})
    return found


def _dicts(result: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        ledger = duckdb.connect(str(path))
    except duckdb.Error as unreadable:
        hindered = hindrance(unreadable)
        advice = f" ({hindered}); perbaiki lalu ulangi" if hindered else "; pulihkan dari cadangan"
        raise CakupanError(f"Buku besar {path} tidak dapat dibuka{advice}.") from unreadable
    ledger.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
    return ledger


def _schema(ledger: duckdb.DuckDBPyConnection) -> int:
    """The schema that a ledger has; 0 when its file is empty."""
    has_meta = ledger.execute(read_sql("books/has_meta")).fetchone()
    return int(read_meta(ledger, "schema_version") or 0) if has_meta and has_meta[0] else 0


def _migrations_since(version: int) -> list[Path]:
    newest = schema_versions()[-1][0]
    if version > newest:
        raise CakupanError(f"Buku besar berversi {version}, lebih baru daripada program ini; perbarui program.")
    return [path for number, path in schema_versions() if number > version]


def _migrate(home: Home, version: int) -> None:
    """Bring the home's closed ledger from a schema, 0: there is none, to today's: beside it, and in place in one step.

    DuckDB cannot replay an `alter table` from its log (duckdb/duckdb#18259): killed between commit and checkpoint, a
    ledger that is altered in place would never open again.
    """
    beside, former = home.root / "ledger.new.duckdb", home.root / f"ledger-versi-{version}.duckdb"
    with hindrance_told("Pembuatan atau pembaruan buku besar"), _cleared(beside, log_of(beside), former):
        _unlink(beside, log_of(beside))
        if home.ledger_path.exists():
            for copy in (beside, *([former] if version else [])):
                shutil.copy2(home.ledger_path, copy)
                sync(copy)
        with _connect(beside) as ledger:
            _write_schema(home, ledger, version)
        sync(beside)
        give_to_owner_of(beside, home.ledger_path if home.ledger_path.exists() else home.root)
        _unlink(log_of(home.ledger_path))  # of a file that is gone, or already in the copy
        beside.replace(home.ledger_path)
    sync(home.root)


@contextmanager
def _cleared(*unfinished: Path) -> Iterator[None]:
    """What fails for want of room leaves nothing that takes room."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            _unlink(*unfinished)
        raise


def _unlink(*paths: Path) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _write_schema(home: Home, ledger: duckdb.DuckDBPyConnection, version: int) -> None:
    ledger.execute("begin")
    for path in _migrations_since(version):
        ledger.execute(path.read_text("utf-8"))
    if not version:
        _write_meta(ledger, "person_key", person_key_fingerprint(home))
    _write_meta(ledger, "schema_version", str(schema_versions()[-1][0]))
    ledger.execute("commit")
    ledger.execute("checkpoint")


def _write_meta(ledger: duckdb.DuckDBPyConnection, key: str, value: str) -> None:
    ledger.execute(read_sql("books/write_meta"), {"key": key, "value": value})


def _check_key(home: Home, ledger: duckdb.DuckDBPyConnection) -> None:
    expected, found = read_meta(ledger, "person_key"), person_key_fingerprint(home)
    if found != expected:
        raise CakupanError(
            f"Kunci person.key ({found}) bukan kunci buku besar ini ({expected}); pulihkan kunci dari cadangan."
        )
