"""Tables of a pack as native tables of a slide: the first lines, at the largest letters that fit their place."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from itertools import islice

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Pt

from reports.cells import visible
from reports.fitting import height_of, lines_of, shortened, width_of
from reports.pack import Line, Table, Tone
from reports.slide_master import Frame, Native
from reports.slide_text import COLOURS, INK, Look, add_run

MOST_LINES = 8
SIZES = (14, 13, 12, 11)
# Texts of a short table may be longer, such as what was found and recommended.
CELL_LINES, HEAD_LINES, FEW_LINES, MOST_CELL_LINES = 3, 4, 4, 6
PAD_X, PAD_Y = 4, 3
ROOM_X = 2 * PAD_X + 2  # a text as wide as its cell is broken by some offices
# Narrower, a name breaks after every word.
LEAST_TEXT = 124
# Wider, a few short columns stand too far apart to be read across.
MOST_STRETCH = 1.5
PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
WASH, RULE, NAVY = "F0F3F8", "D5DBE4", COLOURS["main"]
BORDER = """<a:{side} xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" w="{width}" cap="flat">
<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:{side}>"""


@dataclass(frozen=True)
class Fit:
    """How a table stands in its place: the columns and lines shown, and in points letters, widths and heights."""

    columns: Sequence[int]
    lines: int
    size: float
    widths: Sequence[float]
    texts: Sequence[Sequence[str]]
    heights: Sequence[float]
    tones: Sequence[Tone | None]

    @property
    def is_whole(self) -> bool:
        return not any(text.endswith("…") for row in self.texts for text in row)

    @property
    def width(self) -> float:
        return sum(self.widths)

    @property
    def height(self) -> float:
        return sum(self.heights)


def shown_lines(table: Table, *, last: bool) -> list[Line]:
    """The first lines, or the last of a course of months; of a long table no more are read."""
    return list(islice(table.lines, max(0, len(table.lines) - MOST_LINES) if last else 0, None if last else MOST_LINES))


def columns_of(table: Table, lines: Sequence[Line]) -> list[int]:
    """The columns for little room, without those that say nothing in these lines."""
    brief = [at for at, column in enumerate(table.columns) if column.is_brief]
    return [at for at in brief if not lines or any(line.texts[at] for line in lines)]


def fitted(table: Table, width: float, height: float, *, last: bool = False) -> Fit:
    """The table at the largest letters at which its columns and lines fit; else with fewer of both."""
    lines = shown_lines(table, last=last)
    columns = columns_of(table, lines)
    fitting = [fit for fit in _tried(table, columns, lines, width) if fit.height <= height]
    if fitting:
        return next((fit for fit in fitting if fit.is_whole), fitting[0])
    return _with_fewer(table, columns, lines, width, height, last=last)


def _tried(table: Table, columns: list[int], lines: list[Line], width: float) -> Iterator[Fit]:
    """The table at every size at which its columns fit, the largest first."""
    for size in SIZES:
        asked = _column_widths(table, columns, lines, size)
        if sum(least for least, _ in asked) <= width:
            yield _fit(table, columns, lines, _shared(asked, width), size)


def _with_fewer(table: Table, columns: list[int], lines: list[Line], width: float, height: float, *, last: bool) -> Fit:
    """At the least size, without the columns that have no room."""
    asked = dict(zip(columns, _column_widths(table, columns, lines, SIZES[-1]), strict=True))
    kept: list[int] = []
    for at in sorted(columns, key=lambda at: (*_rank(table, at, columns), at)):
        if not kept or sum(asked[one][0] for one in (*kept, at)) <= width:
            kept.append(at)
    kept.sort()
    widths = _shared([asked[at] for at in kept], width)
    for most in range(len(lines), 0, -1):
        fit = _fit(table, kept, lines[-most:] if last else lines[:most], widths, SIZES[-1])
        if fit.height <= height:
            return fit
    return _fit(table, kept, [], widths, SIZES[-1])


def _rank(table: Table, at: int, columns: Sequence[int]) -> tuple[bool, bool, bool]:
    """What stays where not all columns have room: the names, the share, the status; then what stands first."""
    names = [one for one in columns if not table.columns[one].is_numeric]
    shares = [one for one in columns if table.columns[one].decimals]
    return at not in (columns[0], *names[:1]), at not in shares[:1], at != table.status_column


def _fit(table: Table, columns: list[int], lines: Sequence[Line], widths: Sequence[float], size: float) -> Fit:
    heads = [[visible(table.columns[at].text) for at in columns]]
    rows = [[visible(line.texts[at]) for at in columns] for line in _rows(table, lines)]
    texts = [
        *_cut(heads, widths, size, HEAD_LINES, bold=True),
        *_cut(rows, widths, size, CELL_LINES if len(lines) > FEW_LINES else MOST_CELL_LINES),
    ]
    heights = [_row_height(row, widths, size, bold=number == 0) for number, row in enumerate(texts)]
    tones = [None, *(line.tone for line in _rows(table, lines))]
    return Fit(columns, len(lines), size, widths, texts, heights, tones)


def _rows(table: Table, lines: Sequence[Line]) -> list[Line]:
    return [*lines, *([table.total] if table.total else [])]


def _column_widths(
    table: Table, columns: Sequence[int], lines: Sequence[Line], size: float
) -> list[tuple[float, float]]:
    """(least, natural) width of each column: numbers and words stay whole, names may wrap."""
    found = []
    for at in columns:
        texts = [visible(line.texts[at]) for line in _rows(table, lines)]
        natural = max([width_of(text, size, bold=True) for text in texts] or [0])
        heading = visible(table.columns[at].text)
        word = max([width_of(word, size, bold=True) for word in heading.split()] or [0])
        wraps = not table.columns[at].is_numeric and natural > LEAST_TEXT
        least = max(LEAST_TEXT if wraps else natural, word) + ROOM_X
        found.append((least, max(natural, min(width_of(heading, size, bold=True), 1.5 * word)) + ROOM_X))
    return found


def _shared(asked: Sequence[tuple[float, float]], width: float) -> list[float]:
    """What is left goes to columns that wrap, then to all alike; what lacks is taken from all alike."""
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


def add_table(slide: Native, table: Table, fit: Fit, frame: Frame) -> Frame:
    """The table at the top of its place; returns the room that it took."""
    taken = Frame(frame.left, frame.top, Pt(fit.width), Pt(fit.height))
    shape = slide.shapes.add_table(len(fit.texts), len(fit.columns), *astuple(taken))
    shape._element.nvGraphicFramePr.cNvPr.set("descr", visible(table.title))
    native = shape.table
    native._tbl.tblPr.find("{*}tableStyleId").text = PLAIN_STYLE
    native.horz_banding, native.last_row = False, table.total is not None
    for places, lengths, name in ((native.columns, fit.widths, "width"), (native.rows, fit.heights, "height")):
        for at, length in enumerate(lengths):
            setattr(places[at], name, Pt(length))
    for number, (row, tone) in enumerate(zip(fit.texts, fit.tones, strict=True)):
        is_total = number > fit.lines
        for at, column in enumerate(fit.columns):
            tells = tone if column == table.status_column and not is_total else None
            is_bold = number == 0 or is_total or tells is not None
            look = Look(fit.size, NAVY if number == 0 else COLOURS[tells] if tells else INK, is_bold=is_bold)
            cell = native.cell(number, at)
            _write(cell, row[at], look, is_right=table.columns[column].is_numeric)
            _frame_cell(cell, is_head=number == 0, is_total=is_total)
    return taken


def _write(cell: Native, text: str, look: Look, *, is_right: bool) -> None:
    cell.margin_left = cell.margin_right = Pt(PAD_X)
    cell.margin_top = cell.margin_bottom = Pt(PAD_Y)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if is_right else PP_ALIGN.LEFT
    if text:
        add_run(paragraph, text, look)
    # An empty cell is as high as this says.
    paragraph._p.get_or_add_endParaRPr().set("sz", str(round(100 * look.size)))


def _frame_cell(cell: Native, *, is_head: bool, is_total: bool) -> None:
    """A thin rule below each row, a strong one above the total; no other lines."""
    properties = cell._tc.get_or_add_tcPr()
    rules = [("lnT", Pt(1.25), NAVY)] if is_total else []
    rules.append(("lnB", Pt(1) if is_head else Pt(0.5), NAVY if is_head else RULE))
    for side, width, colour in rules:
        properties.append(parse_xml(BORDER.format(side=side, width=width, colour=colour)))
    if is_head:
        cell.fill.solid()
        cell.fill.fore_color.rgb = RGBColor.from_string(WASH)
