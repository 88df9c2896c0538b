"""Importing one file: read, judge, and land it in the ledger as one transaction."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from data.errors import CakupanError, FileRefused
from data.home import JAKARTA, Home
from data.importers import delivery as deliveries
from data.importers.delivery import Delivery, Scope
from data.importers.files import DeliveredFile, open_file
from data.importers.header import Table, clean_header, find_tables, personal_headers
from data.importers.procurement.sets import read_set
from data.importers.results import ImportResult, Progress, Reject
from data.importers.rules import judge, prepare_reasons, with_tables
from data.importers.staging import stage
from data.importers.statements import quoted, statement
from data.keys import person_hmac_pads, store_encrypted
from data.ledger import open_ledger

MAX_SHOWN_REJECTS = 10_000


def import_file(
    home: Home,
    path: Path | str,
    *,
    kind: str | None = None,
    dry_run: bool = False,
    data_as_of: date | None = None,
    complete_for: str | None = None,
    period: str | None = None,
    progress: Progress | None = None,
    today: date | None = None,
) -> list[ImportResult]:
    """Bring a CSV or XLSX file, or a procurement set, into the ledger; one result for each kind found in it.

    Either every good row of the file lands, with a reason for each other row, or nothing does. The same bytes again as
    the same kind change nothing. FileRefused when the file as a whole cannot be read, CakupanError when the ledger
    cannot take it. today defaults to the date in Jakarta.
    """
    progress = progress or _no_progress
    delivery = deliveries.read_delivery(data_as_of, complete_for, period)
    today = today or datetime.now(JAKARTA).date()
    if data_as_of is not None and data_as_of > today:
        raise FileRefused(f"Posisi data {data_as_of} sesudah hari ini; sebutkan tanggal keadaan datanya.")
    file, tables, unread_sheets = _read(Path(path), kind, today)
    deliveries.refuse_incomplete_kinds((table.kind for table in tables), delivery)
    delivery = replace(delivery, data_as_of=delivery.data_as_of or file.data_as_of)
    with home.writer_lock(f"impor {file.name}"), _ledger_of(home, file) as ledger:
        work = _Import(home, ledger, file, delivery, today, progress)
        results = [work.run(table, dry_run=dry_run) for table in tables]
        if any(result.batch is not None for result in results):
            for original in file.originals or (file,):
                store_encrypted(home, original.path, original.sha256)
            ledger.execute("commit")
    if unread_sheets:
        note = f"Lembar lain tidak dibaca: {', '.join(map(repr, unread_sheets))}."
        results = [replace(result, notes=[*result.notes, note]) for result in results]
    return results


def _read(path: Path, kind: str | None, today: date) -> tuple[DeliveredFile, list[Table], list[str]]:
    """What is delivered, its tables, and the names of sheets not read."""
    found = read_set(path, today)
    if found is None:
        file = open_file(path)
        tables, unread_sheets = find_tables(file, kind)
        return file, tables, unread_sheets
    if kind is not None:
        raise FileRefused(f"{found[0].name} adalah data pengadaan dan jenisnya sudah tetap; hapus --kind {kind}.")
    file, tables = found
    return file, tables, []


def _no_progress(_stage: str, _done: int, _total: int | None) -> None:
    """Nobody watches."""


@contextmanager
def _ledger_of(home: Home, file: DeliveredFile) -> Iterator[duckdb.DuckDBPyConnection]:
    """The ledger, sparing with memory. DuckDB's own messages quote cells, so only their class gets out."""
    try:
        with open_ledger(home) as ledger:
            ledger.execute(statement("settings"))
            yield ledger
    except duckdb.Error as error:
        reason = type(error).__name__
        raise CakupanError(
            f"Buku besar menolak {file.name} ({reason}); tidak ada yang berubah, hubungi pengelola."
        ) from None


class _Import:
    """One file on its way into an open transaction of the ledger."""

    def __init__(self, home: Home, ledger: duckdb.DuckDBPyConnection, file: DeliveredFile, delivery: Delivery,
                 today: date, progress: Progress) -> None:  # fmt: skip
        self.home, self.ledger, self.file = home, ledger, file
        self.delivery, self.today, self.progress = delivery, today, progress
        self.is_landing = False
        ledger.execute(statement("create_arriving"))

    def run(self, table: Table, *, dry_run: bool) -> ImportResult:
        if twin := self._live_twin(table):
            return twin
        notes = [*table.notes, *_notes_on(table), *stage(self.ledger, table, self.progress)]
        (rows_read,) = self._row("count_staged")
        if rows_read == 0:
            raise FileRefused(f"{self.file.name} tidak berisi baris data di bawah judul kolom; isi lalu kirim ulang.")
        self.progress("memeriksa", 0, rows_read)
        notes += judge(self.ledger, table, self.today)
        rows_rejected, reasons = self._row("count_found")
        if reasons > MAX_SHOWN_REJECTS:
            notes.append(f"Ada {reasons} alasan penolakan; hanya {MAX_SHOWN_REJECTS} yang pertama ditampilkan.")
        prepare_reasons(self.ledger, table)
        self.ledger.execute(statement("drop_rejected"))
        self.ledger.execute(statement("drop_staged"))
        if table.kind.name == "proyek":
            self.ledger.execute(statement("note_arriving"))
        result = ImportResult(
            file=self.file.name,
            kind=table.kind.name,
            batch=None,
            rows_read=rows_read,
            rows_accepted=rows_read - rows_rejected,
            rows_rejected=rows_rejected,
            rejects=self._shown_rejects(),
            notes=notes,
            waiting=self._waiting(table),
        )
        batch = self._batch(table, result)
        if dry_run:
            return result
        return replace(result, batch=self._land(table, result, batch))

    def _live_twin(self, table: Table) -> ImportResult | None:
        values = {"file_sha256": self.file.sha256, "kind": table.kind.name}
        found = self.ledger.execute(statement("live_twin"), values).fetchone()
        if not found:
            return None
        batch_id, rows_read, rows_accepted, rows_rejected = found
        note = f"berkas yang sama sudah masuk sebagai batch {batch_id}, tidak ada yang berubah"
        return ImportResult(
            self.file.name, table.kind.name, None, rows_read, rows_accepted, rows_rejected, notes=[note]
        )  # fmt: skip

    def _batch(self, table: Table, result: ImportResult) -> dict:
        """The columns of the ledger's `batch` that say how this was delivered."""
        first, last = table.kind.period
        identifiers = {"first_day": quoted(first), "last_day": quoted(last)}
        position = self.delivery.data_as_of or self.today
        found = self._row("dates_spanned", identifiers=identifiers, position=position)
        first_day, last_day, stated_position, latest_position = found
        # A complete delivery has one position, told for it or stated in it; the rows of another may each have theirs.
        data_as_of = latest_position or position
        if self.delivery.is_complete:
            data_as_of = self.delivery.data_as_of or stated_position or self.today
        scope, days = self._scope_and_period(table, result, first_day, last_day, data_as_of)
        return {
            "data_as_of": data_as_of,
            "delivery": "lengkap" if scope else "tambahan",
            "scope_kind": scope.kind if scope else None,
            "scope_value": scope.value if scope else None,
            "period_from": days[0] if days else None,
            "period_to": days[1] if days else None,
        }

    def _scope_and_period(
        self, table: Table, result: ImportResult, first_day: date | None, last_day: date | None, data_as_of: date
    ) -> tuple[Scope | None, tuple[date, date] | None]:
        if self.delivery.complete_for is None:
            return None, None
        if result.rows_accepted == 0:
            raise FileRefused(
                f"Tidak satu baris pun dari {self.file.name} diterima, jadi tidak dapat menjadi kiriman lengkap; "
                "perbaiki lalu kirim ulang."
            )
        owners = [owner for (owner,) in self.ledger.execute(statement("known_owners")).fetchall()]
        if table.kind.name == "proyek":
            owners += [owner for (owner,) in self.ledger.execute(statement("owners_in_file")).fetchall()]
        if result.rows_rejected:
            result.notes.append(
                f"{result.rows_rejected} baris ditolak dianggap tidak ada dalam kiriman lengkap ini; perbaiki segera."
            )
        scope = deliveries.resolve_scope(self.delivery.complete_for, owners)
        return scope, deliveries.period_of(self.delivery, first_day, last_day, data_as_of)

    def _land(self, table: Table, result: ImportResult, batch: dict) -> int:
        self.progress("menyimpan", 0, result.rows_accepted)
        self._begin()
        batch_id = self._row(
            "insert_batch",
            kind=result.kind,
            file_name=result.file,
            file_sha256=self.file.sha256,
            file_bytes=self.file.size_bytes,
            imported_at=datetime.now(UTC).replace(tzinfo=None),
            rows_read=result.rows_read,
            rows_accepted=result.rows_accepted,
            rows_rejected=result.rows_rejected,
            notes=json.dumps(result.notes, ensure_ascii=False),
            **batch,
        )[0]
        self.ledger.execute(statement("insert_rejects"), {"batch_id": batch_id})
        columns = quoted(*(column.name for column in table.kind.columns if column.kept))
        insert = "insert_rows"
        if table.kind.has_persons:
            insert = "insert_person_rows"
            ipad, opad = person_hmac_pads(self.home)
            self.ledger.execute(statement("create_hashed"), {"ipad": ipad, "opad": opad})
            self.ledger.execute(statement("insert_persons"))
        told = batch["data_as_of"] if self.delivery.is_complete else (self.delivery.data_as_of or self.today)
        landed = self._row(
            insert,
            identifiers={"ledger_table": table.kind.name, "columns": columns},
            batch_id=batch_id,
            complete=self.delivery.is_complete,
            data_as_of=told,
        )[0]
        assert landed == result.rows_accepted, (landed, result.rows_accepted)
        if table.old_values is not None:
            values = {"batch_id": batch_id, "data_as_of": told}
            with_tables(self.ledger, statement("insert_old_values"), values, old_values=table.old_values)
        return batch_id

    def _begin(self) -> None:
        # Staging stays outside: rows that a transaction has added to its temporary tables take twice the memory.
        if not self.is_landing:
            self.ledger.execute("begin transaction")
            self.is_landing = True

    def _shown_rejects(self) -> list[Reject]:
        rows = self.ledger.execute(statement("shown_rejects"), {"limit": MAX_SHOWN_REJECTS}).fetchall()
        return [Reject(*row) for row in rows]

    def _waiting(self, table: Table) -> int:
        names = {column.name for column in table.kind.columns}
        if table.kind.name == "proyek" or "kode_proyek" not in names:
            return 0
        waiting = self._row("waiting_by_project")[0]
        return waiting + (self._row("waiting_by_work_order")[0] if "no_spk" in names else 0)

    def _row(self, name: str, *, identifiers: dict[str, str] | None = None, **values: Any) -> tuple[Any, ...]:
        """The one row of a statement."""
        found = self.ledger.execute(statement(name, **(identifiers or {})), values).fetchone()
        assert found is not None, name
        return found


def _notes_on(table: Table) -> list[str]:
    notes = []
    if table.sheet.name:
        notes.append(f"Lembar '{clean_header(table.sheet.name)}', judul kolom di baris {table.first_data_row - 1}.")
    elif table.first_data_row > 2:
        notes.append(f"Judul kolom di baris {table.first_data_row - 1}.")
    personal = personal_headers(table.ignored)
    other = [header for header in table.ignored if header not in personal]
    if personal:
        notes.append(f"Kolom pribadi dibuang saat membaca: {', '.join(personal)}.")
    if other:
        notes.append(f"Kolom lain diabaikan: {', '.join(other[:20])}{', …' if len(other) > 20 else ''}.")
    return notes
