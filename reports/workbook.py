"""A table as a workbook (XLSX) of one sheet: what it is above, then its rows, ready to sort, filter and print on A4."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from math import ceil

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.cells import Cell, defused, exact

A4 = 9
NARROWEST, WIDEST = 10, 60
# In characters, what A4 across still prints at about 6 point; texts of a wider sheet wrap, at the first of these widths
# that fits.
PAGE_WIDTH = 230
WRAPPED_WIDTHS = (WIDEST, 40, 30, 24, 18, 14)
LONGEST_NAME = 24
TWO_LINES_PT, LINE_PT = 32, 13.5
# The code before a pattern names the language of its month names; separators are those of the reader's spreadsheet.
DATE_PATTERN = {"id": "[$-421]d mmmm yyyy", "en": "[$-809]d mmmm yyyy"}
NUMBER_PATTERNS = {0: "#,##0", 1: "#,##0.0", 2: "#,##0.00"}
NAVY, GREY, WASH, ORANGE = "#1E3A5F", "#5B6472", "#F0F3F8", "#B45309"
PAGE_NUMBERS = {"id": "Halaman &P dari &N", "en": "Page &P of &N"}


@dataclass(frozen=True)
class Heading:
    """One column: its header and how many decimals its numbers show; the cells keep what they have."""

    text: str
    decimals: int = 0


@dataclass(frozen=True)
class Sheet:
    """`lines` are (name, value) pairs that say where the rows come from; `warning` stands above all, on every page."""

    title: str
    lines: Sequence[tuple[str, Cell]]
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Cell]]
    warning: str | None = None


def workbook_bytes(sheet: Sheet, language: str) -> bytes:
    """The workbook as a file. Text is never run as a formula; what is unknown is an empty cell."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        page = book.add_worksheet("Cakupan")
        formats = _formats(book, language)
        top = _write_origin(page, sheet, formats)
        _write_rows(page, sheet, top, formats)
        _set_up_print(page, sheet, top, language)
    return out.getvalue()


def _formats(book: Workbook, language: str) -> dict[str | int, Format]:
    look = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
    head = {"bold": True, "text_wrap": True, "bg_color": WASH, "font_color": NAVY, "bottom": 1, "valign": "vcenter"}
    return {
        "title": book.add_format(look | {"bold": True, "font_size": 13, "font_color": NAVY}),
        "warning": book.add_format(look | {"bold": True, "font_color": ORANGE}),
        "name": book.add_format(look | {"font_color": GREY}),
        "text": book.add_format(look | {"align": "left"}),
        "wrapped": book.add_format(look | {"align": "left", "indent": 1, "text_wrap": True}),
        "head": book.add_format(look | head),
        "date": book.add_format(look | {"num_format": DATE_PATTERN[language], "align": "left"}),
        "row_date": book.add_format(look | {"num_format": DATE_PATTERN[language], "align": "left", "indent": 1}),
        **{decimals: book.add_format(look | {"num_format": shown}) for decimals, shown in NUMBER_PATTERNS.items()},
    }


def _write_origin(page: Worksheet, sheet: Sheet, formats: dict[str | int, Format]) -> int:
    """Title, warning and lines; returns the row of the headings, one blank row below."""
    row = 0
    if sheet.warning:
        page.write_string(row, 0, sheet.warning, formats["warning"])
        row += 1
    page.write_string(row, 0, defused(sheet.title), formats["title"])
    for name, value in sheet.lines:
        row += 1
        page.write_string(row, 0, defused(name), formats["name"])
        _write_cell(page, row, 1, value, formats)
    return row + 2


def _write_rows(page: Worksheet, sheet: Sheet, top: int, formats: dict[str | int, Format]) -> None:
    of_rows = formats | {"text": formats["wrapped"], "date": formats["row_date"]}
    widths = column_widths(sheet)
    for column, (heading, width) in enumerate(zip(sheet.headings, widths, strict=True)):
        page.write_string(top, column, defused(heading.text), formats["head"])
        page.set_column(column, column, width)
        for at, row in enumerate(sheet.rows, start=top + 1):
            _write_cell(page, at, column, row[column], of_rows, heading.decimals)
    for at, row in enumerate(sheet.rows, start=top + 1):
        lines = max((_lines(cell, width) for cell, width in zip(row, widths, strict=True)), default=1)
        if lines > 1:  # not every program makes room for wrapped text by itself
            page.set_row(at, lines * LINE_PT)
    page.freeze_panes(top + 1, 1)
    page.autofilter(top, 0, top + len(sheet.rows), len(sheet.headings) - 1)


def _write_cell(
    page: Worksheet, row: int, column: int, value: Cell, formats: dict[str | int, Format], decimals: int = 0
) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        page.write_string(row, column, defused(value), formats["text"])
    elif isinstance(value, date):
        page.write_datetime(row, column, datetime(value.year, value.month, value.day), formats["date"])  # noqa: DTZ001
    else:
        page.write_number(row, column, float(exact(value)), formats[decimals])


def column_widths(sheet: Sheet) -> list[float]:
    """As wide as the longest cell and the longest word of the heading, but only texts may be cut to fit the page: they
    wrap. The first column has room for the names of the lines above it."""
    tried = (_widths(sheet, widest) for widest in WRAPPED_WIDTHS)
    return next((widths for widths in tried if sum(widths) <= PAGE_WIDTH), _widths(sheet, WRAPPED_WIDTHS[-1]))


def _widths(sheet: Sheet, widest: int) -> list[float]:
    cells = [[row[at] for row in sheet.rows] for at in range(len(sheet.headings))]
    widths = [_width(heading.text, column, widest) for heading, column in zip(sheet.headings, cells, strict=True)]
    names = max((len(name) for name, _ in sheet.lines), default=0)
    return [max(width, min(names, LONGEST_NAME)) if at == 0 else width for at, width in enumerate(widths)]


def _width(heading: str, cells: Sequence[Cell], widest: int) -> float:
    texts = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
    others = max((len(_printed(cell)) for cell in cells if not isinstance(cell, str)), default=0)
    word = max(map(len, heading.split()), default=0) + 3
    return max(NARROWEST, min(widest, texts + 2), min(WIDEST, others + 2), min(WIDEST, word))


def _lines(cell: Cell, width: float) -> int:
    """How many lines a text takes in a column; words break unevenly, so a seventh of each line counts as blank."""
    if not isinstance(cell, str) or len(cell) <= width - 2:
        return 1
    return ceil(len(cell) / (0.86 * (width - 1)))


def _printed(cell: Cell) -> str:
    if isinstance(cell, date):
        return "30 September 2024"
    return f"{cell:,.1f}" if isinstance(cell, float | int | Decimal) else str(cell or "")


def _set_up_print(page: Worksheet, sheet: Sheet, top: int, language: str) -> None:
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)
    page.set_row(top, TWO_LINES_PT)
    page.hide_gridlines(1)
    title = sheet.title[:110].replace("&", "&&")
    # The blank ends the number of the size: a title that begins with a digit would be printed in size 92.
    page.set_header(f"&L&9 {title}" + (f"&R&9 {sheet.warning}" if sheet.warning else ""))
    page.set_footer(f"&R&9{PAGE_NUMBERS[language]}")
