"""Refused rows on their way back to the sender: the same workbook, with the reasons beside them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from itertools import groupby
from textwrap import wrap
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from data.errors import CakupanError
from data.home import Home
from data.importers.files import HEAD_ROWS, Sheet, open_kept
from data.importers.header import cells_of_header, clean_header, find_tables
from data.importers.kinds import KINDS, NUMERIC, REFERENCE, RETURNED_HEADERS, Reading
from data.importers.layout import Layout, layout_of, read_layout
from data.importers.meanings import TYPED, is_ambiguous, mark_of, read_number
from data.importers.procurement.sets import PERSONAL_NOTE
from data.importers.reasons_table import reasons_table
from data.importers.references import reference_to
from data.importers.rules import NUMBERS
from data.importers.staging import cell_text
from data.keys import read_encrypted
from data.refusals import Refusal, RefusedRows, refused_rows

# One sheet of 300.000 rows took 1 GB while it was written; so many refused rows share one fault of the whole file.
MOST_ROWS = 100_000
MOST_CELL_CHARS = 32_767  # of a cell in a workbook
LARGEST = 9.99e307
LONGEST_SHEET_NAME = 31
AS_WRITTEN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
GENERAL, AS_TEXT, WHOLE, DAY, MOMENT = "General", "@", "0", "dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss"
SERIALS_BEGIN = date(1900, 3, 1)  # before it the days of spreadsheets differ
UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SENDERS_WIDTH = 20  # characters: a NIK in figures is not shown as ###
ADDED_WIDTHS = (11, 60, 50, 14)
LINE_PT, HIGHEST_PT = 15, 409  # of a row; no spreadsheet shows a higher one
GUIDE = (
    "Perbaiki sel berwarna menurut kolom Alasan penolakan dan Perbaikan, lalu kirim ulang buku kerja ini. "
    "Jangan ubah kolom Rujukan baris: dengan itu baris yang ditolak tercatat sudah diperbaiki."
)
# Quotes, which a CSV lacked, are of no use in a workbook.
MOVE_LEFT = "Pindahkan isi sel berwarna di kanan ke kolomnya, lalu kosongkan sel itu."
COLOURS = {"wrong": "#FBE3D0", "told": "#FFF7E6", "head": "#E5E9F0"}


@dataclass(frozen=True)
class Returned:
    """A workbook for the sender. rows: the refused rows in it, each once."""

    name: str
    content: bytes
    rows: int


def returned(home: Home, batch_id: int) -> Returned:
    """The refused rows of a batch that nobody has sent again, as an XLSX file.

    The sheet is the sender's: its name, title rows, header and columns, and of the rows the refused ones, cell by cell
    as they came; beside them where they stood, why they were refused, what to do, and the reference by which the
    corrected row closes the refused one. Of a procurement set, whose rows stand in no sheet, a table of the reasons.
    CakupanError when nothing is open, or when the original is kept no longer.
    """
    found = refused_rows(home, batch_id)
    rows = {row: list(of_row) for row, of_row in groupby(found.refusals, key=lambda refusal: refusal.row)}
    name = f"perbaikan-batch-{batch_id}.xlsx"
    if _is_joined(found):
        return Returned(name, reasons_table(found), len(rows))
    if len(rows) > MOST_ROWS:
        raise CakupanError(
            f"{len(rows)} baris batch {batch_id} ({found.file_name}) ditolak, terlalu banyak untuk dikembalikan; "
            "perbaiki berkas aslinya lalu kirim ulang seluruhnya."
        )
    sheet, layout = _as_read(found, _original(home, found))
    return Returned(name, _Page(sheet, layout, found).filled(rows), len(rows))


def returned_workbook(home: Home, batch_id: int) -> bytes:
    """The bytes of `returned`."""
    return returned(home, batch_id).content


def _is_joined(found: RefusedRows) -> bool:
    return found.layout is None and PERSONAL_NOTE in found.notes


def _original(home: Home, found: RefusedRows) -> bytes:
    if not (home.uploads_dir / f"{found.file_sha256}.aes").exists():
        raise CakupanError(
            f"Berkas asli batch {found.batch} ({found.file_name}) sudah dihapus karena melewati masa simpannya; "
            "mintalah pengirimnya memperbaiki berkas miliknya sendiri."
        )
    return read_encrypted(home, found.file_sha256)


def _as_read(found: RefusedRows, original: bytes) -> tuple[Sheet, Layout]:
    """The sheet and where its table stands; recognised anew where the batch is older than what is kept of that."""
    file = open_kept(original, found.file_name)
    layout = read_layout(found.layout)
    if layout is not None:
        return file.sheets[layout.sheet], layout
    tables, _ = find_tables(file, found.kind)
    layout = layout_of(file, tables[0])
    assert layout is not None, found.batch
    return tables[0].sheet, layout


class _Page:
    """The sheet that goes back."""

    def __init__(self, sheet: Sheet, layout: Layout, found: RefusedRows) -> None:
        self.sheet, self.layout, self.found = sheet, layout, found
        header = cells_of_header(sheet, layout.header_row, layout.header_depth)
        self.by_header = {clean_header(header[position]): position for position in layout.columns.values()}
        # A returned workbook that comes in again and is refused again must not gather the added columns.
        added = RETURNED_HEADERS if REFERENCE.name in layout.columns else ()
        self.columns = [position for position in range(layout.width) if clean_header(header[position]) not in added]
        self.width = len(self.columns)
        read_as = {layout.columns[column.name]: column.reads_as for column in KINDS[found.kind].columns
                   if column.name in layout.columns}  # fmt: skip
        self.identifiers = {position for position, reading in read_as.items() if reading not in NUMERIC}
        self.amounts = {position: reading for position, reading in read_as.items() if reading in NUMBERS}
        self.out = BytesIO()
        # In memory: a temporary file would hold the rows in clear.
        self.book = Workbook(self.out, {"in_memory": True, **AS_WRITTEN})
        self.page = self.book.add_worksheet(_sheet_name(sheet.name))
        # Printed, a row and its reasons stand on one sheet of A4.
        self.page.set_landscape()
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)
        self.looks: dict[tuple[str, str | None], Format] = {}
        self.at = 0

    def filled(self, rows: dict[int, list[Refusal]]) -> bytes:
        self._write_head()
        left = dict(rows)
        for number, cells in _picked(self.sheet, self.layout.first_data_row, left):
            self._write_refused(number, cells, left.pop(number))
        # The original is what its hash says, so each of its refused rows stands in it.
        assert not left, (self.found.batch, sorted(left)[:5])
        self.book.close()
        return self.out.getvalue()

    def _write_head(self) -> None:
        """What stands above the table as it came, below a line that tells what to do, and the header."""
        first, last = self.layout.header_row, self.layout.first_data_row - 1
        titles = [cells for cells in self.sheet.head[: first - 1] if GUIDE not in cells]
        if len(titles) + self.layout.header_depth < HEAD_ROWS:  # further down a header would not be looked for
            self.page.write_string(self.at, 0, GUIDE, self._look(GENERAL, "told"))
            self.at += 1
        for cells in titles:
            self._write_row(cells)
        for number, cells in enumerate(self.sheet.head[first - 1 : last]):
            self._write_row(cells, fills=dict.fromkeys(self.columns, "head"))
            # Of a header in two rows the upper one names a column alone.
            for offset, text in enumerate(RETURNED_HEADERS if number == 0 else ()):
                self.page.write_string(self.at - 1, self.width + offset, text, self._look(GENERAL, "head"))
        self.page.freeze_panes(self.at, 0)
        for position, width in enumerate((*[SENDERS_WIDTH] * self.width, *ADDED_WIDTHS)):
            self.page.set_column(position, position, width)

    def _write_refused(self, number: int, cells: Sequence[Any], refusals: list[Refusal]) -> None:
        """The row as it came. What stands right of the header stays right of all: there it is refused again."""
        wrong = {self.by_header[refusal.column] for refusal in refusals if refusal.column in self.by_header}
        self._write_row(cells, fills=dict.fromkeys(wrong, "wrong"))
        told = (str(number), _reasons(refusals), _remedies(refusals), reference_to(self.found.batch, number))
        # LibreOffice gives a row no height by itself: reasons of two lines would lie over those of the next row.
        self.page.set_row(self.at - 1, _height(told))
        for position, text in enumerate(told, self.width):
            self.page.write_string(self.at - 1, position, text[:MOST_CELL_CHARS], self._look(AS_TEXT, "told"))
        for position, cell in enumerate(cells[self.layout.width :], self.width + len(told)):
            self._write(self.at - 1, position, cell, pattern=GENERAL, fill="wrong" if str(cell).strip() else None)

    def _write_row(self, cells: Sequence[Any], *, fills: dict[int, str] | None = None) -> None:
        """The sender's columns of a row, and the next row is the one below."""
        for position, column in enumerate(self.columns):
            cell = cells[column] if column < len(cells) else ""
            if column in self.amounts:
                cell = _unambiguous(cell, self.amounts[column], self.layout.decimal_mark)
            pattern = AS_TEXT if column in self.identifiers else GENERAL
            self._write(self.at, position, cell, pattern=pattern, fill=(fills or {}).get(column))
        self.at += 1

    def _write(self, row: int, position: int, cell: Any, *, pattern: str, fill: str | None) -> None:
        """A cell of the type it had, so nothing changes its meaning on the way back.

        pattern: of a number. One that is typed anew over an identifier must keep its digits, so there it is text.
        """
        if isinstance(cell, bool):
            self.page.write_boolean(row, position, cell, self._look(GENERAL, fill))
        elif isinstance(cell, int | float):
            shown = WHOLE if pattern == GENERAL and float(cell).is_integer() else pattern
            # What is beyond all numbers of a spreadsheet stays a number that is refused.
            self.page.write_number(row, position, max(-LARGEST, min(LARGEST, cell)), self._look(shown, fill))
        elif isinstance(cell, date) and (moment := _moment(cell)).date() >= SERIALS_BEGIN:
            self.page.write_datetime(
                row, position, moment, self._look(DAY if moment.time() == time() else MOMENT, fill)
            )
        elif text := _storable(cell if isinstance(cell, str) else cell_text(cell).removeprefix(TYPED)):
            self.page.write_string(row, position, text, self._look(AS_TEXT, fill))
        else:
            self.page.write_blank(row, position, None, self._look(AS_TEXT, fill))

    def _look(self, pattern: str, fill: str | None) -> Format:
        if (pattern, fill) not in self.looks:
            look: dict[str, Any] = {"num_format": pattern, "valign": "top"}
            if fill:
                look["bg_color"] = COLOURS[fill]
            if fill == "told":
                look["text_wrap"] = pattern == AS_TEXT
            if fill == "head":
                look |= {"bold": True, "text_wrap": True}
            self.looks[pattern, fill] = self.book.add_format(look)
        return self.looks[pattern, fill]


def _height(told: Sequence[str]) -> float:
    """Points that the added columns of a row take; a line of letters holds a little less than its width says."""
    lines = [
        sum(len(wrap(line, width - 4)) or 1 for line in text.splitlines()) or 1
        for text, width in zip(told, ADDED_WIDTHS, strict=True)
    ]
    return min(HIGHEST_PT, LINE_PT * max(lines))


def _storable(text: str) -> str:
    """Without the signs that no workbook may hold; reading drops them as well."""
    return UNSTORABLE.sub("", text.replace("\v", " ").replace("\f", " "))[:MOST_CELL_CHARS]


def _unambiguous(cell: Any, reading: Reading, decimal_mark: str) -> Any:
    """The number that '1.234' was in its file; alone it could be read as another one."""
    if not isinstance(cell, str):
        return cell
    text = " ".join(cell.split()).removesuffix("%").strip()
    number = read_number(text, mark_of(reading, text, decimal_mark)) if is_ambiguous(text) else None
    return cell if number is None else float(number)


def _moment(day: date) -> datetime:
    return day if isinstance(day, datetime) else datetime.combine(day, time())


def _picked(sheet: Sheet, first_row: int, wanted: dict[int, Any]) -> Iterator[tuple[int, Sequence[Any]]]:
    """The wanted rows, by their numbers in the file."""
    for numbers, rows in sheet.blocks(first_row):
        for number, cells in zip(numbers, rows, strict=True):
            if number in wanted:
                yield number, cells


def _reasons(refusals: list[Refusal]) -> str:
    """One reason a line, with the column that it is about."""
    return "\n".join(f"{one.column}: {one.message}" if one.column else one.message for one in refusals)


def _remedies(refusals: list[Refusal]) -> str:
    remedies = (MOVE_LEFT if refusal.code == "sel_berlebih" else refusal.remedy for refusal in refusals)
    return "\n".join(dict.fromkeys(remedies))


def _sheet_name(name: str) -> str:
    """The sheet's own name, as far as a workbook may bear it; a CSV has none."""
    kept = "".join(" " if char in "[]:*?/\\" or not char.isprintable() else char for char in name)
    return kept[:LONGEST_SHEET_NAME].strip("' ") or "Data"
