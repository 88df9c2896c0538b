"""The first sheet of a pack's workbook: what it says in five lines, where it comes from, and what is on which sheet."""

from collections.abc import Iterator, Sequence

from xlsxwriter.worksheet import Worksheet

from reports.book_text import CHARTS, DEFINITIONS, NOTES, NUMBERS, Desk, finish_page, write_head, write_link
from reports.cells import Cell, visible
from reports.grid import LINE_PT, height_of, lines_of
from reports.looks import NAVY, write_cell, write_text

WIDTHS = (30, 108)
FIGURE_PT = 40
# More would be printed too small on one page.
MOST_ROWS_ON_A_PAGE = 46


def write_cover(desk: Desk, page: Worksheet) -> None:
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)
    pack, words = desk.pack, desk.words
    row = write_head(desk, page, pack.title, sum(WIDTHS)) + 1
    row = _write_headline(desk, page, row)
    for name, value in pack.facts:
        row = _write_pair(desk, page, row, name, value)
    row = _write_list(desk, page, row + 1, words["summary"], pack.summary)
    row = _write_contents(desk, page, row + 1)
    row = _write_list(desk, page, row + 1, words["sources"], pack.sources)
    row = _write_pair(desk, page, row + 1, words["origin"], pack.origin)
    row = _write_pair(desk, page, row, words["hash"], pack.content_hash)
    finish_page(desk, page, pack.title)
    page.fit_to_pages(1, 1 if row <= MOST_ROWS_ON_A_PAGE else 0)
    page.set_tab_color(NAVY)


def _write_headline(desk: Desk, page: Worksheet, row: int) -> int:
    """The figure beside its band and its parts, one line each below its name; returns the row after it."""
    headline = desk.pack.headline
    if headline is None:
        return row
    write_text(page, row, 0, headline.name, desk.looks("name"))
    write_text(page, row + 1, 0, headline.figure, desk.looks("figure"))
    said = [" · ".join(part for part in (headline.band, *headline.anatomy) if part), *headline.asides]
    page.write_string(row + 1, 1, "\n".join(visible(text) for text in said if text), desk.looks("wrapped", "left"))
    page.set_row(row + 1, max(FIGURE_PT, LINE_PT * sum(lines_of(text, WIDTHS[1]) for text in said)))
    return row + 3


def _write_pair(desk: Desk, page: Worksheet, row: int, name: str, value: Cell) -> int:
    page.set_row(row, height_of([name, value], WIDTHS))
    write_text(page, row, 0, name, desk.looks("name", "wrapped"))
    write_cell(page, row, 1, value, desk.looks.alone("wrapped"))
    return row + 1


def _write_list(desk: Desk, page: Worksheet, row: int, name: str, texts: Sequence[str]) -> int:
    for at, text in enumerate(texts):
        row = _write_pair(desk, page, row, "" if at else name, text)
    return row


def _write_contents(desk: Desk, page: Worksheet, row: int) -> int:
    for column, name in enumerate(("sheet", "says")):
        write_text(page, row, column, desk.words[name], desk.looks("head", "left"))
    for code, name, says in _contents(desk):
        row += 1
        page.set_row(row, height_of([name, says], WIDTHS))
        if code:
            write_link(desk, page, row, code, name)
        else:
            write_text(page, row, 0, name, desk.looks("name"))
        write_text(page, row, 1, says, desk.looks("wrapped", "left"))
    return row + 1


def _contents(desk: Desk) -> Iterator[tuple[str, str, str]]:
    """(code of the sheet or "", name of the sheet or else of the section, what it says) for every line."""
    words = desk.words
    if CHARTS in desk.tabs:
        yield CHARTS, desk.tabs[CHARTS], words["charts_title"]
    for section in desk.pack.sections:
        for at, table in enumerate(section.tables):
            yield table.code, desk.tabs[table.code], table.title if at else section.title
        if section.why_empty:
            yield "", section.name, section.why_empty
        elif not section.tables:
            yield CHARTS if section.chart else "", section.name, section.title
    yield NOTES, desk.tabs[NOTES], words["notes_title"]
    yield DEFINITIONS, desk.tabs[DEFINITIONS], words["definitions_title"]
    if NUMBERS in desk.tabs:
        yield NUMBERS, desk.tabs[NUMBERS], words["numbers_title"]
