"""From judged rows to rows of the ledger, in the transaction that the caller has begun."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import duckdb

from data.home import Home
from data.importers.files import DeliveredFile
from data.importers.header import Table
from data.importers.kinds import Kind
from data.importers.layout import layout_of, write_layout
from data.importers.results import ImportResult
from data.importers.rules import with_tables
from data.importers.statements import one_row, quoted, statement
from data.keys import person_hmac_pads


@dataclass(frozen=True)
class Ready:
    """One kind of one file, judged: its good rows and its reasons wait in temporary tables of this number.

    batch: the columns of the ledger's `batch` that say how it was delivered. position: the day of rows that state none.
    decimal_mark: that of the file's ambiguous numbers.
    """

    number: int
    file: DeliveredFile
    table: Table
    result: ImportResult
    batch: dict[str, Any]
    position: date
    decimal_mark: str

    @property
    def kind(self) -> Kind:
        return self.table.kind

    @property
    def tables(self) -> dict[str, str]:
        return {name: f"{name}_{self.number}" for name in ("typed", "refused", "referred")}

    @property
    def is_complete(self) -> bool:
        return self.batch["delivery"] == "lengkap"


def land(ledger: duckdb.DuckDBPyConnection, home: Home, ready: Ready) -> int:
    """Insert batch, reasons, unseen persons and rows; returns the batch's number."""
    batch_id = one_row(
        ledger,
        "insert_batch",
        kind=ready.kind.name,
        file_name=ready.file.name,
        file_sha256=ready.file.sha256,
        file_bytes=ready.file.size_bytes,
        imported_at=datetime.now(UTC).replace(tzinfo=None),
        rows_read=ready.result.rows_read,
        rows_accepted=ready.result.rows_accepted,
        rows_rejected=ready.result.rows_rejected,
        notes=json.dumps(ready.result.notes, ensure_ascii=False),
        layout=write_layout(layout_of(ready.file, ready.table, ready.decimal_mark)),
        **ready.batch,
    )[0]
    ledger.execute(statement("insert_rejects", **ready.tables), {"batch_id": batch_id})
    ledger.execute(statement("insert_corrected", **ready.tables), {"batch_id": batch_id})
    insert = "insert_rows"
    if ready.kind.has_persons:
        insert = "insert_person_rows"
        ipad, opad = person_hmac_pads(home)
        ledger.execute(statement("create_hashed", **ready.tables), {"ipad": ipad, "opad": opad})
        ledger.execute(statement("insert_persons"))
    columns = quoted(*(column.name for column in ready.kind.columns if column.kept))
    landed = one_row(
        ledger,
        insert,
        identifiers={"ledger_table": ready.kind.name, "columns": columns, **ready.tables},
        batch_id=batch_id,
        complete=ready.is_complete,
        data_as_of=ready.position,
    )[0]
    assert landed == ready.result.rows_accepted, (landed, ready.result.rows_accepted)
    if ready.table.old_values is not None:
        values = {"batch_id": batch_id, "data_as_of": ready.position}
        with_tables(ledger, statement("insert_old_values", **ready.tables), values, old_values=ready.table.old_values)
    return batch_id
