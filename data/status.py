"""What the ledger holds, also while somebody writes: as it was last read, and who writes since when."""

import os
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypedDict

import msgspec

from data import ledger
from data.errors import HomeBusy
from data.home import Home

NOTHING: dict[str, Any] = {"demo": False, "schema_version": 0, "batches": [], "waiting": []}


class OpenReason(TypedDict):
    """Rows of a delivery that are open for one reason."""

    code: str
    rows: int


class Batch(TypedDict):
    """One delivery. rows_corrected: refused rows that were accepted later; rows_open: those still to be put right."""

    batch_id: int
    kind: str
    file_name: str
    file_sha256: str
    imported_at: datetime
    data_as_of: date
    delivery: str
    scope_value: str | None
    period_from: date | None
    period_to: date | None
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    undone_at: datetime | None
    sender: str | None
    rows_corrected: int
    rows_open: int
    reasons: list[OpenReason]


class Waiting(TypedDict):
    """Live rows of one kind whose project no live delivery names."""

    kind: str
    rows: int
    projects: int


class Facts(TypedDict):
    demo: bool
    schema_version: int
    batches: list[Batch]
    waiting: list[Waiting]


class Kept(msgspec.Struct):
    """Facts as they were read, and the state of the ledger's file by which they are known to be of today."""

    of_file: tuple[int, int, int]
    facts: Facts


def status(home: Home) -> dict[str, Any]:
    """`ledger.status`, and `busy`: the sentence that says who is writing and since when; None: nobody.

    `is_current`: the facts are those of the ledger as it is. Not so while a writer has changed it and not yet left:
    then they are what was last read, or nothing when it was never read.
    """
    busy = home.busy()
    kept = _kept(home)
    if kept and kept.of_file == _of_file(home):
        return {**kept.facts, "busy": busy, "is_current": True}
    if busy is None:
        try:
            return {**_read(home), "busy": None, "is_current": True}
        except HomeBusy as begun:
            busy = str(begun)
    return {**(kept.facts if kept else NOTHING), "busy": busy, "is_current": False}


def _read(home: Home) -> dict[str, Any]:
    if not home.ledger_path.exists():
        return NOTHING
    with home.writer_lock("pembacaan status", is_short=True):
        facts = ledger.read_status(home)
        _keep(home, facts)
    return facts


def _of_file(home: Home) -> tuple[int, int, int] | None:
    """None while what was written stands beside the ledger's file, or when there is none."""
    if ledger.log_of(home.ledger_path).exists():
        return None
    try:
        found = home.ledger_path.stat()
    except OSError:
        return None
    return ledger.schema_versions()[-1][0], found.st_mtime_ns, found.st_size


def _kept(home: Home) -> Kept | None:
    try:
        return msgspec.json.decode(_kept_path(home).read_bytes(), type=Kept)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        return None


def _keep(home: Home, facts: dict[str, Any]) -> None:
    """In one step; a disk that is full only costs the next reader the time to read the ledger."""
    of_file = _of_file(home)
    if of_file is None:
        return
    unfinished = _kept_path(home).with_suffix(".new")
    with suppress(OSError):
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
            target.write(msgspec.json.encode({"of_file": of_file, "facts": facts}))
        unfinished.replace(_kept_path(home))


def _kept_path(home: Home) -> Path:
    return home.root / "status.json"
