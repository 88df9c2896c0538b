"""What all sheets of a workbook share: the look of its cells, columns as wide as A4 allows, and the printed page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.cells import Cell, defused, exact, visible

A4 = 9
NARROWEST, WIDEST = 10, 60
# In characters, what A4 across still prints at about 6 point; texts of a wider sheet wrap, at the first of these widths
# that fits.
PAGE_WIDTH = 230
WRAPPED_WIDTHS = (WIDEST, 40, 30, 24, 18, 14)
TWO_LINES_PT, LINE_PT = 32, 13.5
# What one cell of a spreadsheet holds; a longer text would be left out as a whole.
LONGEST_TEXT = 32_767
LONGEST_PRINTED = 110
# Nothing that looks like a formula, a number or an address becomes one.
AS_WRITTEN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# The code before a pattern names the language of its month names, and where a program heeds it, of its separators.
LOCALE = {"id": "[$-421]", "en": "[$-809]"}
NUMBER_PATTERNS = {0: "#,##0", 1: "#,##0.0", 2: "#,##0.00"}
NAVY, GREY, WASH, ORANGE = "#1E3A5F", "#5B6472", "#F0F3F8", "#B45309"
PAGE_NUMBERS = {"id": "Halaman &P dari &N", "en": "Page &P of &N"}
LOOKS: dict[str, dict[str, Any]] = {
    "cell": {"font_name": "Calibri", "font_size": 10, "valign": "top"},
    "title": {"bold": True, "font_size": 13, "font_color": NAVY},
    "warning": {"bold": True, "font_color": ORANGE},
    "name": {"font_color": GREY},
    "head": {"bold": True, "text_wrap": True, "bg_color": WASH, "font_color": NAVY, "bottom": 1, "valign": "vcenter"},
    "left": {"align": "left"},
    "right": {"align": "right"},
    "indented": {"indent": 1},
    "wrapped": {"text_wrap": True},
    "total": {"bold": True, "bg_color": WASH, "font_color": NAVY, "top": 1},
    "link": {"font_color": "#0B6BCB", "underline": 1},
    "figure": {"bold": True, "font_size": 28, "font_color": NAVY, "align": "left"},
    "bold": {"bold": True},
    # A number too long for its column is printed smaller, never as ####.
    "number": {"shrink": True},
    # Words of a status keep 4,5 : 1 on their fill.
    "main": {"bg_color": "#E7ECF3", "font_color": NAVY},
    "target": {"bg_color": "#E7ECF3", "font_color": NAVY},
    "context": {"bg_color": "#F3F4F6", "font_color": "#4B5563"},
    "better": {"bg_color": "#E3F0FC", "font_color": "#084C91"},
    "concern": {"bg_color": "#FDF0E3", "font_color": "#92400E"},
    "unmet": {"bg_color": "#FBE9E9", "font_color": "#B91C1C"},
}


@dataclass(frozen=True)
class Heading:
    """One column: its header, how many decimals its numbers show (the cells keep what they have), whether they are
    numbers, whose header then stands at the right as they do."""

    text: str
    decimals: int = 0
    is_numeric: bool = False


class Looks:
    """The formats of one workbook, each made when it is first asked for: `looks("total", "left")`."""

    def __init__(self, book: Workbook, language: str) -> None:
        self.language = language
        self._book = book
        self._made: dict[tuple[str, ...], Format] = {}

    def __call__(self, *names: str, pattern: str | None = None) -> Format:
        key = (*names, pattern or "")
        if key not in self._made:
            shown = {"num_format": LOCALE[self.language] + pattern} if pattern else {}
            merged = LOOKS["cell"] | {name: value for look in names for name, value in LOOKS[look].items()}
            self._made[key] = self._book.add_format(merged | shown)
        return self._made[key]

    def number(self, decimals: int, *names: str) -> Format:
        return self(*names, "number", pattern=NUMBER_PATTERNS[decimals])

    def day(self, *names: str) -> Format:
        return self(*names, "left", pattern="d mmmm yyyy")


def safe(text: str) -> str:
    """The text as a cell may hold it: seen as it is, run by nobody, no longer than a cell."""
    cleaned = defused(visible(text))
    return cleaned if len(cleaned) <= LONGEST_TEXT else cleaned[: LONGEST_TEXT - 1] + "…"


def write_text(page: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    page.write_string(row, column, safe(text), look)


def write_cell(
    page: Worksheet, row: int, column: int, value: Cell, looks: Looks, *names: str, decimals: int = 0
) -> None:
    """A cell of its own type; what is unknown stays empty, but for the fill of a row that has one."""
    if value is None or value == "":
        if "total" in names:
            page.write_blank(row, column, None, looks(*names))
    elif isinstance(value, str):
        write_text(page, row, column, value, looks(*names, "left"))
    elif isinstance(value, date):
        page.write_datetime(row, column, datetime(value.year, value.month, value.day), looks.day(*names))  # noqa: DTZ001
    else:
        plain = [name for name in names if name not in ("indented", "wrapped")]
        page.write_number(row, column, float(exact(value)), looks.number(decimals, *plain))


def column_widths(headings: Sequence[Heading], rows: Sequence[Sequence[Cell]]) -> list[float]:
    """As wide as the longest cell and the longest word of the heading, but only texts may be cut to fit the page: they
    wrap."""
    tried = (_widths(headings, rows, widest) for widest in WRAPPED_WIDTHS)
    return next((widths for widths in tried if sum(widths) <= PAGE_WIDTH), _widths(headings, rows, WRAPPED_WIDTHS[-1]))


def _widths(headings: Sequence[Heading], rows: Sequence[Sequence[Cell]], widest: int) -> list[float]:
    cells = [[row[at] for row in rows] for at in range(len(headings))]
    return [_width(heading, column, widest) for heading, column in zip(headings, cells, strict=True)]


def _width(heading: Heading, cells: Sequence[Cell], widest: int) -> float:
    texts = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
    others = max((len(_printed(cell, heading.decimals)) for cell in cells if not isinstance(cell, str)), default=0)
    word = max(map(len, heading.text.split()), default=0) + 3
    return max(NARROWEST, min(widest, texts + 2), min(WIDEST, others + 2), min(WIDEST, word))


def lines_of(cell: Cell, width: float) -> int:
    """How many lines a text takes in a column; words break unevenly, so a seventh of each line counts as blank."""
    if not isinstance(cell, str) or len(cell) <= 0.7 * width:
        return 1
    # Capitals are a quarter wider than the digit that a column's width is counted in.
    length = len(cell) + sum(map(str.isupper, cell)) / 4
    return 1 if length <= width - 2 else ceil(length / (0.86 * (width - 1)))


def row_height(cells: Iterable[Cell], widths: Sequence[float]) -> float | None:
    """In points, None where every text fits one line: not every program makes room for wrapped text by itself."""
    lines = max((lines_of(cell, width) for cell, width in zip(cells, widths, strict=True)), default=1)
    return lines * LINE_PT if lines > 1 else None


def _printed(cell: Cell, decimals: int) -> str:
    if isinstance(cell, date):
        return "30 September 2024"
    return f"{cell:,.{decimals}f}" if isinstance(cell, float | int | Decimal) else str(cell or "")


def write_headings(
    page: Worksheet, row: int, headings: Sequence[Heading], widths: Sequence[float], looks: Looks
) -> None:
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        page.set_column(column, column, width)
        write_text(page, row, column, heading.text, looks("head", "right" if heading.is_numeric else "left"))
    lines = max((lines_of(heading.text, width) for heading, width in zip(headings, widths, strict=True)), default=1)
    page.set_row(row, max(TWO_LINES_PT, lines * LINE_PT + 5))


def set_up_print(page: Worksheet, title: str, language: str, *, warning: str | None, origin: str = "") -> None:
    """A4 across, the title and the warning above every page, its number and where the numbers come from below."""
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    page.hide_gridlines(1)
    # The blank ends the number of the size: a title that begins with a digit would be printed in size 92.
    page.set_header(f"&L&9 {_printable(title)}" + (f"&R&9 {_printable(warning)}" if warning else ""))
    page.set_footer((f"&L&9 {_printable(origin)}" if origin else "") + f"&R&9{PAGE_NUMBERS[language]}")


def _printable(text: str) -> str:
    # A header holds 255 signs in all, and an ampersand begins a command.
    return visible(text)[:LONGEST_PRINTED].replace("&", "&&")
