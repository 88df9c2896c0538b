"""Two sheets of a pack's workbook: all its charts, one to a page, and the numbers they are drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from textwrap import wrap

from xlsxwriter.worksheet import Worksheet

from reports.book_text import NUMBERS, Desk, finish_page, source_line, write_asides, write_head, write_link
from reports.cells import visible
from reports.grid import Grid, Heading, write_headings, write_row
from reports.looks import write_text
from reports.native_charts import Strip, height_px, native_chart, strips_of
from reports.pack import Chart, Pack, Section

COLUMNS, COLUMN_PX, ROW_PX, PAGE_PX = 10, 100, 20, 690
# In characters, what stands beside each other on a page of charts.
PAGE_LETTERS = 145
PRINTED_PERCENT = 95
SHORTEST_CATEGORY, LONGEST_CATEGORY, STRIP_WIDTH = 20, 60, 16
# Rows of a block of numbers besides its categories: a title, headings, two blank ones.
BESIDES = 4


@dataclass(frozen=True)
class Place:
    """A chart and where its numbers lie: `top` is the row of their headings."""

    section: Section
    chart: Chart
    strips: Sequence[Strip]
    top: int


def places_of(pack: Pack) -> list[Place]:
    places: list[Place] = []
    top = BESIDES
    for section in pack.sections:
        if section.chart and not section.why_empty:
            places.append(Place(section, section.chart, strips_of(section.chart, pack.language), top))
            top += len(section.chart.categories) + BESIDES
    return places


def write_charts(desk: Desk, page: Worksheet, places: Sequence[Place]) -> None:
    page.set_column_pixels(0, COLUMNS - 1, COLUMN_PX)
    row, breaks = 0, []
    for place in places:
        breaks.append(row)
        row = _write_chart(desk, page, row, place)
    finish_page(desk, page, desk.words["charts_title"])
    page.set_print_scale(PRINTED_PERCENT)
    page.print_area(0, 0, row - 1, COLUMNS - 1)
    page.set_h_pagebreaks(breaks[1:])


def _write_chart(desk: Desk, page: Worksheet, first: int, place: Place) -> int:
    """The finding, the chart, what is said beside it, and the way to its tables; returns the row of the next."""
    section = place.section
    row = write_head(desk, page, section.title, PAGE_LETTERS, first)
    row = write_asides(desk, page, row, [section.subtitle], PAGE_LETTERS)
    below = [*section.asides, source_line(desk, section)]
    others = row - first + sum(len(wrap(text, PAGE_LETTERS)) for text in below) + len(section.tables) + BESIDES
    height = height_px(place.chart, PAGE_PX - others * ROW_PX)
    drawn = native_chart(
        desk.book,
        place.chart,
        place.strips,
        sheet=desk.tabs[NUMBERS],
        top=place.top,
        language=desk.pack.language,
        height=height,
    )
    page.insert_chart(row, 0, drawn, {"description": visible(place.chart.alt), "object_position": 2})
    row += ceil(height / ROW_PX) + 1
    row = write_asides(desk, page, row, below, PAGE_LETTERS)
    for table in section.tables:
        write_link(desk, page, row, table.code, desk.words["table"].format(text=desk.tabs[table.code]))
        row += 1
    return row + 1


def write_numbers(desk: Desk, page: Worksheet, places: Sequence[Place]) -> None:
    write_head(desk, page, desk.words["numbers_title"], PAGE_LETTERS)
    longest = max(len(_shortened(category)) for place in places for category in place.chart.categories)
    for place in places:
        _write_strips(desk, page, place, max(SHORTEST_CATEGORY, longest))
    finish_page(desk, page, desk.words["numbers_title"])
    page.fit_to_pages(1, 0)


def _write_strips(desk: Desk, page: Worksheet, place: Place, width: float) -> None:
    decimals = 2 if place.chart.unit in ("percent", "points") else 0
    headings = [Heading(strip.name, decimals, is_numeric=True) for strip in place.strips]
    grid = Grid([Heading(desk.words["category"]), *headings], [width, *[STRIP_WIDTH] * len(headings)])
    write_text(page, place.top - 1, 0, place.section.title, desk.looks("bold"))
    write_headings(page, place.top, grid, desk.looks, has_filter=False)
    for step, category in enumerate(place.chart.categories):
        cells = [_shortened(category), *(strip.values[step] for strip in place.strips)]
        write_row(page, place.top + 1 + step, cells, grid, desk.looks)


def _shortened(text: str) -> str:
    """A category as the axis of a chart has room for it; the tables have the whole name."""
    text = visible(text)
    return text if len(text) <= LONGEST_CATEGORY else text[: LONGEST_CATEGORY - 1] + "…"
