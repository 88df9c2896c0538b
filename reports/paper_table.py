"""Tables on paper: which columns, how wide, in which letters, before anything is typeset."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from babel.numbers import format_decimal

from reports.canvas import width_of
from reports.pack import Column, Line, Section, Table
from reports.typesetting import SHAPES

WORDS = {
    "id": {
        "more": "{shown} baris pertama dari {all}; semua baris ada dalam berkas XLSX paket ini.",
        "elsewhere": "{all} baris, dalam berkas XLSX paket ini.",
    },
    "en": {
        "more": "First {shown} rows of {all}; all rows are in this pack's XLSX file.",
        "elsewhere": "Rows: {all}, in this pack's XLSX file.",
    },
}
# The page between its margins, in points.
PAGE_WIDTH = 493.0
SMALLEST, SMALLEST_FOR_A_LINE = 6.5, 7.0
CELL_SIZES = (8.5, 8.0, 7.5, 7.0, SMALLEST)
# As in handout.typ.
CELL_INSET = 3.0
# What a column of texts is given at least, as far as its longest word goes; longer words break.
NARROWEST, WIDEST_WORD = 64.0, 90.0
# A text that asks for more than this breaks before others do; one that asks for less than SHORT after them.
WIDEST, SHORT = 260.0, 82.0
MOST_BROKEN = 100.0
MOST_HEAD_LINES = 3
# More room than this between a name and its number leads the eye astray.
MOST_AIR = 110.0
# Digits of one width and rounding take a little more than what was measured.
SLACK = 1.02
# Longer than any meeting reads on paper; the workbook has them all.
MOST_LINES = 400
# A table of so few rows and letters moves to the next page as a whole.
MOST_UNBROKEN, LETTERS_UNBROKEN = 12, 2_000


def table_facts(table: Table, section: Section, language: str) -> dict[str, Any]:
    """Its brief columns, as wide as they must be, in the largest letters that fit the page."""
    kept = [at for at, column in enumerate(table.columns) if column.is_brief or column.is_on_paper]
    columns = [table.columns[at] for at in kept]
    lines = [] if table.only_in_workbook else list(islice(table.lines, MOST_LINES))
    rows = [[line.texts[at] for at in kept] for line in lines]
    total = [table.total.texts[at] for at in kept] if table.total and rows else None
    size, widths = column_widths(columns, [*rows, *([total] if total else [])])
    return {
        # What stands above in large letters is not said again.
        "title": table.name if table.title == section.title else table.title,
        "size": size,
        "widths": widths,
        "heads": [column.text for column in columns],
        "numeric": [column.is_numeric for column in columns],
        "rows": rows,
        "tones": [_tone(line, table.status_column) for line in lines],
        "status": kept.index(table.status_column) if table.status_column in kept else None,
        "is_short": len(rows) <= MOST_UNBROKEN and sum(len(text) for row in rows for text in row) < LETTERS_UNBROKEN,
        "total": total,
        "total_note": table.total_note if total else "",
        "empty": "" if lines else table.empty,
        "more": _more(table, len(lines), language),
    }


def _more(table: Table, on_paper: int, language: str) -> str:
    """Where the lines are that do not stand here."""
    whole = len(table.lines)
    words = WORDS[language]["more" if on_paper else "elsewhere"]
    grouped = [format_decimal(number, locale=language) for number in (on_paper, whole)]
    return words.format(shown=grouped[0], all=grouped[1]) if whole > on_paper else ""


def _tone(line: Line, status_column: int | None) -> str:
    return line.tone if line.tone and status_column is not None else ""


def column_widths(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> tuple[float, list[float]]:
    """The size of the letters and the width of every column, in points; together at most as wide as the page.

    Numbers never break, as long as the smallest letters fit. Texts share what is left so that they take as few lines as
    can be; what then remains goes to headers, and to the widest text.
    """
    size, least = _size_and_least(columns, rows)
    if sum(least) > PAGE_WIDTH:  # all give way alike, and numbers break as texts do
        return size, [width * PAGE_WIDTH / sum(least) for width in least]
    widths = _shared(least, _wished(rows, size) or least)
    widths = _granted(widths, [max(_cell(text, size) for text in texts) for texts in zip(*rows, strict=True)] or least)
    widths = _granted(widths, [_cell(column.text, size) for column in columns])
    texts = [at for at, column in enumerate(columns) if not column.is_numeric] or [0]
    last = max(texts, key=lambda at: (columns[at].is_wide, widths[at]))
    air = min(PAGE_WIDTH - sum(widths), MOST_AIR)
    return size, [width + air if at == last else width for at, width in enumerate(widths)]


def _size_and_least(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> tuple[float, list[float]]:
    """The largest letters that fit, or slightly smaller ones if names then stand in one line: half as many pages."""
    found = [(size, _least(columns, rows, size)) for size in CELL_SIZES]
    fitting = [(size, least) for size, least in found if sum(least) <= PAGE_WIDTH] or found[-1:]
    if len(rows) <= MOST_UNBROKEN:
        return fitting[0]
    wished = [(size, least, _wished(rows, size)) for size, least in fitting if size >= SMALLEST_FOR_A_LINE]
    unbroken = [(size, least) for size, least, wish in wished if sum(map(max, least, wish)) <= PAGE_WIDTH]
    return (unbroken or fitting)[0]


def _wished(rows: Sequence[Sequence[str]], size: float) -> list[float]:
    """What three of four texts of a column take in one line; a few long ones do not narrow the other columns."""
    cells = [sorted(_cell(text, size) for text in texts) for texts in zip(*rows, strict=True)]
    usual = [widths[-1] if widths[-1] <= SHORT else widths[len(widths) * 3 // 4] for widths in cells]
    return [min(width, WIDEST) for width in usual]


def _cell(text: str, size: float) -> float:
    """The width of a cell that holds the text in one line; as bold as that of JUMLAH."""
    shapes = sum(char in SHAPES for char in text)
    return (width_of(text, size, bold=True) + shapes * size) * SLACK + 2 * CELL_INSET


def _least(columns: Sequence[Column], rows: Sequence[Sequence[str]], size: float) -> list[float]:
    """Numbers in one line; of texts and headers the longest word, which breaks itself if it is very long."""
    found = []
    for at, column in enumerate(columns):
        texts = {row[at] for row in rows}
        words = {word for text in texts for word in text.split()}
        needed = max((_cell(text, size) for text in (texts if column.is_numeric else words)), default=0.0)
        found.append(max(needed if column.is_numeric else min(needed, NARROWEST), _head(column.text, size)))
    return found


def _head(text: str, size: float) -> float:
    """The least width of a header: its longest word, and three lines at most."""
    words = [_cell(word, size) - 2 * CELL_INSET for word in _head_words(text)]
    gap, tried = width_of(" ", size, bold=True), max(words, default=0.0)
    while _line_count(words, gap, tried) > MOST_HEAD_LINES:
        tried += 2
    return min(tried + 2 * CELL_INSET, WIDEST_WORD)


def _line_count(words: Sequence[float], gap: float, width: float) -> int:
    lines, used = 0, width
    for word in words:
        fits = used + gap + word <= width
        lines, used = (lines, used + gap + word) if fits else (lines + 1, word)
    return lines


def _head_words(head: str) -> list[str]:
    """What a header may break between: never before a unit, as in 'Cakupan, %'."""
    return head.replace(", ", ",\u00a0").split(" ")


def _shared(least: Sequence[float], wished: Sequence[float]) -> list[float]:
    """As wide as wished, or all in so many lines as make them fit: the same part of its wish for each column.

    Short texts, such as dates, stay whole as long as the others have room.
    """

    def broken(lines: float, short: float) -> list[float]:
        return [max(need, wish if wish <= short else wish / lines) for need, wish in zip(least, wished, strict=True)]

    short = SHORT if sum(broken(MOST_BROKEN, SHORT)) <= PAGE_WIDTH else 0.0
    few, many = 1.0, MOST_BROKEN
    if sum(broken(few, short)) <= PAGE_WIDTH:
        return broken(few, short)
    for _halved in range(30):
        middle = (few + many) / 2
        few, many = (few, middle) if sum(broken(middle, short)) <= PAGE_WIDTH else (middle, many)
    return broken(many, short)


def _granted(widths: Sequence[float], wished: Sequence[float]) -> list[float]:
    """Widths with what is left of the page: who wants least first, nobody more than a fair part of what remains."""
    given, spare = list(widths), PAGE_WIDTH - sum(widths)
    wants = sorted(
        (wish - width, at) for at, (width, wish) in enumerate(zip(widths, wished, strict=True)) if wish > width
    )
    for number, (want, at) in enumerate(wants):
        granted = max(0.0, min(want, spare / (len(wants) - number)))
        given[at] += granted
        spare -= granted
    return given
