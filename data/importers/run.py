"""Importing files: read and judge them all, then land them in the ledger as one transaction."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from data import journal
from data.access import LOCAL, Reader
from data.acts import catch_up, record_imports
from data.aliases import aliases_of
from data.errors import CakupanError, FileRefused, HomeBusy, hindrance, obstacle
from data.home import JAKARTA, Home
from data.importers import delivery as deliveries
from data.importers.choice import Choice, Choices, choices_of, chosen_tables, refuse_unused
from data.importers.delivery import Delivery, Scope
from data.importers.files import DeliveredFile, open_file, shown_name
from data.importers.header import Table, clean_header, find_tables, personal_headers, refuse_two_of_a_kind
from data.importers.kinds import REFERENCE, RETURNED_HEADERS
from data.importers.landing import Ready, land
from data.importers.layout import layout_of, read_layout, sheet_place
from data.importers.mapped import mapped_tables, to_remember
from data.importers.meanings import DEFAULT_MARK
from data.importers.procurement.sets import read_set
from data.importers.references import take_references
from data.importers.results import ImportResult, Progress, Reject
from data.importers.rules import judge, prepare_reasons
from data.importers.staging import stage
from data.importers.statements import one_row, quoted, statement
from data.importers.unsaid import Unsaid
from data.keys import store_encrypted
from data.ledger import open_ledger, scratch_ledger
from data.mappings import SenderMapping, mappings_of, remember
from data.state import refuse_moved

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
    sender: str | None = None,
    choices: Choices | None = None,
    progress: Progress | None = None,
    today: date | None = None,
    reader: Reader = LOCAL,
) -> list[ImportResult]:
    """Bring a CSV or XLSX file, or a procurement set, into the ledger; see import_files."""
    return import_files(
        home,
        [path],
        kind=kind,
        dry_run=dry_run,
        data_as_of=data_as_of,
        complete_for=complete_for,
        period=period,
        sender=sender,
        choices=choices,
        progress=progress,
        today=today,
        reader=reader,
    )


def import_files(
    home: Home,
    paths: Sequence[Path | str],
    *,
    kind: str | None = None,
    dry_run: bool = False,
    data_as_of: date | None = None,
    complete_for: str | None = None,
    period: str | None = None,
    sender: str | None = None,
    choices: Choices | None = None,
    progress: Progress | None = None,
    today: date | None = None,
    reader: Reader = LOCAL,
    expect: str | None = None,
) -> list[ImportResult]:
    """Bring files or procurement sets into the ledger; one result for each kind found in each, in their order.

    Either every good row of every file lands, with a reason for each other row, or nothing does. The same bytes
    delivered again with the same meaning change nothing. FileRefused when a file as a whole cannot be read,
    CakupanError when the ledger cannot take them. `choices` say of a file, by its name or SHA-256, which of its tables
    are read and how; of a file that has none everything is recognised. today defaults to the date in Jakarta.
    What lands is journaled under the reader's name. `expect` is the token of a preview: state.Moved when the data has
    changed since.
    """
    today = today or datetime.now(JAKARTA).date()
    delivery = deliveries.read_delivery(data_as_of, complete_for, period, sender)
    with _in_one_sentence(_said(paths)):
        if data_as_of is not None and data_as_of > today:
            raise FileRefused(f"Posisi data {data_as_of} sesudah hari ini; sebutkan tanggal keadaan datanya.")
        mappings = mappings_of(home, delivery.sender)
        opened = [_open(Path(path), kind, delivery, choices or {}, mappings, today) for path in paths]
        refuse_unused((one.file for one in opened), choices or {})
        work = _Import(home, opened, today, progress or _no_progress, reader, expect)
        doing = f"impor {len(paths)} berkas"  # no name: whoever has to wait may not see that file
        if home.ledger_path.exists():
            held = home.writer_lock(doing, who=reader.account)
            with held, _no_stray_uploads(home), open_ledger(home) as ledger:
                refuse_moved(home, ledger, expect, reader.grant)
                return work.land(ledger, work.prepare(ledger), dry_run=dry_run)
        return _begin_ledger(work, doing, dry_run=dry_run)


def _no_progress(_stage: str, _done: int, _total: int | None) -> None:
    """Nobody watches."""


def _said(paths: Sequence[Path | str]) -> str:
    return shown_name(Path(paths[0])) if len(paths) == 1 else f"{len(paths)} berkas"


@contextmanager
def _in_one_sentence(what: str) -> Iterator[None]:
    """Faults of disk and database as CakupanError. DuckDB's own messages quote cells, so only their class gets out."""
    try:
        yield
    except duckdb.Error as error:
        reason = hindrance(error) or type(error).__name__
        raise CakupanError(
            f"Buku besar menolak {what} ({reason}); tidak ada yang berubah, hubungi pengelola."
        ) from None
    except OSError as error:
        raise CakupanError(
            f"Impor {what} berhenti ({obstacle(error)}); tidak ada yang masuk, perbaiki lalu ulangi."
        ) from error


@dataclass(frozen=True)
class _Opened:
    """A readable file, its tables, how it is delivered, and what the sender is told of sheets that are not read."""

    file: DeliveredFile
    tables: list[Table]
    delivery: Delivery
    notes: list[str]
    to_remember: tuple[SenderMapping, ...] = ()


def _open(
    path: Path,
    kind: str | None,
    delivery: Delivery,
    choices: Choices,
    mappings: Sequence[SenderMapping],
    today: date,
) -> _Opened:
    file, tables, unread = _read(path, kind, choices, mappings, today)
    deliveries.refuse_incomplete_kinds((table.kind for table in tables), delivery)
    if delivery.is_complete:
        refuse_two_of_a_kind(tables, file.name)  # each sheet would end the rows of the other
    notes = [f"Lembar lain tidak dibaca: {', '.join(map(repr, unread))}."] if unread else []
    known = mapped_tables(file, mappings)
    return _Opened(
        file,
        tables,
        replace(delivery, data_as_of=delivery.data_as_of or file.data_as_of),
        notes,
        to_remember(file, tables, delivery.sender, known) if choices_of(file, choices) else (),
    )


def _read(
    path: Path, kind: str | None, choices: Choices, mappings: Sequence[SenderMapping], today: date
) -> tuple[DeliveredFile, list[Table], list[str]]:
    """What is delivered, its tables, and the names of sheets not read."""
    found = read_set(path, today)
    if found is None:
        file = open_file(path)
        chosen = choices_of(file, choices)
        _refuse_kind_and_choices(file, kind, chosen)
        return file, *(
            chosen_tables(file, chosen) if chosen else find_tables(file, kind, mapped_tables(file, mappings, kind))
        )
    if kind is not None:
        raise FileRefused(f"{found[0].name} adalah data pengadaan dan jenisnya sudah tetap; hapus --kind {kind}.")
    file, tables = found
    if choices_of(file, choices):
        raise FileRefused(f"{file.name} adalah data pengadaan yang kolomnya sudah tetap; hapus pilihan pembacaannya.")
    return file, tables, []


def _refuse_kind_and_choices(file: DeliveredFile, kind: str | None, chosen: Sequence[Choice]) -> None:
    if kind is not None and chosen:
        raise FileRefused(f"Jenis {file.name} sudah disebut dalam pilihan pembacaannya; hapus --kind {kind}.")


def _begin_ledger(work: "_Import", doing: str, *, dry_run: bool) -> list[ImportResult]:
    """Import into a home without a ledger: judged in memory, so that a refusal or a dry run leaves nothing behind."""
    home = work.home
    with scratch_ledger() as memory:
        outcomes = work.prepare(memory)
        if dry_run:
            return work.land(memory, outcomes, dry_run=True)
        with home.writer_lock(doing, who=work.reader.account), _no_stray_uploads(home):
            if home.ledger_path.exists():
                raise HomeBusy("Proses lain baru saja memulai buku besar ini; ulangi impor.")
            refuse_moved(home, None, work.expect, work.reader.grant)
            journal.require(home)
            open_ledger(home).close()
            memory.execute(statement("attach_ledger", path=str(home.ledger_path).replace("'", "''")))
            try:
                return work.land(memory, outcomes, dry_run=False)
            finally:
                # What landed stands in the log; where there is no room to take it over now, the next opening does.
                with suppress(duckdb.Error):
                    memory.execute(statement("detach_ledger"))


@contextmanager
def _no_stray_uploads(home: Home) -> Iterator[None]:
    """When an import fails, remove the originals it has stored; no batch names them."""
    before = set(home.uploads_dir.glob("*.aes"))
    try:
        yield
    except BaseException:
        stored = set(home.uploads_dir.glob("*.aes")) - before
        if stored:
            with open_ledger(home, key_needed=False) as ledger:
                named = {sha256 for (sha256,) in ledger.execute(statement("named_files")).fetchall()}
            for path in stored:
                if path.stem not in named:
                    path.unlink()
        raise


class _Import:
    """The files of one command, all delivered in the same way."""

    def __init__(
        self,
        home: Home,
        opened: list[_Opened],
        today: date,
        progress: Progress,
        reader: Reader,
        expect: str | None,
    ) -> None:
        self.home, self.opened, self.reader, self.expect = home, opened, reader, expect
        self.today, self.progress = today, progress
        self.aliases = aliases_of(home)

    def prepare(self, ledger: duckdb.DuckDBPyConnection) -> list[ImportResult | Ready]:
        """Read and judge every table, outside any transaction: rows that one has added to its temporary tables take
        twice the memory. What is ready to land waits; what changes nothing is a result already."""
        ledger.execute(statement("settings"))
        ledger.execute(statement("create_announced"))
        outcomes: list[ImportResult | Ready] = []
        first: dict[tuple[str, str, int], ImportResult | Ready] = {}
        for opened in self.opened:
            for table in opened.tables:
                key = (opened.file.sha256, table.kind.name, sheet_place(opened.file, table))
                if key in first:
                    outcomes.append(_named_twice(opened.file.name, first[key]))
                else:
                    first[key] = _Table(self, ledger, opened, table).prepare(len(outcomes))
                    outcomes.append(first[key])
        return outcomes

    def land(
        self, ledger: duckdb.DuckDBPyConnection, outcomes: list[ImportResult | Ready], *, dry_run: bool
    ) -> list[ImportResult]:
        """All that is ready, in one transaction; the originals are stored before it is committed."""
        ready = [outcome for outcome in outcomes if isinstance(outcome, Ready)]
        batches: dict[int, int] = {}
        if ready and not dry_run:
            catch_up(self.home, ledger)
            ledger.execute("begin transaction")
            try:
                for one in ready:
                    self.progress("menyimpan", 0, one.result.rows_accepted)
                    batches[one.number] = land(ledger, self.home, one)
                for file in {one.file.sha256: one.file for one in ready}.values():
                    for original in file.originals or (file,):
                        store_encrypted(self.home, original.path, original.sha256)
                ledger.execute("commit")
            except BaseException:
                with suppress(duckdb.Error):
                    ledger.execute("rollback")
                raise
            record_imports(self.home, ledger, list(batches.values()), self.reader)
        if not dry_run:
            for mapping in (mapping for opened in self.opened for mapping in opened.to_remember):
                remember(self.home, mapping, self.reader)
        return [
            replace(outcome.result, batch=batches.get(outcome.number)) if isinstance(outcome, Ready) else outcome
            for outcome in outcomes
        ]


def _named_twice(name: str, outcome: ImportResult | Ready) -> ImportResult:
    result = outcome.result if isinstance(outcome, Ready) else outcome
    note = f"isinya sama dengan {result.file} dalam perintah ini, tidak ada yang berubah"
    return replace(result, file=name, batch=None, rejects=[], notes=[note])


class _Table:
    """One table of one file on its way to being ready."""

    def __init__(self, work: _Import, ledger: duckdb.DuckDBPyConnection, opened: _Opened, table: Table) -> None:
        self.ledger, self.file, self.table = ledger, opened.file, table
        self.delivery, self.today, self.progress = opened.delivery, work.today, work.progress
        self.aliases = work.aliases
        self.sheet_notes = opened.notes
        self.decimal_mark = DEFAULT_MARK

    def prepare(self, number: int) -> ImportResult | Ready:
        twins = self._live_twins()
        if self.delivery.says_nothing:
            for twin in twins:
                if twin["delivery"] == "tambahan" and self._was_read_so(twin):
                    return self._unchanged(twin)
        result = self._judged()
        if self.table.kind.name == "proyek":
            self.ledger.execute(statement("announce_projects"))
        batch, position = self._batch(result)
        ready = Ready(number, self.file, self.table, result, batch, position, self.decimal_mark)
        for twin in twins:
            if self._means_the_same(ready, twin):
                return self._unchanged(twin)
        if twins:
            known = twins[-1]["batch_id"]
            result.notes.append(
                f"Isi yang sama sudah masuk sebagai batch {known} dengan keterangan lain; "
                f"batch itu tetap berlaku, batalkan dengan undo {known} bila keliru."
            )
        self.ledger.execute(statement("keep_judged", **ready.tables))
        return ready

    def _judged(self) -> ImportResult:
        """Make `typed` and `refused` of the table; what will be told of it, still without a batch."""
        notes = [*self.table.notes, *_notes_on(self.table), *stage(self.ledger, self.table, self.progress)]
        (rows_read,) = one_row(self.ledger, "count_staged")
        if rows_read == 0:
            raise FileRefused(f"{self.file.name} tidak berisi baris data di bawah judul kolom; isi lalu kirim ulang.")
        self.progress("memeriksa", 0, rows_read)
        judged, self.decimal_mark = judge(self.ledger, self.table, self.today, self.aliases.place_codes)
        notes += judged
        rows_rejected, reasons = one_row(self.ledger, "count_found")
        if reasons > MAX_SHOWN_REJECTS:
            notes.append(f"Ada {reasons} alasan penolakan; hanya {MAX_SHOWN_REJECTS} yang pertama ditampilkan.")
        prepare_reasons(self.ledger, self.table)
        notes += take_references(self.ledger, self.table.kind, may_be_placed=not self.delivery.states_position)
        self.ledger.execute(statement("drop_rejected"))
        self.ledger.execute(statement("drop_staged"))
        return ImportResult(
            file=self.file.name,
            kind=self.table.kind.name,
            batch=None,
            rows_read=rows_read,
            rows_accepted=rows_read - rows_rejected,
            rows_rejected=rows_rejected,
            rejects=self._shown_rejects(),
            notes=[*notes, *self.sheet_notes],
            waiting=self._waiting(),
            sha256=self.file.sha256,
        )

    def _live_twins(self) -> list[dict[str, Any]]:
        """Live batches of this kind of the same bytes and sheet; of an old batch the sheet is not known."""
        values = {"file_sha256": self.file.sha256, "kind": self.table.kind.name}
        found = self.ledger.execute(statement("live_twins"), values)
        names = [column[0] for column in found.description or []]
        twins = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        place = sheet_place(self.file, self.table)
        return [twin for twin in twins if (layout := read_layout(twin["layout"])) is None or layout.sheet == place]

    def _means_the_same(self, ready: Ready, twin: dict[str, Any]) -> bool:
        """Whether the same bytes came in as that batch with all that is told of them now; what is not told, is not
        compared: a position left to the import date is none."""
        told = ["delivery", "scope_kind", "scope_value"]
        if self.delivery.period or self.delivery.data_as_of:
            told += ["period_from", "period_to"]
        if self.delivery.data_as_of:
            told += ["data_as_of"]
        if any(ready.batch[name] != twin[name] for name in told) or not self._was_read_so(twin):
            return False
        return not self.delivery.data_as_of or self._other_positions(ready, twin["batch_id"]) == 0

    def _was_read_so(self, twin: dict[str, Any]) -> bool:
        """Whether the same sheet and columns were read for that batch; of an old one that is not known."""
        known = read_layout(twin["layout"])
        return known is None or known.found == layout_of(self.file, self.table)

    def _other_positions(self, ready: Ready, batch_id: int) -> int:
        return one_row(
            self.ledger,
            "other_positions",
            identifiers={"ledger_table": ready.kind.name},
            batch_id=batch_id,
            complete=ready.is_complete,
            data_as_of=ready.position,
        )[0]

    def _unchanged(self, twin: dict[str, Any]) -> ImportResult:
        note = f"berkas yang sama sudah masuk sebagai batch {twin['batch_id']}, tidak ada yang berubah"
        counts = (twin["rows_read"], twin["rows_accepted"], twin["rows_rejected"])
        return ImportResult(self.file.name, self.table.kind.name, None, *counts, notes=[note], sha256=self.file.sha256)

    def _batch(self, result: ImportResult) -> tuple[dict[str, Any], date]:
        """The columns of the ledger's `batch` that say how this was delivered, and the position of rows without one."""
        first, last = self.table.kind.period
        identifiers = {"first_day": quoted(first), "last_day": quoted(last)}
        position = self.delivery.data_as_of or self.today
        found = one_row(self.ledger, "dates_spanned", identifiers=identifiers, position=position)
        first_day, last_day, stated_position, latest_position = found
        # A complete delivery has one position, told for it or stated in it; the rows of another may each have theirs.
        data_as_of = latest_position or position
        if self.delivery.is_complete:
            position = data_as_of = self.delivery.data_as_of or stated_position or self.today
        scope, days = self._scope_and_period(result, first_day, last_day, data_as_of)
        batch = {
            "data_as_of": data_as_of,
            "delivery": "lengkap" if scope else "tambahan",
            "scope_kind": scope.kind if scope else None,
            "scope_value": scope.value if scope else None,
            "period_from": days[0] if days else None,
            "period_to": days[1] if days else None,
            "sender": self.delivery.sender,
        }
        return batch, position

    def _scope_and_period(
        self, result: ImportResult, first_day: date | None, last_day: date | None, data_as_of: date
    ) -> tuple[Scope | None, tuple[date, date] | None]:
        if self.delivery.complete_for is None:
            return None, None
        if result.rows_accepted == 0:
            raise FileRefused(
                f"Tidak satu baris pun dari {self.file.name} diterima, jadi tidak dapat menjadi kiriman lengkap; "
                "perbaiki lalu kirim ulang."
            )
        if result.rows_rejected:
            result.notes.append(
                f"{result.rows_rejected} baris ditolak dianggap tidak ada dalam kiriman lengkap ini; perbaiki segera."
            )
        owners = [owner for (owner,) in self.ledger.execute(statement("known_owners")).fetchall()]
        # An owner by a confirmed spelling is known as well, whether or not a file has it.
        known = [*owners, *self.aliases.names["pemilik"]]
        scope = deliveries.resolve_scope(self.delivery.complete_for, known, self.aliases.place_codes)
        return scope, deliveries.period_of(self.delivery, first_day, last_day, data_as_of)

    def _shown_rejects(self) -> list[Reject]:
        rows = self.ledger.execute(statement("shown_rejects"), {"limit": MAX_SHOWN_REJECTS}).fetchall()
        return [Reject(*row) for row in rows]

    def _waiting(self) -> int:
        names = {column.name for column in self.table.kind.columns}
        if self.table.kind.name == "proyek" or "kode_proyek" not in names:
            return 0
        waiting = one_row(self.ledger, "waiting_by_project")[0]
        return waiting + (one_row(self.ledger, "waiting_by_work_order")[0] if "no_spk" in names else 0)


def _notes_on(table: Table) -> list[str]:
    notes = []
    last = table.first_data_row - 1
    rows = str(last) if table.header_depth == 1 else f"{table.header_row}–{last}"
    if table.sheet.name:
        notes.append(f"Lembar '{clean_header(table.sheet.name)}', judul kolom di baris {rows}.")
    elif table.first_data_row > 2:
        notes.append(f"Judul kolom di baris {rows}.")
    notes += _notes_on_unsaid(table.sheet.unsaid)
    personal = personal_headers(table.ignored)
    returned = RETURNED_HEADERS if REFERENCE.name in table.positions else ()
    other = [header for header in table.ignored if header not in personal and header not in returned]
    if personal:
        notes.append(f"Kolom pribadi dibuang saat membaca: {', '.join(personal)}.")
    if other:
        notes.append(f"Kolom lain diabaikan: {', '.join(other[:20])}{', …' if len(other) > 20 else ''}.")
    return notes


def _notes_on_unsaid(unsaid: Unsaid) -> list[str]:
    """Hidden rows are as much part of a table as others: a filter left on would else lose workers without a word."""
    notes = []
    counts = ((unsaid.hidden_rows, "baris"), (unsaid.hidden_columns, "kolom"))
    if hidden := " dan ".join(f"{count} {what}" for count, what in counts if count):
        notes.append(f"{hidden} tersembunyi di lembar ini ikut dibaca; hapus dari berkas bila tidak dimaksud.")
    if unsaid.errors:
        notes.append(f"{unsaid.errors} sel di lembar ini berisi galat rumus seperti #N/A dan dibaca kosong; perbaiki.")
    if unsaid.unreckoned:
        notes.append(
            f"{unsaid.unreckoned} sel di lembar ini berisi rumus tanpa hasil dan dibaca kosong; buka berkasnya di "
            "Excel, simpan, lalu kirim ulang."
        )
    return notes
