"""Cells that a workbook shows as percentages: it holds 0,456 and shows 45,6%, and what is shown is what was meant."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any

BUILT_IN = frozenset(("9", "10"))  # '0%' and '0.00%', which no style sheet spells out
NO_SIGN = re.compile(r'"[^"]*"|\\.')  # in a format: text that is shown as it stands
FORMAT_TAG, CELL_TAG = "{*}numFmt", "{*}cellXfs/{*}xf"
MOST_TRIED = 50  # formats that the pattern names one by one; thousands, each tried at each cell, would take hours
DIGITS = 12  # of what a cell shows; more are those of binary fractions

# By column, 0 is the first, the rows whose cells are shown so, 1 is the first, in ascending order.
Percents = Mapping[int, Sequence[int]]


def percent_styles(styles: Any) -> list[int]:
    """The numbers of the cell formats that show percentages, of the parsed style sheet of a workbook."""
    shown = {
        found.get("numFmtId")
        for found in styles.iter(FORMAT_TAG)
        if "%" in NO_SIGN.sub("", found.get("formatCode", ""))
    }
    formats = styles.iterfind(CELL_TAG)
    return [number for number, found in enumerate(formats) if found.get("numFmtId") in shown | BUILT_IN]


class PercentCells:
    """Collects from pieces of a sheet's XML the cells with one of these formats."""

    def __init__(self, styles: Iterable[int]) -> None:
        self._styles = frozenset(b"%d" % number for number in styles)
        tried = b"|".join(self._styles) if len(self._styles) <= MOST_TRIED else rb"\d+"
        self._cell = re.compile(
            rb"<(?:[^\s<>/:]+:)?c\s(?=[^<>]*?\bs\s*=\s*[\"'](%b)[\"'])[^<>]*?\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})[\"']"
            % tried
        )
        self._found: dict[int, array[int]] = {}

    @property
    def found(self) -> Percents:
        """Each cell once, though a damaged sheet may hold it twice."""
        return {column: array("I", sorted(set(rows))) for column, rows in self._found.items()}

    def see(self, xml: bytes) -> None:
        for style, letters, row in self._cell.findall(xml) if self._styles else ():
            if style in self._styles:
                self._found.setdefault(_column(letters), array("I")).append(int(row))


def as_shown(rows: list[Any], first_row: int, percents: Percents) -> list[Any]:
    """Rows of cells, the first of them with this number, the numbers among their percentages as they are shown."""
    changed: dict[int, list[Any]] = {}
    for column, numbers in percents.items():
        start = bisect_left(numbers, first_row)
        for number in takewhile(lambda number: number < first_row + len(rows), numbers[start:]):
            at = number - first_row
            if column < len(rows[at]) and type(rows[at][column]) in (int, float):
                cells = changed.setdefault(at, list(rows[at]))
                cells[column] = _shown(cells[column])
    return [changed.get(at, row) for at, row in enumerate(rows)] if changed else rows


def _shown(value: float) -> str:
    return f"{100 * value:.{DIGITS}g}%".replace(".", ",")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
