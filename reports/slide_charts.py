"""Charts of a pack as native charts of a slide: the numbers stand in a sheet inside and can be edited.

Office charts cannot draw everything that the screen draws, so each kind stands in for its like: an interval is an error
bar, the floor of a waterfall an unseen series, a target a hollow bar. The words at the marks are those of the points.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import pairwise
from math import ceil

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from reports.cells import defused, visible
from reports.fitting import LINE_HEIGHT, height_of, lines_of, shortened, width_of
from reports.pack import Chart, Point, Series, Tone
from reports.slide_master import Frame, Native
from reports.slide_text import COLOURS, GREY, INK, Look, add_run, say, text_box

GRID, BAND = "E3E7ED", "8FA3BD"
WORDS = {
    "id": {
        "source": "ganti sumber",
        "next": "{name} (sumber ke-{number})",
        "floor": "(dasar)",
        "value": "Nilai",
        "labels": "(tempat tulisan)",
        "plus": "{name}, selang ke atas",
        "minus": "{name}, selang ke bawah",
        "below": "{name}, di bawah nol",
        "level": "Garis",
    },
    "en": {
        "source": "new source",
        "next": "{name} (source {number})",
        "floor": "(floor)",
        "value": "Value",
        "labels": "(room for text)",
        "plus": "{name}, interval upwards",
        "minus": "{name}, interval downwards",
        "below": "{name}, below zero",
        "level": "Line",
    },
}
ERROR_BARS = """<c:errBars xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{direction}<c:errBarType val="both"/>
<c:errValType val="cust"/><c:noEndCap val="{flat}"/><c:plus>{plus}</c:plus><c:minus>{minus}</c:minus><c:spPr>
<a:ln w="{width}" cap="flat"><a:solidFill><a:srgbClr val="{colour}"><a:alpha val="{alpha}"/></a:srgbClr></a:solidFill>
</a:ln></c:spPr></c:errBars>"""
# A tick in words: what stands before its number, the number, what stands behind.
TICK = re.compile(r"([^\d]*?)([\d.,]+)([^\d]*)")
LABEL, AXIS = 12, 11
# What a row of bars needs to be told apart from its neighbours, in points; smaller letters make no more rows legible.
LEAST_ROW, NAME_SIZES, NAME_GAP = 12.4, (12, 11, 10), 10
# Fewer bars than fill their place stay slim, and stand together at the top.
MOST_ROW, MOST_BAR, LEVEL_ROOM = 64, 26, 18
# LibreOffice breaks level text into its letters where it has no room; not if it is turned by a hundredth of a degree.
ALMOST_LEVEL = "600"
FULL, HOLLOW, BETWEEN_NAMES = "■", "□", "     "
NAME_SHARE = 0.45
CHART_NS = "http://schemas.openxmlformats.org/drawingml/2006/chart"


@dataclass(frozen=True)
class Label:
    """Words at a point of the native chart."""

    text: str
    position: XL_LABEL_POSITION
    tone: Tone
    is_value: bool = True


@dataclass(frozen=True)
class Drawn:
    """One series of the native chart. `tone` None is a helper that is not seen; `points` are those with intervals.

    `is_named`: it has an entry of its own in the legend.
    """

    name: str
    values: Sequence[float | None]
    tone: Tone | None
    points: Sequence[Point]
    labels: Mapping[int, Label]
    is_named: bool = True


def rows_that_fit(chart: Chart, height_pt: float) -> int:
    """How many categories a chart of bars shows in this height; a line has room for all of its months."""
    if chart.kind == "line":
        return len(chart.categories)
    bars = len(chart.series) if chart.kind == "bullets" else 1
    return max(1, int((height_pt - 40) / (LEAST_ROW * max(1, 0.8 * bars))))


def first_of(chart: Chart, most: int) -> Chart:
    """The chart with at most so many categories, in the order of all: those that stand out, then those at the ends,
    of which the title speaks."""
    count = len(chart.categories)
    if count <= most:
        return chart
    points = chart.series[0].points
    ranked = sorted(
        range(count), key=lambda at: (points[at].tone in (None, "main", "context"), min(at, count - 1 - at), at)
    )
    kept = sorted(ranked[:most])
    series = [replace(one, points=[one.points[at] for at in kept]) for one in chart.series]
    return replace(chart, categories=[chart.categories[at] for at in kept], series=series)


def add_chart(slide: Native, chart: Chart, frame: Frame, *, language: str, day: date) -> None:
    """The chart in its place, with its text alternative; `day` is what its sheet says it was made on."""
    drawn = _DRAWN[chart.kind](chart, language)
    if legend := _legend(drawn, chart):
        frame = _add_legend(slide, legend, frame)
    if any(map(chart.is_level, chart.series)):
        _, frame = frame.split(Pt(LEVEL_ROOM))
    names = _names(chart, frame)
    data = CategoryChartData(number_format="General")
    data.categories = names
    for one in drawn:
        data.add_series(one.name, one.values)
    shape = slide.shapes.add_chart(_TYPES[chart.kind], frame.left, frame.top, frame.width, frame.height, data)
    _describe(shape, chart)
    native, intervals = shape.chart, _intervals(drawn, language)
    _style(native, chart)
    size = LABEL if chart.kind == "line" else _name_size(chart, frame)[0]
    for one, series in zip(drawn, native.plots[0].series, strict=True):
        _style_series(series, one, chart, size)
    _add_error_bars(native, intervals, chart)
    _add_level(slide, chart, _place(native, chart, names, drawn, frame), language)
    native.part.chart_workbook.update_from_xlsx_blob(_sheet(names, drawn, intervals, day))


def _describe(shape: Native, chart: Chart) -> None:
    properties = shape._element.nvGraphicFramePr.cNvPr
    properties.set("descr", visible(chart.alt))
    shape.name = f"Grafik {shape.shape_id}"


def _names(chart: Chart, frame: Frame) -> list[str]:
    """Categories that fit beside their bars; where there is no bar, the name says so: it must not look like zero."""
    names = [visible(name) for name in chart.categories]
    if chart.kind == "line":
        return names
    size, lines = _name_size(chart, frame)
    wide = NAME_SHARE * frame.width / Pt(1) - NAME_GAP
    missing = _missing(chart)
    return [
        shortened(name, size, wide - width_of(gone, size), lines) + gone
        for name, gone in zip(names, missing, strict=True)
    ]


def _missing(chart: Chart) -> list[str]:
    """Behind the name of each category that has no bar: why."""
    return [f" ({visible(point.text)})" if point.value is None else "" for point in chart.series[0].points]


def _name_size(chart: Chart, frame: Frame) -> tuple[float, int]:
    """Size of the names beside bars, and how many lines each may take: the largest at which none is cut."""
    names = [visible(name) + gone for name, gone in zip(chart.categories, _missing(chart), strict=True)]
    pitch = (frame.height / Pt(1) - 40) / max(1, len(names))
    wide = NAME_SHARE * frame.width / Pt(1) - NAME_GAP
    lines = [(size, max(1, min(3, int(pitch / (size * LINE_HEIGHT))))) for size in NAME_SIZES]
    whole = (fit for fit in lines if all(lines_of(name, fit[0], wide) <= fit[1] for name in names))
    return next(whole, lines[-1])


def _line(chart: Chart, language: str) -> list[Drawn]:
    """A series for every source: a line never crosses a change of source."""
    drawn = [one for series in chart.series for one in _by_source(series, chart, language)]
    return [one for one in drawn if any(value is not None for value in one.values)] or drawn[:1]


def _by_source(series: Series, chart: Chart, language: str) -> Iterator[Drawn]:
    starts = [0, *(() if series.tone == "target" else sorted(chart.breaks)), len(series.points)]
    words, name = WORDS[language], visible(series.name)
    for number, (start, end) in enumerate(pairwise(starts), start=1):
        points = [point if start <= at < end else Point(None, "") for at, point in enumerate(series.points)]
        labels = _line_labels(series, points, chart, words["source"] if number > 1 else "")
        of_source = name if number == 1 else words["next"].format(name=name, number=number)
        yield Drawn(of_source, [point.value for point in points], series.tone, points, labels, is_named=number == 1)


def _line_labels(series: Series, points: Sequence[Point], chart: Chart, news: str) -> dict[int, Label]:
    """Marked values, where a new source begins, and the name of the series at its end where two are drawn."""
    known = [at for at, point in enumerate(points) if point.value is not None]
    labels = {known[0]: Label(news, XL_LABEL_POSITION.BELOW, "context", is_value=False)} if news and known else {}
    for at in known:
        if points[at].is_marked:
            labels[at] = Label(visible(points[at].text), _beside(points, at), points[at].tone or series.tone)
    last = _last(series)
    if len(chart.series) == 2 and last in known:
        text = f"{visible(points[last].text)} {visible(series.name)}"
        labels[last] = Label(text, _end_position(series, chart), points[last].tone or series.tone)
    return labels


def _beside(points: Sequence[Point], at: int) -> XL_LABEL_POSITION:
    """Where the line leaves room for a word: above a peak, left of a rise, right of a fall, below the end of a fall."""
    value = points[at].value or 0
    before = next((p.value for p in reversed(points[:at]) if p.value is not None), value)
    after = next((p.value for p in points[at + 1 :] if p.value is not None), None)
    if after is None:
        return XL_LABEL_POSITION.BELOW if before > value else XL_LABEL_POSITION.ABOVE
    if before < value < after:
        return XL_LABEL_POSITION.LEFT
    if before > value > after:
        return XL_LABEL_POSITION.RIGHT
    return XL_LABEL_POSITION.BELOW if before > value < after else XL_LABEL_POSITION.ABOVE


def _last(series: Series) -> int | None:
    return max((at for at, point in enumerate(series.points) if point.value is not None), default=None)


def _end_position(series: Series, chart: Chart) -> XL_LABEL_POSITION:
    """Of two lines the higher is named above its end, the lower below."""
    [other] = [one for one in chart.series if one is not series]
    own, others = (one.points[at].value or 0 if (at := _last(one)) is not None else 0 for one in (series, other))
    is_first = series is chart.series[0]
    return XL_LABEL_POSITION.ABOVE if own > others or (own == others and is_first) else XL_LABEL_POSITION.BELOW


def _bars(chart: Chart, language: str) -> list[Drawn]:
    """A bar for every value; where more than bars is drawn, an unseen series carries the words behind the axis."""
    first, *others = [_bar(chart, series, XL_LABEL_POSITION.OUTSIDE_END) for series in chart.series]
    if chart.kind == "bullets" or not (others or _has_intervals(first.points)):
        return [first, *others]
    ends = [_ends(chart)[1]] * len(first.points)
    return [replace(first, labels={}), *others, _words(first.labels, ends, language)]


def _words(labels: Mapping[int, Label], room: Sequence[float], language: str) -> Drawn:
    return Drawn(WORDS[language]["labels"], room, None, (), labels, is_named=False)


def _bar(chart: Chart, series: Series, position: XL_LABEL_POSITION) -> Drawn:
    labels = {
        at: Label(visible(point.text), position, point.tone or series.tone)
        for at, point in enumerate(series.points)
        if point.is_marked and point.value is not None
    }
    values, is_seen = [point.value for point in series.points], not chart.is_level(series)
    tone = series.tone if is_seen else None
    return Drawn(visible(series.name), values, tone, series.points, labels, is_named=is_seen)


def _has_intervals(points: Sequence[Point]) -> bool:
    return any(point.value is not None and None not in (point.low, point.high) for point in points)


def _waterfall(chart: Chart, language: str) -> list[Drawn]:
    """Steps on an unseen floor; below zero they hang from it. The words stand in an unseen bar behind each step."""
    [series] = chart.series
    ends = [(point.base, point.base if point.value is None else point.value) for point in series.points]
    lows, highs = [min(pair) for pair in ends], [max(pair) for pair in ends]
    above = [_plain(max(high, 0.0) - max(low, 0.0)) for low, high in zip(lows, highs, strict=True)]
    below = [_plain(min(low, 0.0) - min(high, 0.0)) for low, high in zip(lows, highs, strict=True)]
    floors = [_plain(low if low > 0 else min(high, 0.0)) for low, high in zip(lows, highs, strict=True)]
    words, bars = WORDS[language], replace(_bar(chart, series, XL_LABEL_POSITION.INSIDE_BASE), values=above)
    bars = replace(bars, name=bars.name or words["value"])
    least, most = _ends(chart)
    room = [_plain((most - least) / 5)] * len(ends)
    drawn = [Drawn(words["floor"], floors, None, (), {}), replace(bars, labels={})]
    if any(below):
        drawn.append(replace(bars, name=words["below"].format(name=bars.name), values=below, labels={}))
    return [*drawn, _words(bars.labels, room, language)]


def _plain(value: float) -> float:
    """Differences of binary fractions without their tail: 4,0 and not 3,9999999999999964."""
    return round(value, 9)


def _ends(chart: Chart) -> tuple[float, float]:
    """The axis: from the first tick to the last, or to the farthest value."""
    points = [point for series in chart.series for point in series.points]
    values = [value for point in points for value in (point.value, point.high, point.base) if value is not None]
    ticks = [value for value, _ in chart.ticks]
    least = min([*ticks[:1], *(values if not ticks else [value for value in values if value < ticks[0]])], default=0.0)
    return least, max([*ticks[-1:], *values, least + 1e-9])


def _style(native: Native, chart: Chart) -> None:
    native.font.size = Pt(AXIS)
    native.font.color.rgb = RGBColor.from_string(GREY)
    native.has_title = False
    native.has_legend = False
    _style_values(native, chart)
    names = native.category_axis
    names.format.line.color.rgb = RGBColor.from_string(GREY)
    names.major_tick_mark = names.minor_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.has_major_gridlines = False
    if chart.kind == "line":
        return
    names.reverse_order = True  # the first stands on top, as in the table
    native.value_axis._element.find(qn("c:crosses")).set("val", "max")  # else the axis would lie on top too
    native.plots[0].overlap = 0 if chart.kind == "bullets" else 100


def _style_values(native: Native, chart: Chart) -> None:
    axis = native.value_axis
    axis.minimum_scale, axis.maximum_scale = _ends(chart)
    steps = {round(after - before, 9) for (before, _), (after, _) in pairwise(chart.ticks)}
    if len(steps) == 1:
        axis.major_unit = steps.pop()
    axis.major_gridlines.format.line.color.rgb = RGBColor.from_string(GRID)
    axis.format.line.fill.background()
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.tick_labels.number_format = tick_format(chart)
    axis.tick_labels.number_format_is_linked = False
    axis.tick_labels.font.size = Pt(AXIS)


def _legend(drawn: Sequence[Drawn], chart: Chart) -> list[Drawn]:
    """What is explained above the chart, only where names at the marks do not say it: bars of several series, more
    lines than two."""
    named = [one for one in drawn if one.is_named and one.tone is not None]
    return named if len(named) > (2 if chart.kind == "line" else 1) else []


def _add_legend(slide: Native, legend: Sequence[Drawn], frame: Frame) -> Frame:
    """In words of our own: offices do not agree on which entries of theirs are those of unseen series.

    Returns the room that it leaves.
    """
    parts = [(HOLLOW if one.tone == "target" else FULL, f" {one.name}") for one in legend]
    said = BETWEEN_NAMES.join(mark + name for mark, name in parts)
    above, below = frame.split(Pt(height_of(lines_of(said, AXIS, frame.width / Pt(1)), AXIS) + 6))
    paragraph = text_box(slide, above).text_frame.paragraphs[0]
    for number, (one, (mark, name)) in enumerate(zip(legend, parts, strict=True), start=1):
        assert one.tone is not None, one
        add_run(paragraph, mark, Look(AXIS, BAND if one.tone == "context" else COLOURS[one.tone]))
        add_run(paragraph, name + (BETWEEN_NAMES if number < len(parts) else ""), Look(AXIS, GREY))
    return below


def tick_format(chart: Chart) -> str:
    """The pattern by which an office writes the axis as its ticks are worded: 20 %, 1,5 jt, Rp2 M.

    The decimal sign is that of the reader's office.
    """
    patterns: dict[int, str] = {}
    for value, text in chart.ticks:
        if value <= 0 or (found := TICK.fullmatch(visible(text))) is None:
            continue
        before, _, after = found.groups()
        scale = next((power for power in range(5) if value < 1000 ** (power + 1)), 4) if after.strip(" %") else 0
        digits = (
            "0.0"
            if "0.0" in patterns.get(scale, "") or value % 1000**scale
            else "0"
            if value < 1e3 or scale
            else "#,##0"
        )
        patterns[scale] = f"{_quoted(before)}{digits}{',' * scale}{_quoted(after)}"
    scaled = [f"[>={1000**scale}]{patterns[scale]}" for scale in sorted(patterns, reverse=True) if scale]
    return ";".join([*scaled[:2], patterns.get(0, "#,##0")])


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "") + '"' if text else ""


def _style_series(series: Native, drawn: Drawn, chart: Chart, size: float) -> None:
    if drawn.tone is None:
        series.format.fill.background()
        series.format.line.fill.background()
    elif chart.kind == "line":
        _style_line(series, drawn.tone)
    else:
        _style_bars(series, drawn, drawn.tone)
    for at, label in drawn.labels.items():
        _write(series.points[at].data_label, label, size)


def _style_line(series: Native, tone: Tone) -> None:
    colour = RGBColor.from_string(COLOURS[tone])
    series.smooth = False
    series.format.line.width = Pt(2.5 if tone != "target" else 1.75)
    series.format.line.color.rgb = colour
    if tone == "target":
        series.format.line.dash_style = MSO_LINE.DASH
        series.marker.style = XL_MARKER_STYLE.NONE
        return
    series.marker.style = XL_MARKER_STYLE.CIRCLE
    series.marker.size = 6
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour
    series.marker.format.line.color.rgb = colour


def _style_bars(series: Native, drawn: Drawn, tone: Tone) -> None:
    series.invert_if_negative = False
    if tone == "target":
        series.format.fill.background()
        series.format.line.color.rgb = RGBColor.from_string(COLOURS["target"])
        series.format.line.width = Pt(1.25)
        series.format.line.dash_style = MSO_LINE.SQUARE_DOT
        return
    _fill(series.format.fill, tone)
    for at, point in enumerate(drawn.points):
        if point.tone not in (None, tone):
            _fill(series.points[at].format.fill, point.tone)


def _fill(fill: Native, tone: Tone) -> None:
    fill.solid()
    fill.fore_color.rgb = RGBColor.from_string(BAND if tone == "context" else COLOURS[tone])


def _write(native: Native, label: Label, size: float) -> None:
    look = Look(size if label.is_value else AXIS, COLOURS[label.tone], is_bold=label.is_value)
    add_run(native.text_frame.paragraphs[0], label.text, look)
    native.text_frame.word_wrap = False
    native.position = label.position


def _intervals(drawn: Sequence[Drawn], language: str) -> list[tuple[int, str, list[float]]]:
    """Error bars as (number of the series, heading in the sheet, lengths): upwards, then downwards."""
    found = []
    for number, one in enumerate(drawn):
        if _has_intervals(one.points):
            ups, downs = zip(*(_lengths(point) for point in one.points), strict=True)
            words = WORDS[language]
            found += [(number, words["plus"].format(name=one.name), list(ups))]
            found += [(number, words["minus"].format(name=one.name), list(downs))]
    return found


def _lengths(point: Point) -> tuple[float, float]:
    if point.value is None or point.low is None or point.high is None:
        return 0.0, 0.0
    return _plain(point.high - point.value), _plain(point.value - point.low)


def _add_error_bars(native: Native, intervals: Sequence[tuple[int, str, list[float]]], chart: Chart) -> None:
    series = list(native.plots[0].series)
    for place in range(0, len(intervals), 2):
        (number, _, ups), (_, _, downs) = intervals[place : place + 2]
        first = 1 + len(series) + place
        is_line = chart.kind == "line"
        made = ERROR_BARS.format(
            # Charts of bars know their direction; those of lines are told.
            direction='<c:errDir val="y"/>' if is_line else "",
            flat=int(is_line),
            plus=_reference(first, ups),
            minus=_reference(first + 1, downs),
            width=Pt(3) if is_line else Pt(2),
            colour=BAND,
            alpha=70_000 if is_line else 100_000,
        )
        series[number]._element.find(qn("c:cat")).addprevious(parse_xml(made))


def _reference(column: int, lengths: Sequence[float]) -> str:
    letter = xl_col_to_name(column)
    points = "".join(f'<c:pt idx="{at}"><c:v>{length!r}</c:v></c:pt>' for at, length in enumerate(lengths))
    cells = f"Sheet1!${letter}$2:${letter}${len(lengths) + 1}"
    count = f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(lengths)}"/>'
    return f"<c:numRef><c:f>{cells}</c:f><c:numCache>{count}{points}</c:numCache></c:numRef>"


def _place(native: Native, chart: Chart, names: Sequence[str], drawn: Sequence[Drawn], frame: Frame) -> Frame:
    """Fixed margins around the bars or lines, so that names and words have their room in every program.

    Returns where the axes are.
    """
    wide, high = frame.width / Pt(1), frame.height / Pt(1)
    said = [width_of(label.text, LABEL, bold=True) for one in drawn for label in one.labels.values()]
    top = 8.0
    if chart.kind == "line":
        ticks = max((width_of(text, AXIS) for _, text in chart.ticks), default=30)
        left, right, top, bottom = ticks + 12, max([16, *said]) / 2 + 8, top + 10, 26.0
        _name_some(native, names, wide - left - right)
    else:
        left = min(_style_names(native, chart, names, frame) + NAME_GAP, NAME_SHARE * wide)
        right, rows = (
            max([8, *said]) + 10,
            len(names) * MOST_ROW * (len(chart.series) if chart.kind == "bullets" else 1),
        )
        bottom = max(26.0, high - top - rows)
        _set_thickness(native, chart, (high - top - bottom) / len(names))
    places = {"x": left / wide, "y": top / high, "w": 1 - (left + right) / wide, "h": 1 - (top + bottom) / high}
    modes = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    sizes = "".join(f'<c:{name} val="{value:.4f}"/>' for name, value in places.items())
    area = native._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    layout = f'<c:layout xmlns:c="{CHART_NS}"><c:manualLayout>{modes}{sizes}</c:manualLayout></c:layout>'
    area.insert(0, parse_xml(layout))
    across, down = Pt(wide - left - right), Pt(high - top - bottom)
    return Frame(frame.left + Pt(left), frame.top + Pt(top), across, down)


def _style_names(native: Native, chart: Chart, names: Sequence[str], frame: Frame) -> float:
    """Names of bars in ink, in a size that their rows allow; returns the width of the widest."""
    size, _ = _name_size(chart, frame)
    native.category_axis.tick_labels.font.size = Pt(size)
    native.category_axis.tick_labels.font.color.rgb = RGBColor.from_string(INK)
    return max(width_of(name, size) for name in names)


def _set_thickness(native: Native, chart: Chart, pitch: float) -> None:
    """Bars no thicker than what still looks like a bar."""
    bars = len(chart.series) if chart.kind == "bullets" else 1
    native.plots[0].gap_width = max(40, min(500, round(100 * (pitch - bars * MOST_BAR) / MOST_BAR)))


def _add_level(slide: Native, chart: Chart, axes: Frame, language: str) -> None:
    """What the whole has, as a line across the bars with its name above: no office draws it among bars."""
    least, most = _ends(chart)
    for series in filter(chart.is_level, chart.series):
        value = series.points[0].value
        assert value is not None, series
        across = axes.left + round(axes.width * (value - least) / (most - least))
        line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, across, axes.top - Pt(8), across, axes.bottom)
        line.line.color.rgb = RGBColor.from_string(COLOURS["context"])
        line.line.width, line.line.dash_style = Pt(1.25), MSO_LINE.DASH
        line.name = f"{WORDS[language]['level']} {line.shape_id}"
        _name_level(slide, visible(series.name), across, axes, language)


def _name_level(slide: Native, name: str, across: int, axes: Frame, language: str) -> None:
    look = Look(AXIS, COLOURS["context"], is_bold=True, is_centred=True)
    wide = Pt(width_of(name, AXIS, bold=True) + 12)
    left = max(axes.left, min(across - wide // 2, axes.right - wide))
    say(slide, [(name, look)], Frame(left, axes.top - Pt(LEVEL_ROOM + 8), wide, Pt(LEVEL_ROOM)), language)


def _name_some(native: Native, names: Sequence[str], wide: float) -> None:
    """As many months as stand side by side; without this they would be written upright."""
    room = max(width_of(name, AXIS) for name in names) + 10
    skip = str(max(1, ceil(len(names) * room / wide)))
    axis = native.category_axis._element
    native.category_axis.tick_labels.font.size = Pt(AXIS)
    axis.find(qn("c:txPr")).find(qn("a:bodyPr")).set("rot", ALMOST_LEVEL)
    for name in ("c:tickLblSkip", "c:tickMarkSkip"):
        axis.find(qn("c:noMultiLvlLbl")).addprevious(axis.makeelement(qn(name), {"val": skip}))


def _sheet(
    names: Sequence[str], drawn: Sequence[Drawn], intervals: Sequence[tuple[int, str, list[float]]], day: date
) -> bytes:
    """The chart's own sheet, where its numbers are edited: text stays text, and no clock is asked."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        book.set_properties({"created": datetime(day.year, day.month, day.day, tzinfo=UTC)})
        page = book.add_worksheet("Sheet1")
        page.set_column(0, 0, 30)
        columns = [(one.name, one.values) for one in drawn] + [(name, lengths) for _, name, lengths in intervals]
        page.write_column(1, 0, [defused(name) for name in names])
        for at, (name, values) in enumerate(columns, start=1):
            page.write_string(0, at, defused(name))
            page.write_column(1, at, values)
    return out.getvalue()


_DRAWN = {"line": _line, "dots": _bars, "ladder": _bars, "bullets": _bars, "waterfall": _waterfall}
_TYPES = {
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "dots": XL_CHART_TYPE.BAR_CLUSTERED,
    "ladder": XL_CHART_TYPE.BAR_CLUSTERED,
    "bullets": XL_CHART_TYPE.BAR_CLUSTERED,
    "waterfall": XL_CHART_TYPE.BAR_STACKED,
}
