"""The meeting pack as a workbook (XLSX): a cover, the charts, a sheet per table, notes, definitions, and the charts'
numbers. It says what reports.pack says and nothing else."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from xlsxwriter import Workbook

from reports.book_charts import places_of, write_charts, write_numbers
from reports.book_cover import write_cover
from reports.book_tables import definitions, notes, write_table
from reports.book_text import CHARTS, COVER, DEFINITIONS, NOTES, NUMBERS, WORDS, Desk, name_tabs, tables_of
from reports.cells import visible
from reports.looks import AS_WRITTEN, Looks
from reports.pack import Pack

# Called with the lines of tables written so far and all there are.
Progress = Callable[[int, int], None]
# A pack of more lines is written row by row through files that are gone at the end: it would not fit memory.
MOST_IN_MEMORY = 10_000
PROGRESS_EVERY = 1_000


def pack_workbook(pack: Pack, out: Path | BinaryIO, progress: Progress | None = None) -> None:
    """Write the pack's workbook to a path or an open binary file. Equal packs are equal bytes."""
    with TemporaryDirectory(prefix="cakupan-") as folder:
        is_long = _count_lines(pack) > MOST_IN_MEMORY
        way = {"constant_memory": True, "tmpdir": folder} if is_long else {"in_memory": True}
        with Workbook(str(out) if isinstance(out, Path) else out, way | AS_WRITTEN) as book:
            _write_sheets(pack, book, progress or (lambda _done, _all: None))


def pack_workbook_bytes(pack: Pack, progress: Progress | None = None) -> bytes:
    """The same in memory."""
    out = BytesIO()
    pack_workbook(pack, out, progress)
    return out.getvalue()


def _write_sheets(pack: Pack, book: Workbook, progress: Progress) -> None:
    """The sheets are added first, so that each may lead to the others."""
    places = places_of(pack)
    tabs = name_tabs(pack, has_charts=bool(places))
    desk = Desk(pack, book, Looks(book, pack.language), WORDS[pack.language], tabs)
    day = datetime(pack.day.year, pack.day.month, pack.day.day, tzinfo=UTC)
    book.set_properties({"title": visible(pack.title), "comments": visible(pack.origin), "created": day})
    pages = {code: book.add_worksheet(name) for code, name in tabs.items()}
    write_cover(desk, pages[COVER])
    if places:
        write_charts(desk, pages[CHARTS], places)
        write_numbers(desk, pages[NUMBERS], places)
    count = _counter(_count_lines(pack), progress)
    for section, table in tables_of(pack):
        write_table(desk, pages[table.code], section, table, count)
    write_table(desk, pages[NOTES], None, notes(desk))
    write_table(desk, pages[DEFINITIONS], None, definitions(desk))


def _count_lines(pack: Pack) -> int:
    return sum(len(table.lines) for _, table in tables_of(pack))


def _counter(everything: int, progress: Progress) -> Callable[[], None]:
    """Counts a line at each call, and tells of every thousandth and of the last."""
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        if done % PROGRESS_EVERY == 0 or done == everything:
            progress(done, everything)

    return count
