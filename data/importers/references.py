"""Which refused rows of earlier deliveries a file brings again: the column `rujukan_baris` of returned workbooks."""

import duckdb

from data.importers.kinds import Kind
from data.importers.statements import one_row, statement

REFERENCE_FORM = "B?([0-9]{1,9}):([0-9]{1,9})"


def reference_to(batch_id: int, row: int) -> str:
    """What a returned row carries: B12:345 is row 345 of batch 12."""
    return f"B{batch_id}:{row}"


def take_references(ledger: duckdb.DuckDBPyConnection, kind: Kind, *, may_be_placed: bool) -> list[str]:
    """Make `referred` from `staged`; notes on what it closes.

    may_be_placed: rows that state no position take that of the delivery that they correct.
    """
    ledger.execute(statement("create_referred"), {"reference": REFERENCE_FORM, "kind": kind.name})
    said, pointing, refused_again = one_row(ledger, "count_referred")
    if may_be_placed and pointing:
        ledger.execute(statement("place_referred"))
    notes = []
    if pointing:
        notes.append(
            f"{pointing - refused_again} baris yang dahulu ditolak kini diterima, {refused_again} masih ditolak."
        )
    if said > pointing:
        notes.append(
            f"{said - pointing} rujukan tidak menunjuk baris {kind.name} yang ditolak dari kiriman yang berlaku; "
            "barisnya tetap dibaca seperti baris baru."
        )
    return notes
