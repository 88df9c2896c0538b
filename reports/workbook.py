"""A table as a workbook (XLSX) of one sheet: what it is above, then its rows, ready to sort, filter and print on A4."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.cells import Cell
from reports.grid import TITLE_PT, Grid, Heading, column_widths, set_up_print, write_headings, write_row
from reports.looks import AS_WRITTEN, Looks, write_cell, write_text

LONGEST_NAME = 24


@dataclass(frozen=True)
class Sheet:
    """`lines` are (name, value) pairs that say where the rows come from; `warning` stands above all, on every page."""

    title: str
    lines: Sequence[tuple[str, Cell]]
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Cell]]
    warning: str | None = None
    decimals: Sequence[Sequence[int] | None] = ()


def workbook_bytes(sheet: Sheet, language: str) -> bytes:
    """The workbook as a file. Text is never run as a formula; what is unknown is an empty cell."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True, **AS_WRITTEN}) as book:
        page, looks = book.add_worksheet("Cakupan"), Looks(book, language)
        top = _write_origin(page, sheet, looks)
        _write_rows(page, sheet, top, looks)
        set_up_print(page, sheet.title, language, warning=sheet.warning)
        page.fit_to_pages(1, 0)
        page.repeat_rows(top)
    return out.getvalue()


def _write_origin(page: Worksheet, sheet: Sheet, looks: Looks) -> int:
    """Title, warning and lines; returns the row of the headings, one blank row below."""
    row = 0
    if sheet.warning:
        write_text(page, row, 0, sheet.warning, looks("warning"))
        row += 1
    page.set_row(row, TITLE_PT)
    write_text(page, row, 0, sheet.title, looks("title"))
    for name, value in sheet.lines:
        row += 1
        write_text(page, row, 0, name, looks("name"))
        write_cell(page, row, 1, value, looks.alone())
    return row + 2


def _write_rows(page: Worksheet, sheet: Sheet, top: int, looks: Looks) -> None:
    grid = Grid(sheet.headings, sheet_widths(sheet))
    write_headings(page, top, grid, looks)
    decimals = sheet.decimals or [None] * len(sheet.rows)
    for at, (row, shown) in enumerate(zip(sheet.rows, decimals, strict=True), start=top + 1):
        write_row(page, at, row, grid, looks, decimals=shown)
    page.freeze_panes(top + 1, 1)
    page.autofilter(top, 0, top + len(sheet.rows), len(sheet.headings) - 1)


def sheet_widths(sheet: Sheet) -> list[float]:
    """Those of its columns; the first has room for the names of the lines above it."""
    widths = column_widths(sheet.headings, sheet.rows)
    names = max((len(name) for name, _ in sheet.lines), default=0)
    return [max(width, min(names, LONGEST_NAME)) if at == 0 else width for at, width in enumerate(widths)]
