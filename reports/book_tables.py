"""The sheets of tables in a pack's workbook: one table each, its finding above, its true total below.

A table is walked through once and its lines are forgotten as they are written, so that a hundred thousand of them take
no more memory than a thousand.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain, islice
from math import ceil, inf

from xlsxwriter.worksheet import Worksheet

from reports.book_text import (
    DEFINITIONS,
    NOTES,
    Desk,
    finish_page,
    source_line,
    write_asides,
    write_head,
    write_lines,
)
from reports.cells import Cell
from reports.grid import (
    FULL_SIZE_WIDTH,
    PAGE_WIDTH,
    ROW_PT,
    Grid,
    Heading,
    column_widths,
    height_of,
    write_headings,
    write_row,
)
from reports.looks import write_text
from reports.pack import Column, Line, Section, Table

# Columns are as wide as the first lines ask for: those of a long table are read from the edition only once.
MEASURED_LINES = 2_000
# Room for larger numbers further down.
UNSEEN = 3
# What a narrow table is printed at, so that its title has room; behind it lie columns of a usual width.
LEAST_WIDTH, USUAL_WIDTH = 120, 9
# Names of columns frozen at the left may take this much of a screen.
MOST_FROZEN = 70
HAIR_PT = 3


def write_table(
    desk: Desk, page: Worksheet, section: Section | None, table: Table, count: Callable[[], None] = lambda: None
) -> None:
    """The table on its sheet; `count` is called for every line written."""
    lines = iter(table.lines)
    first = list(islice(lines, MEASURED_LINES))
    grid = _grid(table, first)
    page.set_default_row(grid.usual_pt)
    open_width = sum(width for width, one in zip(grid.widths, grid.headings, strict=True) if not one.is_folded)
    width = max(LEAST_WIDTH, open_width)
    head = _write_above(desk, page, section, table, grid, width)
    write_headings(page, head, grid, desk.looks)
    end = _write_lines(desk, page, head + 1, table, chain(first, lines), grid, count)
    page.autofilter(head, 0, end - 1, len(grid.headings) - 1)
    page.freeze_panes(head + 1, _frozen_columns(table.columns, grid.widths))
    end = _write_below(desk, page, end, section, table, grid, width)
    finish_page(desk, page, table.title)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    page.print_area(0, 0, end - 1, len(grid.widths) - 1 + ceil((width - open_width) / USUAL_WIDTH))


def _grid(table: Table, first: Sequence[Line]) -> Grid:
    """Columns as wide as the first lines ask for, those folded that the page has no room for."""
    rows = [line.cells for line in first] + ([table.total.cells] if table.total else [])
    plain = [Heading(column.text, column.decimals, column.is_numeric) for column in table.columns]
    # Until the page holds what is open: first what the screen does not show, then what no slide shows.
    steps = (
        (FULL_SIZE_WIDTH, [False] * len(plain)),
        (PAGE_WIDTH, [column.is_detail for column in table.columns]),
        (inf, [column.is_detail or not column.is_brief for column in table.columns]),
    )
    # The first column stays open: the title stands in it.
    tried = (_folded(plain, rows, [False, *folded[1:]], most) for most, folded in steps)
    headings, widths = next(found for found in tried if found)
    more = UNSEEN if len(table.lines) > len(first) else 0
    widths = [width + more * one.is_numeric for width, one in zip(widths, headings, strict=True)]
    heights = Counter(height_of(line.cells, widths) for line in first) or Counter([ROW_PT])
    return Grid(headings, widths, heights.most_common(1)[0][0])


def _folded(
    plain: Sequence[Heading], rows: Sequence[Sequence[Cell]], folded: Sequence[bool], most: float
) -> tuple[list[Heading], list[float]] | None:
    """Headings and widths with these columns folded, None where the open ones are wider than `most` together: those
    are as wide as if they were alone."""
    widths: dict[int, float] = {}
    for part in (False, True):
        places = [at for at, is_folded in enumerate(folded) if is_folded == part]
        cells = [[row[at] for at in places] for row in rows]
        # Folded columns are wide, so that their texts make no row higher.
        own = column_widths([plain[at] for at in places], cells, fits_page=not part)
        widths |= zip(places, own, strict=True)
        if not part and sum(widths.values()) > most:
            return None
    headings = [replace(one, is_folded=is_folded) for one, is_folded in zip(plain, folded, strict=True)]
    return headings, [widths[at] for at in range(len(plain))]


def _write_above(desk: Desk, page: Worksheet, section: Section | None, table: Table, grid: Grid, width: float) -> int:
    """What stands above the headings; returns their row."""
    row = write_head(desk, page, section.title if section else table.title, width)
    if section:
        if table.title != section.title:
            row = write_lines(page, row, table.title, desk.looks("bold"), width)
        row = write_asides(desk, page, row, [section.subtitle, source_line(desk, section)], width)
    if any(one.is_folded for one in grid.headings):
        row = write_asides(desk, page, row, [desk.words["folded"]], width)
    _write_blank_row(desk, page, row, ROW_PT)
    return row + 1


def _write_lines(
    desk: Desk,
    page: Worksheet,
    row: int,
    table: Table,
    lines: Iterable[Line],
    grid: Grid,
    count: Callable[[], None],
) -> int:
    """The lines, or the sentence in place of them; returns the row after them."""
    for line in lines:
        filled = (table.status_column, line.tone)
        write_row(page, row, line.cells, grid, desk.looks, filled=filled, decimals=line.decimals)
        row += 1
        count()
    if len(table.lines):
        return row
    write_text(page, row, 0, table.empty, desk.looks("name"))
    return row + 1


def _write_below(
    desk: Desk, page: Worksheet, row: int, section: Section | None, table: Table, grid: Grid, width: float
) -> int:
    """JUMLAH, a hair below the lines so that neither a filter nor sorting takes it along, and what is said of it."""
    if table.total:
        _write_blank_row(desk, page, row, HAIR_PT)
        write_row(page, row + 1, table.total.cells, grid, desk.looks, look="total")
        row += 2
    _write_blank_row(desk, page, row, ROW_PT)
    return write_asides(desk, page, row + 1, [table.total_note, *(section.asides if section else ())], width)


def _write_blank_row(desk: Desk, page: Worksheet, row: int, height: float) -> None:
    page.set_row(row, height)
    # Written row by row, a row without any cell would lose its height.
    page.write_blank(row, 0, None, desk.looks("name"))


def _frozen_columns(columns: Sequence[Column], widths: Sequence[float]) -> int:
    """Those up to the first that names the line, as long as they leave room on a small screen."""
    named = next((at for at, column in enumerate(columns) if not column.is_numeric), 0) + 1
    return named if sum(widths[:named]) <= MOST_FROZEN else named - 1


def notes(desk: Desk) -> Table:
    """What a reader should know of each finding, said once for all that it holds of."""
    words = desk.words
    columns = [_texts(words[name]) for name in ("section", "note", "sources")]
    holds_of: dict[tuple[str, str], list[str]] = {}
    for part in desk.pack.sections:
        for note in part.notes:
            holds_of.setdefault((note, part.source), []).append(part.name)
    lines = [_line("; ".join(dict.fromkeys(names)), note, source) for (note, source), names in holds_of.items()]
    return Table(NOTES, words[NOTES], words["notes_title"], columns, lines, empty=words["no_notes"])


def definitions(desk: Desk) -> Table:
    """The measures of the pack in words."""
    words = desk.words
    columns = [_texts(words[name]) for name in ("measure", "formula", "exclusions", "sources")]
    columns.append(Column(words["version"]))
    lines = [
        Line([one.name, one.formula, " ".join(filter(None, (one.exclusions, one.limits))), one.source, one.version], [])
        for one in desk.pack.definitions
    ]
    title, empty = words["definitions_title"], words["no_definitions"]
    return Table(DEFINITIONS, words[DEFINITIONS], title, columns, lines, empty=empty)


def _texts(header: str) -> Column:
    return Column(header, is_numeric=False, is_wide=True)


def _line(*texts: str) -> Line:
    return Line(texts, texts)
