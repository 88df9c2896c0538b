"""The look of a workbook's cells, and how a value is written as a cell of its own type."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.cells import Cell, defused, exact, visible

# Nothing that looks like a formula, a number or an address becomes one.
AS_WRITTEN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# What one cell of a spreadsheet holds; a longer text would be left out as a whole.
LONGEST_TEXT = 32_767
# The day before a spreadsheet's day 1; it counts a 29 February 1900, which all our days are after.
DAY_ZERO = date(1899, 12, 30)
# The code before a pattern names the language of its month names, and where a program heeds it, of its separators.
LOCALE = {"id": "[$-421]", "en": "[$-809]"}
DAY_PATTERN = "d mmmm yyyy"
NUMBER_PATTERNS = {0: "#,##0", 1: "#,##0.0", 2: "#,##0.00"}
NAVY, GREY, WASH, ORANGE = "#1E3A5F", "#5B6472", "#F0F3F8", "#B45309"
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "cell": {"font_name": "Calibri", "font_size": 10, "valign": "top"},
    "title": {"bold": True, "font_size": 13, "font_color": NAVY},
    "figure": {"bold": True, "font_size": 28, "font_color": NAVY, "align": "left"},
    "bold": {"bold": True},
    "warning": {"bold": True, "font_color": ORANGE},
    "name": {"font_color": GREY},
    "link": {"font_color": "#0B6BCB", "underline": 1},
    "head": {"bold": True, "text_wrap": True, "bg_color": WASH, "font_color": NAVY, "bottom": 1, "bottom_color": NAVY},
    "row": {"bottom": 1, "bottom_color": "#DDE3EC", "valign": "vcenter"},
    "tall": {"valign": "top"},
    "total": {"bold": True, "bg_color": WASH, "font_color": NAVY, "top": 1, "bottom": 1, "valign": "vcenter"},
    "left": {"align": "left"},
    "right": {"align": "right"},
    "indented": {"indent": 1},
    "wrapped": {"text_wrap": True},
    # Words of a status keep 4,5 : 1 on their fill.
    "main": {"bg_color": "#E7ECF3", "font_color": NAVY},
    "target": {"bg_color": "#E7ECF3", "font_color": NAVY},
    "context": {"bg_color": "#F3F4F6", "font_color": "#4B5563"},
    "better": {"bg_color": "#E3F0FC", "font_color": "#084C91"},
    "concern": {"bg_color": "#FDF0E3", "font_color": "#92400E"},
    "unmet": {"bg_color": "#FBE9E9", "font_color": "#B91C1C"},
}
# How texts of a table stand, and its numbers: one too long for its column is printed smaller, never as ####.
TEXT_IN_TABLE = {"align": "left", "indent": 1, "text_wrap": True}
NUMBER = {"shrink": True}


@dataclass(frozen=True)
class CellLook:
    """The formats of one cell by what it holds; `blank` None leaves an unknown cell out of the file."""

    text: Format
    day: Format
    number: Format
    blank: Format | None


class Looks:
    """The formats of one workbook, each made when it is first asked for: `looks("head", "left")`."""

    def __init__(self, book: Workbook, language: str) -> None:
        self._book, self._locale = book, LOCALE[language]
        self._formats: dict[tuple[str, ...], Format] = {}
        self._cells: dict[tuple[tuple[str, ...], int], CellLook] = {}

    def __call__(self, *names: str) -> Format:
        if names not in self._formats:
            self._formats[names] = self._made(names, {})
        return self._formats[names]

    def in_table(self, names: tuple[str, ...], decimals: int) -> CellLook:
        """Of a cell in a table, whose rows have a look of their own."""
        key = (names, decimals)
        if key not in self._cells:
            self._cells[key] = self._cell_look(names, decimals, TEXT_IN_TABLE, self(*names))
        return self._cells[key]

    def alone(self, *names: str) -> CellLook:
        """Of a cell that stands beside its name, at the left whatever it holds."""
        key = (("alone", *names), 0)
        if key not in self._cells:
            self._cells[key] = self._cell_look((*names, "left"), 0, {}, None)
        return self._cells[key]

    def _cell_look(self, names: tuple[str, ...], decimals: int, text: Mapping, blank: Format | None) -> CellLook:
        day = self._made(names, {**text, "num_format": self._locale + DAY_PATTERN})
        number = self._made(names, {**NUMBER, "num_format": self._locale + NUMBER_PATTERNS[decimals]})
        return CellLook(self._made(names, text), day, number, blank)

    def _made(self, names: tuple[str, ...], more: Mapping[str, Any]) -> Format:
        merged: dict[str, Any] = dict(LOOKS["cell"])
        for name in names:
            merged |= LOOKS[name]
        return self._book.add_format({**merged, **more})


def safe(text: str) -> str:
    """The text as a cell may hold it: seen as it is, run by nobody, no longer than a cell."""
    cleaned = defused(visible(text))
    return cleaned if len(cleaned) <= LONGEST_TEXT else cleaned[: LONGEST_TEXT - 1] + "…"


def write_text(page: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    page.write_string(row, column, safe(text), look)


def write_cell(page: Worksheet, row: int, column: int, value: Cell, look: CellLook) -> None:
    """A cell of its own type; what is unknown stays empty, in the look of its row."""
    if isinstance(value, str) and value:
        page.write_string(row, column, safe(value), look.text)
    elif value is None or value == "":
        if look.blank:
            page.write_blank(row, column, None, look.blank)
    elif isinstance(value, int):
        page.write_number(row, column, value, look.number)
    elif isinstance(value, date):
        page.write_number(row, column, (value - DAY_ZERO).days, look.day)
    else:
        page.write_number(row, column, float(exact(value)), look.number)
