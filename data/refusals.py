"""Refused rows of a delivery that are still to be put right, one by one."""

import json
from dataclasses import dataclass

from data.errors import CakupanError
from data.home import Home
from data.ledger import open_ledger
from data.sql import read_sql


@dataclass(frozen=True)
class Refusal:
    """One reason against one row. column: the header as the file spells it; None: it is against the row as a whole.

    value is masked where the column is personal.
    """

    row: int
    column: str | None
    code: str
    value: str | None
    message: str
    remedy: str


@dataclass(frozen=True)
class RefusedRows:
    """The open refusals of one live delivery, in the order of its file; layout: as the ledger keeps it."""

    batch: int
    kind: str
    file_name: str
    file_sha256: str
    layout: str | None
    notes: tuple[str, ...]
    refusals: tuple[Refusal, ...]


def refused_rows(home: Home, batch_id: int) -> RefusedRows:
    """What is still open of a delivery. CakupanError when it does not exist, is undone, or has nothing open."""
    with home.writer_lock("pembacaan baris yang ditolak", is_short=True), open_ledger(home, key_needed=False) as ledger:
        batch = ledger.execute(read_sql("books/refused_batch"), {"batch_id": batch_id}).fetchone()
        if batch is None:
            raise CakupanError(f"Batch {batch_id} tidak ada; lihat nomor batch dengan perintah status.")
        rows = ledger.execute(read_sql("books/open_refusals"), {"batch_id": batch_id}).fetchall()
    kind, file_name, file_sha256, layout, notes, rows_rejected, is_undone = batch
    if is_undone:
        raise CakupanError(f"Batch {batch_id} sudah dibatalkan; tidak ada baris yang perlu diperbaiki.")
    if not rows:
        why = "yang ditolak sudah dikirim ulang atau tidak meminta apa-apa" if rows_rejected else "diterima"
        raise CakupanError(f"Semua baris batch {batch_id} ({file_name}) {why}; tidak ada yang perlu diperbaiki.")
    return RefusedRows(
        batch_id, kind, file_name, file_sha256, layout, tuple(json.loads(notes)), tuple(Refusal(*row) for row in rows)
    )
