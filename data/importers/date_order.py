"""Columns whose dates may mean another day than was read; each is told, none is changed."""

import re

import duckdb

from data.importers.header import Table
from data.importers.kinds import Reading
from data.importers.meanings import CENTURY, DAY_WORD, MONTHS, TYPED, WORD_YEAR
from data.importers.statements import quoted, statement

WRITTEN = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}\b.*", re.ASCII)
TYPED_DAY = re.compile(rf"{TYPED}\d{{4}}-\d\d-(\d\d)\b.*", re.ASCII)
DECEMBER = 12
FEWEST = 3  # dates of each form before anything is concluded from them


def doubtful_dates(ledger: duckdb.DuckDBPyConnection, table: Table) -> list[str]:
    """A sentence for each column of `staged` that shows signs of it."""
    notes: list[str | None] = []
    for column in table.kind.columns:
        if column.reads_as in {Reading.DATE, Reading.MONTH_END} and column.name in table.positions:
            counted = ledger.execute(statement("texts_counted", column=quoted(column.name))).fetchall()
            header = table.headers.get(column.name, column.name)
            notes += [_exchanged(header, counted), _short_years(header, counted, column.reads_as)]
    return [note for note in notes if note is not None]


def _short_years(header: str, counted: list[tuple[str, int]], reading: Reading) -> str | None:
    """Years of two digits, read as years of this century. Only month and year are quoted: before a day may stand a
    word, and what is no month may be a name."""
    forms = (DAY_WORD,) if reading is Reading.DATE else (DAY_WORD, WORD_YEAR)
    found = [(match, count) for text, count in counted for form in forms if (match := form.fullmatch(text))]
    short = [
        (match["month"], match["year"], count)
        for match, count in found
        if len(match["year"]) == 2 and match["month"].lower() in MONTHS
    ]
    if not short:
        return None
    month, year, _count = min(short)
    return (
        f"Kolom {header}: {sum(count for _month, _year, count in short)} tanggal menulis tahun dengan dua angka; "
        f"{month}-{year} dibaca sebagai tahun {CENTURY + int(year)}."
    )


def _exchanged(header: str, counted: list[tuple[str, int]]) -> str | None:
    written = [(int(found[1]), int(found[2]), count) for text, count in counted if (found := WRITTEN.fullmatch(text))]
    month_first = sum(count for first, second, count in written if first <= DECEMBER < second)
    either = sum(count for first, second, count in written if max(first, second) <= DECEMBER and first != second)
    day_first = sum(count for first, second, count in written if second <= DECEMBER < first)
    typed = [(int(found[1]), count) for text, count in counted if (found := TYPED_DAY.fullmatch(text))]
    if month_first and either:
        return (
            f"Kolom {header}: {month_first} tanggal menulis bulan sebelum hari, jadi {either} tanggal lain yang dibaca "
            "hari dahulu mungkin terbalik; kirim ulang kolom ini dengan hari dahulu."
        )
    # A spreadsheet set to American dates turns 7/2/2024 into 2 July and leaves 25/7/2024 a text.
    low, high = (sum(count for day, count in typed if (day <= DECEMBER) is is_low) for is_low in (True, False))
    if not high and low >= FEWEST and day_first >= FEWEST and not either:
        return (
            f"Kolom {header}: {low} sel tanggal semuanya berhari 1–12 dan {day_first} tanggal berupa teks semuanya "
            "berhari 13–31; Excel mungkin menukar hari dan bulan; kirim ulang kolom ini sebagai teks."
        )
    return None
