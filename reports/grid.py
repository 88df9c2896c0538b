"""Tables in a sheet: columns as wide as A4 allows, rows as high as their texts, and the printed page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil

from xlsxwriter.worksheet import Worksheet

from reports.cells import Cell, visible
from reports.looks import Looks, write_cell, write_text

A4 = 9
NARROWEST, WIDEST = 7, 60
# In characters, what A4 across still prints at about 6 point; texts of a wider sheet wrap, at the first of these widths
# that fits.
PAGE_WIDTH = 230
WRAPPED_WIDTHS = (WIDEST, 40, 30, 24, 18, 14)
# The same at the size of the screen; no column of texts need be narrower than `READABLE` for it.
FULL_SIZE_WIDTH, READABLE = 148, 30
LINE_PT, ROW_PT, TITLE_PT = 13.5, 15.0, 18.0
# The width of a usual letter, and how much more a capital takes, in widths of a digit.
LETTER, CAPITAL = 0.9, 0.25
# Below the words of a heading there is room for the button of its filter, which would cover them.
FILTER_PT = 15
LONGEST_PRINTED = 110
PAGE_NUMBERS = {"id": "Halaman &P dari &N", "en": "Page &P of &N"}


@dataclass(frozen=True)
class Heading:
    """One column: its header, how many decimals its numbers show (the cells keep what they have), whether they are
    numbers, whose header then stands at the right as they do, and whether it is folded away behind a + above it."""

    text: str
    decimals: int = 0
    is_numeric: bool = False
    is_folded: bool = False


@dataclass(frozen=True)
class Grid:
    """The columns of one table and their widths. `usual_pt` is the height of rows for which none is set: a sheet of a
    hundred thousand rows need not remember that of each."""

    headings: Sequence[Heading]
    widths: Sequence[float]
    usual_pt: float = ROW_PT


def column_widths(
    headings: Sequence[Heading], rows: Sequence[Sequence[Cell]], *, fits_page: bool = True
) -> list[float]:
    """As wide as the longest cell and the longest word of the heading, but only texts may be cut to fit the page: they
    wrap."""
    asked = [_asked(heading, [row[at] for row in rows]) for at, heading in enumerate(headings)]
    tried = {widest: [max(least, min(widest, texts)) for least, texts in asked] for widest in WRAPPED_WIDTHS}
    in_full = (widths for widest, widths in tried.items() if widest >= READABLE and sum(widths) <= FULL_SIZE_WIDTH)
    smaller = (widths for widths in tried.values() if sum(widths) <= PAGE_WIDTH)
    full = next(in_full, None) if fits_page else tried[WIDEST]
    if full:
        return _with_rest(full, asked, FULL_SIZE_WIDTH)
    return _with_rest(next(smaller, tried[WRAPPED_WIDTHS[-1]]), asked, PAGE_WIDTH)


def _with_rest(widths: list[float], asked: Sequence[tuple[float, float]], whole: float) -> list[float]:
    """What is left of the page goes to the columns whose texts wrap, in equal parts."""
    wrapping = [at for at, (width, (_, texts)) in enumerate(zip(widths, asked, strict=True)) if width < texts]
    more = int(max(0.0, whole - sum(widths)) / len(wrapping)) if wrapping else 0
    return [
        max(width, min(WIDEST, asked[at][1], width + more)) if at in wrapping else width
        for at, width in enumerate(widths)
    ]


def _asked(heading: Heading, cells: Sequence[Cell]) -> tuple[float, float]:
    """The least width of a column, and the one that its texts ask for."""
    texts = max((_length(cell) for cell in cells if isinstance(cell, str)), default=0)
    others = max((len(_printed(cell, heading.decimals)) for cell in cells if not isinstance(cell, str)), default=0)
    word = max(map(_length, heading.text.split()), default=0)
    return max(NARROWEST, min(WIDEST, others + 2), min(WIDEST, ceil(word) + 3)), ceil(texts) + 2


def _printed(cell: Cell, decimals: int) -> str:
    if isinstance(cell, date):
        return "30 September 2024"
    return f"{cell:,.{decimals}f}" if isinstance(cell, float | int | Decimal) else ""


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column of this width, an indent and a margin taken off."""
    room = (width - 1.5) / LETTER
    # Capitals are counted only where they can matter.
    if (1 + CAPITAL) * len(text) <= room or _length(text) <= room:
        return 1
    return _broken_lines(text, room)


def _broken_lines(text: str, room: float) -> int:
    """Lines break between words, and within one that is longer than a line."""
    lines, used = 1, 0.0
    for word in text.split(" "):
        length = _length(word)
        if used and used + 1 + length > room:
            lines, used = lines + 1, 0.0
        used += length + (1 if used else 0)
        while used > room:
            lines, used = lines + 1, used - room
    return lines


def _length(text: str) -> float:
    """In usual letters: capitals are wider."""
    return len(text) + CAPITAL * sum(map(str.isupper, text))


def height_of(cells: Iterable[Cell], widths: Sequence[float]) -> float:
    """In points: not every program makes room for wrapped text by itself."""
    lines = 1
    for cell, width in zip(cells, widths, strict=True):
        if isinstance(cell, str):
            lines = max(lines, lines_of(cell, width))
    return lines * LINE_PT if lines > 1 else ROW_PT


def write_headings(page: Worksheet, row: int, grid: Grid, looks: Looks, *, has_filter: bool = True) -> None:
    lines = 1
    for column, (heading, width) in enumerate(zip(grid.headings, grid.widths, strict=True)):
        page.set_column(column, column, width, None, _folding(grid, column))
        placed = ("right",) if heading.is_numeric else ("left", "indented")
        write_text(page, row, column, heading.text, looks("head", *placed))
        if not heading.is_folded:
            lines = max(lines, lines_of(heading.text, width - 1))  # bold letters are wider
    page.set_row(row, lines * LINE_PT + (FILTER_PT if has_filter else 3))


def _folding(grid: Grid, column: int) -> dict[str, int | bool]:
    """Folded columns are one level down; the first behind them carries the + that opens them."""
    if grid.headings[column].is_folded:
        return {"level": 1, "hidden": True}
    return {"collapsed": column > 0 and grid.headings[column - 1].is_folded}


def write_row(
    page: Worksheet,
    row: int,
    cells: Sequence[Cell],
    grid: Grid,
    looks: Looks,
    *,
    look: str = "row",
    filled: tuple[int | None, str | None] = (None, None),
    decimals: Sequence[int] | None = None,
) -> None:
    """One line of a table, high enough for its texts; `filled` is the number of a column and the tone of its fill.

    `decimals` are those of its numbers, None: those of the columns.
    """
    height = height_of(cells, grid.widths)
    if height != grid.usual_pt:
        page.set_row(row, height)
    names = (look, "tall") if height > ROW_PT else (look,)
    for at, (cell, heading) in enumerate(zip(cells, grid.headings, strict=True)):
        own = (*names, filled[1]) if filled[1] and at == filled[0] else names
        write_cell(page, row, at, cell, looks.in_table(own, decimals[at] if decimals else heading.decimals))


def set_up_print(page: Worksheet, title: str, language: str, *, warning: str | None, origin: str = "") -> None:
    """A4 across, the title and the warning above every page, its number and where the numbers come from below."""
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    page.hide_gridlines(1)
    # Not by set_header, which takes the end of "PT A&G" for the place of a picture and then prints nothing at all. The
    # blank ends the number of the size: a title that begins with a digit would be printed in size 92.
    page.header = f"&L&9 {_printable(title)}" + (f"&R&9 {_printable(warning)}" if warning else "")
    page.footer = (f"&L&9 {_printable(origin)}" if origin else "") + f"&R&9{PAGE_NUMBERS[language]}"
    page.header_footer_changed = True


def _printable(text: str) -> str:
    # A header holds 255 signs in all, and an ampersand begins a command.
    text = visible(text)
    return (text if len(text) <= LONGEST_PRINTED else text[: LONGEST_PRINTED - 1] + "…").replace("&", "&&")
