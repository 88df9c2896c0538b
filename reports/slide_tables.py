"""Tables of a pack as native tables of a slide: the first lines, at the largest letters that fit their place."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.slide import Slide
from pptx.util import Pt

from reports.cells import visible
from reports.fitting import height_of, lines_of, shortened, width_of
from reports.pack import Line, Table
from reports.slide_charts import COLOURS, INK
from reports.slide_master import Frame

MOST_LINES = 8
SIZES = (14, 13, 12, 11, 10)
CELL_LINES, HEAD_LINES = 2, 3
PAD_X, PAD_Y = 4, 3
# Narrower, a name breaks after every word.
LEAST_TEXT = 96
# Wider, a few short columns stand too far apart to be read across.
MOST_STRETCH = 1.5
PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
WASH, RULE, NAVY = "F0F3F8", "D5DBE4", COLOURS["main"]
BORDER = """<a:{side} xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" w="{width}" cap="flat"><a:solidFill>
<a:srgbClr val="{colour}"/></a:solidFill></a:{side}>"""


@dataclass(frozen=True)
class Fit:
    """How a table stands in its place: size of letters, widths of columns, heights of rows, all in points."""

    size: float
    widths: Sequence[float]
    texts: Sequence[Sequence[str]]
    heights: Sequence[float]
    lines: int


def shown_lines(table: Table) -> list[Line]:
    """The lines that a slide shows; of a long table no more are read."""
    return list(islice(table.lines, MOST_LINES))


def narrowest(table: Table, size: float) -> float:
    """Points that the table needs at this size, its names wrapped."""
    return sum(least for least, _ in _column_widths(table, shown_lines(table), size))


def fitted(table: Table, width: float, height: float) -> Fit:
    """The table at the largest size at which it fits; where even the least is too large, with fewer lines."""
    lines = shown_lines(table)
    tried = [_fit(table, lines, width, size) for size in SIZES]
    found = next((fit for fit in tried if fit and sum(fit.heights) <= height), None)
    for most in range(len(lines), 0, -1):
        found = found or _fit(table, lines[:most], width, SIZES[-1], is_forced=True)
        if found and (sum(found.heights) <= height or most == 1):
            return found
        found = None
    fit = _fit(table, lines, width, SIZES[-1], is_forced=True)
    assert fit is not None
    return fit


def _fit(table: Table, lines: Sequence[Line], width: float, size: float, *, is_forced: bool = False) -> Fit | None:
    asked = _column_widths(table, lines, size)
    if sum(least for least, _ in asked) > width and not is_forced:
        return None
    widths = _shared(asked, width)
    kept = [at for at, column in enumerate(table.columns) if column.is_brief]
    heads = [[visible(table.columns[at].text) for at in kept]]
    bodies = [[visible(line.texts[at]) for at in kept] for line in (*lines, *([table.total] if table.total else []))]
    texts = [*_cut(heads, widths, size, HEAD_LINES, bold=True), *_cut(bodies, widths, size, CELL_LINES)]
    heights = [_row_height(row, widths, size, bold=number == 0) for number, row in enumerate(texts)]
    return Fit(size, widths, texts, heights, len(lines))


def _column_widths(table: Table, lines: Sequence[Line], size: float) -> list[tuple[float, float]]:
    """(least, natural) width of each brief column: numbers and words stay whole, names may wrap."""
    found = []
    for at, column in enumerate(table.columns):
        if not column.is_brief:
            continue
        texts = [visible(line.texts[at]) for line in (*lines, *([table.total] if table.total else []))]
        natural = max([width_of(text, size, bold=True) for text in texts] or [0])
        heading = visible(column.text)
        word = max([width_of(word, size, bold=True) for word in heading.split()] or [0])
        wraps = not column.is_numeric and natural > LEAST_TEXT
        least = max(LEAST_TEXT if wraps else natural, word) + 2 * PAD_X
        found.append((least, max(natural, min(width_of(heading, size, bold=True), 1.5 * word)) + 2 * PAD_X))
    return found


def _shared(asked: Sequence[tuple[float, float]], width: float) -> list[float]:
    """What is left goes to columns that wrap, then to all alike; what lacks is taken from the widest."""
    least = [low for low, _ in asked]
    if sum(least) > width:
        return [low * width / sum(least) for low in least]
    wished = [max(natural - low, 0) for low, natural in asked]
    share = min(1.0, (width - sum(least)) / sum(wished)) if sum(wished) else 0.0
    widths = [low + share * wish for low, wish in zip(least, wished, strict=True)]
    return [one * min(width / sum(widths), MOST_STRETCH) for one in widths]


def _cut(
    rows: Sequence[Sequence[str]], widths: Sequence[float], size: float, most: int, *, bold: bool = False
) -> list[list[str]]:
    return [
        [shortened(text, size, width - 2 * PAD_X, most, bold=bold) for text, width in zip(row, widths, strict=True)]
        for row in rows
    ]


def _row_height(row: Sequence[str], widths: Sequence[float], size: float, *, bold: bool) -> float:
    lines = max(lines_of(text, size, width - 2 * PAD_X, bold=bold) for text, width in zip(row, widths, strict=True))
    return height_of(lines, size) + 2 * PAD_Y


def add_table(slide: Slide, table: Table, fit: Fit, frame: Frame) -> Frame:
    """The table at the top of its place; returns the room that it took."""
    kept = [at for at, column in enumerate(table.columns) if column.is_brief]
    tall = Pt(sum(fit.heights))
    shape = slide.shapes.add_table(len(fit.texts), len(kept), frame.left, frame.top, Pt(sum(fit.widths)), tall)
    shape._element.nvGraphicFramePr.cNvPr.set("descr", visible(table.title))
    native = shape.table
    native._tbl.tblPr.find("{*}tableStyleId").text = PLAIN_STYLE
    native.horz_banding = False
    for at, width in enumerate(fit.widths):
        native.columns[at].width = Pt(width)
    for at, height in enumerate(fit.heights):
        native.rows[at].height = Pt(height)
    tones = [None, *(line.tone for line in shown_lines(table)[: fit.lines]), None]
    for number, row in enumerate(fit.texts):
        is_total = table.total is not None and number == len(fit.texts) - 1
        native.last_row = is_total or native.last_row
        for at, text in enumerate(row):
            column = kept[at]
            cell = native.cell(number, at)
            is_bold = number == 0 or is_total or (column == table.status_column and tones[number] is not None)
            colour = NAVY if number == 0 else INK
            if column == table.status_column and tones[number] is not None and not is_total:
                colour = COLOURS[tones[number]]
            _write(cell, text, fit.size, colour, is_bold=is_bold, is_right=table.columns[column].is_numeric)
            _frame_cell(cell, is_head=number == 0, is_total=is_total)
    return Frame(frame.left, frame.top, int(Pt(sum(fit.widths))), int(tall))


def _write(cell: Any, text: str, size: float, colour: str, *, is_bold: bool, is_right: bool) -> None:
    cell.margin_left = cell.margin_right = Pt(PAD_X)
    cell.margin_top = cell.margin_bottom = Pt(PAD_Y)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if is_right else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), is_bold
    run.font.color.rgb = RGBColor.from_string(colour)


def _frame_cell(cell: Any, *, is_head: bool, is_total: bool) -> None:
    """A thin rule below each row, a strong one above the total; no other lines."""
    properties = cell._tc.get_or_add_tcPr()
    rules = [("lnT", Pt(1.25), NAVY)] if is_total else []
    rules.append(("lnB", Pt(1) if is_head else Pt(0.5), NAVY if is_head else RULE))
    for side, width, colour in rules:
        properties.append(parse_xml(BORDER.format(side=side, width=width, colour=colour)))
    if is_head:
        cell.fill.solid()
        cell.fill.fore_color.rgb = RGBColor.from_string(WASH)
