"""Columns whose dates may have been read with day and month exchanged; each is told, none is changed."""

import re

import duckdb

from data.importers.header import Table
from data.importers.kinds import Reading
from data.importers.meanings import TYPED
from data.importers.statements import quoted, statement

WRITTEN = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}\b.*", re.ASCII)
TYPED_DAY = re.compile(rf"{TYPED}\d{{4}}-\d\d-(\d\d)\b.*", re.ASCII)
MONTHS = 12
FEWEST = 3  # dates of each form before anything is concluded from them


def doubtful_dates(ledger: duckdb.DuckDBPyConnection, table: Table) -> list[str]:
    """A sentence for each column of `staged` that shows signs of it."""
    notes = []
    for column in table.kind.columns:
        if column.reads_as is Reading.DATE and column.name in table.positions:
            counted = ledger.execute(statement("texts_counted", column=quoted(column.name))).fetchall()
            if doubt := _doubt(table.headers.get(column.name, column.name), counted):
                notes.append(doubt)
    return notes


def _doubt(header: str, counted: list[tuple[str, int]]) -> str | None:
    written = [(int(found[1]), int(found[2]), count) for text, count in counted if (found := WRITTEN.fullmatch(text))]
    month_first = sum(count for first, second, count in written if first <= MONTHS < second)
    either = sum(count for first, second, count in written if max(first, second) <= MONTHS and first != second)
    day_first = sum(count for first, second, count in written if second <= MONTHS < first)
    typed = [(int(found[1]), count) for text, count in counted if (found := TYPED_DAY.fullmatch(text))]
    if month_first and either:
        return (
            f"Kolom {header}: {month_first} tanggal menulis bulan sebelum hari, jadi {either} tanggal lain yang dibaca "
            "hari dahulu mungkin terbalik; kirim ulang kolom ini dengan hari dahulu."
        )
    # A spreadsheet set to American dates turns 7/2/2024 into 2 July and leaves 25/7/2024 a text.
    low, high = (sum(count for day, count in typed if (day <= MONTHS) is is_low) for is_low in (True, False))
    if not high and low >= FEWEST and day_first >= FEWEST and not either:
        return (
            f"Kolom {header}: {low} sel tanggal semuanya berhari 1–12 dan {day_first} tanggal berupa teks semuanya "
            "berhari 13–31; Excel mungkin menukar hari dan bulan; kirim ulang kolom ini sebagai teks."
        )
    return None
