"""Tables of a pack: the columns that the screen shows, each cell as value and as text."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from reports.cells import Cell
from reports.pack import Column, Line, Table, Tone
from ui import formats, tables

# Texts of more letters than this wrap instead of widening the table.
LONGEST_IN_A_LINE = 24


def pack_table(
    code: str,
    names: tuple[str, str],
    columns: Sequence[tables.Column],
    rows: Sequence[Any],
    language: str,
    *,
    brief: Collection[int] | None = None,
    paper: Collection[int] = (),
    status: int | None = None,
    tone: Callable[[Any], Tone | None] = lambda _row: None,
    total: Line | None = None,
    total_note: str = "",
    only_in_workbook: bool = False,
) -> Table:
    """The rows of one table of the screen. `names` are that of its sheet and its title.

    `brief` are the numbers of the columns for a slide, None: all that the screen shows; `paper` those that a page takes
    besides. `status` is that of the column with a status word, which `tone` colours.
    """
    lines = [line(columns, row, language, tone(row)) for row in rows]
    heads = [
        replace(
            head(column, is_wide=not column.numeric and any(len(made.texts[at]) > LONGEST_IN_A_LINE for made in lines)),
            is_brief=not column.only_in_file if brief is None else at in brief,
            is_on_paper=at in paper,
        )
        for at, column in enumerate(columns)
    ]
    name, title = names
    return Table(
        code, name, title, heads, lines, total, total_note, status, only_in_workbook=only_in_workbook
    )  # fmt: skip


def head(column: tables.Column, *, is_wide: bool) -> Column:
    """A column of the screen as one of a pack: brief where the screen shows it."""
    return Column(
        column.header,
        column.decimals,
        column.numeric,
        is_brief=not column.only_in_file,
        is_wide=is_wide,
        is_detail=column.only_in_file,
    )


def line(columns: Sequence[tables.Column], row: Any, language: str, tone: Tone | None = None) -> Line:
    """One row, as a file carries it and as the screen words it."""
    cells = [column.raw(row) for column in columns]
    return Line(cells, _texts(columns, row, cells, language), tone, tables.decimals_in(columns, row))


def _texts(columns: Sequence[tables.Column], row: Any, cells: Sequence[Cell], language: str) -> list[str]:
    return [
        plain_text(cell, column.decimals, language) if column.only_in_file else column.text(row)
        for column, cell in zip(columns, cells, strict=True)
    ]


class Worded(Sequence[str]):
    """The texts of one row of many, worded only when somebody reads them: a workbook takes the values."""

    def __init__(self, columns: Sequence[tables.Column], row: Any, cells: Sequence[Cell], language: str) -> None:
        self.columns, self.row, self.cells, self.language = columns, row, cells, language

    def __len__(self) -> int:
        return len(self.columns)

    def __getitem__(self, index: Any) -> Any:
        return _texts(self.columns, self.row, self.cells, self.language)[index]

    def __iter__(self) -> Iterator[str]:
        return iter(_texts(self.columns, self.row, self.cells, self.language))


def long_line(columns: Sequence[tables.Column], row: Any, language: str, tone: Tone | None = None) -> Line:
    """One row of a table that is read piece by piece."""
    cells = [column.raw(row) for column in columns]
    return Line(cells, Worded(columns, row, cells, language), tone)


def plain_text(cell: Cell, decimals: int, language: str) -> str:
    """What no screen shows, worded as the screen would: a dash where nothing is known."""
    if cell is None:
        return formats.UNKNOWN
    if isinstance(cell, date):
        return formats.day(cell, language)
    if isinstance(cell, int | float | Decimal):
        return formats.number(cell, language, decimals)
    return cell
