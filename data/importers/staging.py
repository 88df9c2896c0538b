"""From rows of cells to a table of text in the ledger's connection, a block at a time, never on disk."""

import gc
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute

from data.importers.header import Table
from data.importers.kinds import Column, Kind, Reading
from data.importers.meanings import TYPED
from data.importers.results import Progress
from data.importers.statements import declared, quoted, statement

compute: Any = pyarrow.compute  # its functions are made when it is imported, unseen by type checkers
TOTAL_WORD = re.compile(r"(sub ?total|grand total|total|jumlah)( (total|keseluruhan|seluruhnya|besar))?", re.IGNORECASE)
DOUBTFUL_STARTS = frozenset(("", *"jJtTsSgG \t\n\r\xa0\ufeff"))
# How the lines under a table begin: who approves it, where and when, and notes on it.
CLOSING = (
    r"^((mengetahui|menyetujui|disetujui|disahkan|diketahui|diperiksa|dibuat|disusun|yang membuat|pembuat|tanda tangan|"
    r"ttd|kepala|plt|plh|an|a\.n|kuasa pengguna|pengguna anggaran|pejabat pembuat|ppk|pptk|direktur|pimpinan|"
    r"penanggung jawab|nip|nrp|catatan|keterangan|ket|sumber|note)([ .,:;/]|$)|\*|"
    r"[a-z][a-z .]*, *[0-9]{1,2} [a-z]+ [0-9]{4}$)"
)
WEEKDAY = r"^(senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad),"  # begins a date, not a place
MOST_CLOSING_CELLS = 2
# Line ends, tabs and the wide spaces that are pasted along; then what is invisible: controls, soft hyphens, directions.
SPACES = r"[\s\x0B\x{00A0}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{3000}]+"
INVISIBLE = r"[\x00-\x08\x0E-\x1F\x7F-\x{009F}\x{00AD}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2069}\x{FEFF}]"
SUSPECT = r"[^ -~]|  "
# An apostrophe forces a spreadsheet cell to be text; spaces, dots and hyphens group the digits of a number.
APOSTROPHE = r"^['`\x{2018}\x{2019}]+"
GROUPING = r"[ .-]"


def stage(ledger: duckdb.DuckDBPyConnection, table: Table, progress: Progress) -> list[str]:
    """Fill the temporary table `staged` with the declared columns of the sheet; notes about rows that are no data."""
    names = [column.name for column in table.kind.columns]
    ledger.execute(statement("create_staged", text_columns=declared(names, "varchar")))
    insert = statement("stage_block", columns=quoted(*names))
    rows_read = 0
    column_numbers = None
    with _collector_resting():
        for numbers, rows in table.sheet.blocks(table.first_data_row):
            if rows_read == 0:
                column_numbers = _row_of_column_numbers(numbers, rows)
            ledger.register("block", _block(table, numbers, rows))
            ledger.execute(insert)
            ledger.unregister("block")
            rows_read += len(rows)
            progress("membaca", rows_read, None)
    return _drop_rows_without_data(ledger, table.kind, column_numbers)


@contextmanager
def _collector_resting() -> Iterator[None]:
    """No garbage collection: a million rows of cells make no cycles, and looking for them took a quarter of it all."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _drop_rows_without_data(ledger: duckdb.DuckDBPyConnection, kind: Kind, column_numbers: int | None) -> list[str]:
    notes = []
    columns = quoted(*(column.name for column in kind.columns))
    ledger.execute(statement("drop_blank_rows", columns=columns))
    if column_numbers is not None:
        ledger.execute(statement("drop_column_numbers"), {"row_number": column_numbers})
        notes.append(f"Baris {column_numbers} berisi nomor kolom, dilewati.")
    values = {"closing": CLOSING, "weekday": WEEKDAY, "most_cells": _most_closing_cells(kind)}
    drop = statement("drop_closing_rows", columns=columns)
    if not kind.left_out and (closing := _first(ledger.execute(drop, values))):
        notes.append(f"{closing} baris tanda tangan atau catatan di bawah tabel dilewati.")
    required = quoted(*(column.name for column in kind.columns if column.required)) or "null"
    if totals := _first(ledger.execute(statement("drop_total_rows", required=required))):
        notes.append(f"{totals} baris JUMLAH/TOTAL dilewati.")
    return notes


def _most_closing_cells(kind: Kind) -> int:
    """So few that no row of this kind could land with them."""
    needed = sum(column.required for column in kind.columns) + bool(kind.one_of)
    return min(MOST_CLOSING_CELLS, needed - 1)


def _first(result: duckdb.DuckDBPyConnection) -> int:
    """How many rows a statement has changed."""
    found = result.fetchone()
    return found[0] if found else 0


def _block(table: Table, numbers: Sequence[int], rows: list[Sequence[Any]]) -> pa.Table:
    cells = _by_column(rows, table.width)
    as_text = _workbook_text if table.sheet.is_workbook else _plain_text
    arrays: dict[str, Any] = {
        "row_number": pa.array(numbers, pa.int32()),
        "total_mark": pa.array(_total_marks(cells, len(rows)), pa.int8()),
        "too_wide": pa.array(_too_wide(rows, table.width), pa.bool_()),
    }
    for column in table.kind.columns:
        position = table.positions.get(column.name)
        if position is None:
            arrays[column.name] = pa.nulls(len(rows), pa.string())
        else:
            arrays[column.name] = _clean(as_text(cells[position]), column, may_be_typed=table.sheet.is_workbook)
    return pa.table(arrays)


def _by_column(rows: list[Sequence[Any]], width: int) -> list[Sequence[Any]]:
    if set(map(len, rows)) != {width}:
        rows = [[*row[:width], *[""] * (width - len(row))] for row in rows]
    return list(zip(*rows, strict=True))


def _too_wide(rows: list[Sequence[Any]], width: int) -> list[bool]:
    if max(map(len, rows)) <= width:
        return [False] * len(rows)
    return [any(str(cell).strip() for cell in row[width:]) for row in rows]


def _total_marks(cells: list[Sequence[Any]], rows: int) -> list[int]:
    """By row: 2 where the first filled cell is just 'JUMLAH' or 'TOTAL', 1 where it begins so, else 0."""
    marks = [0] * rows
    undecided: Sequence[int] = range(rows)
    for column in cells:
        # Nearly every row is decided by one look at the first character of its first cell.
        doubtful = [row for row in undecided if type(cell := column[row]) is str and cell[:1] in DOUBTFUL_STARTS]
        undecided = []
        for row in doubtful:
            text = column[row].strip()
            if text:
                marks[row] = _total_mark(text)
            else:
                undecided.append(row)
        if not undecided:
            break
    return marks


def _total_mark(cell: str) -> int:
    text = " ".join(cell.split()).strip(" :.")
    if TOTAL_WORD.fullmatch(text):
        return 2
    return 1 if (found := TOTAL_WORD.match(text)) and not text[found.end() : found.end() + 1].isalnum() else 0


def _row_of_column_numbers(numbers: Sequence[int], rows: list[Sequence[Any]]) -> int | None:
    """The row number of '1 2 3 …' or '(1) (2) (3) …' when the table begins with it; at least three in order."""
    found = [str(cell).strip(" ()").removesuffix(".0") for cell in rows[0] if str(cell).strip()]
    return numbers[0] if len(found) >= 3 and found == [str(n) for n in range(1, len(found) + 1)] else None


def _plain_text(cells: Sequence[str]) -> pa.Array:
    return pa.array(cells, pa.string())


def _workbook_text(cells: Sequence[Any]) -> pa.Array:
    return pa.array([cell_text(cell) for cell in cells], pa.string())


def cell_text(cell: Any) -> str:
    """A workbook's cell as it is staged; TYPED begins what the workbook held as something else than text."""
    if type(cell) is str:
        return cell.replace(TYPED, " ") if TYPED in cell else cell
    if type(cell) is float:
        return TYPED + (str(int(cell)) if cell.is_integer() and abs(cell) < 1e18 else repr(cell))
    if isinstance(cell, datetime):
        return TYPED + cell.isoformat(" ")
    if isinstance(cell, date):
        return TYPED + cell.isoformat()
    return TYPED + str(cell).lower()


def _clean(texts: pa.Array, column: Column, *, may_be_typed: bool) -> pa.Array:
    """Trimmed, inner spaces collapsed, nothing invisible; blank is null. Numbers of fixed form lose their grouping."""
    texts = compute.utf8_trim_whitespace(texts)
    if _any(texts, SUSPECT):
        cleaned = _without_invisible(texts)
        texts = compute.if_else(compute.starts_with(texts, TYPED), texts, cleaned) if may_be_typed else cleaned
    if column.reads_as in (Reading.NIK, Reading.IDENTIFIER) and _any(texts, APOSTROPHE):
        texts = compute.replace_substring_regex(texts, APOSTROPHE, "")
    if (column.pattern or column.reads_as is Reading.NIK) and _any(texts, GROUPING):
        texts = _without_grouping(texts)
    return compute.if_else(compute.equal(texts, ""), None, texts)


def _without_invisible(texts: pa.Array) -> pa.Array:
    cleaned = compute.replace_substring_regex(texts, SPACES, " ")
    return compute.utf8_trim_whitespace(compute.replace_substring_regex(cleaned, INVISIBLE, ""))


def _without_grouping(texts: pa.Array) -> pa.Array:
    is_grouped = compute.match_substring_regex(texts, r"^[0-9][0-9 .-]*$")
    return compute.if_else(is_grouped, compute.replace_substring_regex(texts, GROUPING, ""), texts)


def _any(texts: pa.Array, pattern: str) -> bool:
    return compute.any(compute.match_substring_regex(texts, pattern)).as_py() or False
