"""Imports, undos and publishes on their way into the journal: at once, or late when a process died in between.

Ledger and editions remain the record of what happened; the journal says who did it.
"""

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import duckdb

from data import journal
from data.access import NOTHING, Reader
from data.home import Home
from data.journal import DoneUnjournaled, JournalUnusable
from data.sql import read_sql

Act = tuple[str, dict[str, Any]]

# Who did what the journal learns of late: the process died before it could say so.
UNKNOWN = Reader("tidak diketahui", "", NOTHING, is_authenticated=False)


def catch_up(home: Home, ledger: duckdb.DuckDBPyConnection | None) -> int:
    """Append what ledger and editions hold and the journal lacks, marked `recorded_late`; returns how many entries.

    The caller holds the writer lock. JournalUnusable when the journal cannot be written: asked before every act, so
    that nothing happens that could not be journaled.
    """
    late = _late_editions(home) if ledger is None else _late_batches(home, ledger) + _late_editions(home)
    if not late:
        journal.require(home)
        return 0
    late.sort(key=lambda act: act[1]["happened_at"])
    journal.append_all(home, [(kind, facts | {"recorded_late": True}) for kind, facts in late], UNKNOWN)
    return len(late)


def record_imports(home: Home, ledger: duckdb.DuckDBPyConnection, batch_ids: list[int], reader: Reader) -> None:
    """Journal batches that have just landed."""
    landed = set(batch_ids)
    acts = [("import", _import_facts(batch)) for batch in _batches(ledger) if batch["batch_id"] in landed]
    _record(home, acts, reader)


def imported_by(home: Home, who: str) -> set[tuple[int, str]]:
    """Number and hash of what this account has brought in: after a demonstration the numbers begin anew."""
    if not home.journal_path.exists():
        return set()
    facts = [entry.facts for entry in journal.entries(home, kind="import", who=who, limit=-1)]
    # What this program did not write names no delivery: the check of the chain tells of it.
    told = [(one.get("batch"), one.get("sha256")) for one in facts]
    return {(batch, sha256) for batch, sha256 in told if isinstance(batch, int) and isinstance(sha256, str)}


def record_undo(home: Home, ledger: duckdb.DuckDBPyConnection, batch_id: int, reader: Reader) -> None:
    """Journal a batch that has just been undone."""
    acts = [("undo", _undo_facts(batch)) for batch in _batches(ledger) if batch["batch_id"] == batch_id]
    _record(home, acts, reader)


def record_publish(home: Home, sidecar: dict[str, Any], reader: Reader) -> None:
    """Journal an edition that has just become the current one."""
    _record(home, [("publish", _publish_facts(sidecar))], reader)


def refuse_unjournaled_preview(home: Home) -> None:
    """JournalUnusable unless a preview could be journaled: asked before minutes of work.

    A home without data stays as it is, for a preview that is refused leaves nothing there.
    """
    if home.ledger_path.exists():
        journal.require(home)


def record_preview(home: Home, previewed: dict[str, Any], reader: Reader) -> None:
    """Journal a preview that is about to be told: whoever tries files on the data leaves a trace of it.

    `previewed` says what of: the act, the day, and hashes of files or the number of a batch; nothing of what was found.
    JournalUnusable when it cannot be written: then nothing is told. It changes no data, so no token moves by it.
    """
    journal.append(home, "preview", previewed, reader)


def _record(home: Home, acts: list[Act], reader: Reader) -> None:
    if not acts:
        return
    try:
        journal.append_all(home, acts, reader)
    except JournalUnusable as broken:
        raise DoneUnjournaled(
            f"Sudah terlaksana, tetapi jurnal {home.journal_path} tidak dapat ditulis; perbaiki, lalu jalankan "
            "journal verify: entri yang kurang disusulkan."
        ) from broken


def _late_batches(home: Home, ledger: duckdb.DuckDBPyConnection) -> list[Act]:
    imported, undone = (_known(home, kind, ("batch", "imported_at")) for kind in ("import", "undo"))
    late: list[Act] = []
    for batch in _batches(ledger):
        key = (batch["batch_id"], _moment(batch["imported_at"]))
        if key not in imported:
            late.append(("import", _import_facts(batch)))
        if batch["undone_at"] is not None and key not in undone:
            late.append(("undo", _undo_facts(batch)))
    return late


def _late_editions(home: Home) -> list[Act]:
    """The current edition, and those of before there was a journal. An older one that names the journal's head but
    does not stand in it was never current: every publish begins by catching up."""
    known = _known(home, "publish", ("edition", "published_at"))
    with suppress(OSError, ValueError):
        current = int(home.current_path.read_text("utf-8", "replace"))
        published = [sidecar for sidecar in _sidecars(home) if _was_current(sidecar, current)]
        late = [_publish_facts(sidecar) for sidecar in published]
        return [("publish", facts) for facts in late if (facts["edition"], facts["published_at"]) not in known]
    return []


def never_current(home: Home) -> frozenset[int]:
    """Editions that were finished and never served: the next publish took their place before the pointer named them.

    They name an entry of the journal, but it has none of theirs. Of a journal that is another one, or cannot be read,
    nothing follows.
    """
    with suppress(OSError, ValueError, KeyError, JournalUnusable):
        current = int(home.current_path.read_text("utf-8", "replace"))
        known = {edition for edition, _at in _known(home, "publish", ("edition", "published_at"))}
        return frozenset(
            number
            for sidecar in _sidecars(home)
            if (number := int(sidecar["number"])) != current
            and number not in known
            and "journal_number" in sidecar
            and journal.hash_at(home, sidecar["journal_number"]) == sidecar["journal_hash"]
        )
    return frozenset()


def _was_current(sidecar: dict[str, Any], current: int) -> bool:
    number = int(sidecar["number"])
    return number == current or (number < current and "journal_number" not in sidecar)


def _sidecars(home: Home) -> list[dict[str, Any]]:
    found = []
    for path in sorted(home.editions_dir.glob("[0-9]*.json")):
        # The sidecars of a demonstration that was left stay behind without their editions.
        if path.with_suffix(".duckdb").exists():
            with suppress(OSError, ValueError):
                found.append(json.loads(path.read_text("utf-8")))
    return found


def _known(home: Home, kind: str, names: tuple[str, str]) -> set[tuple[Any, ...]]:
    entries = journal.entries(home, kind=kind, limit=-1)
    told = [tuple(entry.facts.get(name) for name in names) for entry in entries]
    return {one for one in told if all(isinstance(value, int | str | None) for value in one)}


def _batches(ledger: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    found = ledger.execute(read_sql("books/batches"))
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _import_facts(batch: dict[str, Any]) -> dict[str, Any]:
    facts = {
        "batch": batch["batch_id"],
        "kind": batch["kind"],
        "file": batch["file_name"],
        "sha256": batch["file_sha256"],
        "imported_at": _moment(batch["imported_at"]),
        "data_as_of": batch["data_as_of"].isoformat(),
        "delivery": batch["delivery"],
        "rows_read": batch["rows_read"],
        "rows_accepted": batch["rows_accepted"],
        "rows_rejected": batch["rows_rejected"],
        "happened_at": _moment(batch["imported_at"]),
    }
    if batch["sender"] is not None:
        facts["sender"] = batch["sender"]
    if batch["scope_value"] is not None:
        facts["complete_for"] = batch["scope_value"]
        facts["period"] = f"{batch['period_from']}..{batch['period_to']}"
    return facts


def _undo_facts(batch: dict[str, Any]) -> dict[str, Any]:
    return {
        "batch": batch["batch_id"],
        "kind": batch["kind"],
        "file": batch["file_name"],
        "sha256": batch["file_sha256"],
        "imported_at": _moment(batch["imported_at"]),
        "rows_accepted": batch["rows_accepted"],
        "happened_at": _moment(batch["undone_at"]),
    }


def _publish_facts(sidecar: dict[str, Any]) -> dict[str, Any]:
    return {
        "edition": int(sidecar["number"]),
        "as_of": sidecar["as_of"],
        "published_at": sidecar["published_at"],
        "content_hash": sidecar["content_hash"],
        "batches": len(sidecar.get("batches", [])),
        "demo": sidecar.get("demo") == "1",
        "happened_at": sidecar["published_at"],
    }


def _moment(naive_utc: datetime) -> str:
    return naive_utc.replace(tzinfo=UTC).isoformat(timespec="microseconds")
