"""The charts of a pack as charts of a spreadsheet, which stay editable: the numbers behind each lie in a sheet.

Bars lie across, so that long names can be read. A spreadsheet draws no dot with an interval: a bar with an error bar
says the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart as NativeChart
from xlsxwriter.utility import xl_range_abs

from reports.cells import Cell, exact, visible
from reports.looks import LOCALE, NAVY
from reports.pack import Chart, Point, Series, Tone, Unit

COLOURS: dict[Tone, str] = {
    "main": NAVY,
    "context": "#6B7280",
    "better": "#0B6BCB",
    "concern": "#B45309",
    "unmet": "#B91C1C",
    "target": "#111827",
}
# Bars on which an interval and marks lie: light enough to see those.
TINTS: dict[Tone, str] = {
    "main": "#9DB2CE",
    "context": "#C9CDD3",
    "better": "#8FC0EE",
    "concern": "#E3B283",
    "unmet": "#E59A9A",
    "target": "#C9CDD3",
}
# Further series of one tone, from the first on.
SHADES = {"main": (NAVY, "#5F81AD", "#9AB0CC", "#C3CFDF"), "context": ("#6B7280", "#9CA3AF", "#C9CDD3")}
LINE, LIGHT = "#D1D5DB", "#374151"
FONT = {"name": "Calibri", "size": 10, "color": LIGHT}
WIDTH_PX, LEAST_HEIGHT_PX, MOST_HEIGHT_PX = 1000, 300, 500
BAR_PX, FRAME_PX = 60, 80
# Names of more bars than this are set smaller.
MANY_BARS = 22
INTERVAL = {"id": ("selang ke bawah", "selang ke atas"), "en": ("interval below", "interval above")}
STEPS = {"id": ("dasar", "batang", "di bawah nol"), "en": ("base", "bar", "below zero")}
# A mark across a bar is the cap of an error bar without length; the legend names it by this sign.
MARK = "┃"
MARK_WIDTH = {"id": "tebal tanda", "en": "width of mark"}
LABEL = {"id": "tempat label", "en": "place of label"}
PATTERNS: dict[Unit, dict[str, str]] = {
    "percent": {"id": '0.0" %"', "en": '0.0"%"'},
    "points": {"id": "0.0", "en": "0.0"},
    "rupiah": {
        "id": '[>=1000000000]"Rp"#,##0.0,,," M";[>=1000000]"Rp"#,##0.0,," jt";"Rp"#,##0',
        "en": '[>=1000000000]"Rp"#,##0.0,,," billion";[>=1000000]"Rp"#,##0.0,," million";"Rp"#,##0',
    },
    **{unit: {"id": "#,##0", "en": "#,##0"} for unit in ("persons", "projects", "days")},
}
DECIMALS: dict[Unit, int] = {"percent": 1, "points": 1}


@dataclass(frozen=True)
class Strip:
    """One column of numbers behind a chart, a cell for every category; `role` is how it is drawn."""

    name: str
    values: Sequence[Cell]
    role: str = "shown"
    series: Series | None = None
    options: dict[str, Any] = field(default_factory=dict)


def strips_of(chart: Chart, language: str) -> list[Strip]:
    """The columns behind the chart, in the order in which they stand in the sheet."""
    if chart.kind == "waterfall":
        return _steps(chart, language)
    return [strip for series in chart.series for strip in _strips_of_series(chart, series, language)]


def _strips_of_series(chart: Chart, series: Series, language: str) -> Iterator[Strip]:
    values = [_number(point.value) for point in series.points]
    starts = [0, *(at for at in chart.breaks if at), len(values)] if chart.kind == "line" else [0, len(values)]
    if series.tone == "target":
        starts = [0, len(values)]
    # A spreadsheet joins all points of a series: every source is a series of its own.
    for part, (first, end) in enumerate(pairwise(starts)):
        of_part = [value if first <= at < end else None for at, value in enumerate(values)]
        name = series.name if not part else f"{series.name} ({part + 1})"
        if _is_mark(chart, series):
            yield Strip(f"{MARK} {name}", of_part, "mark", series)
            yield Strip(f"{name}: {MARK_WIDTH[language]}", [chart.ticks[-1][0] / 2000] * len(of_part), "cap", series)
            return
        yield Strip(name, of_part, "shown" if not part else "continued", series)
    if any(point.low is not None for point in series.points):
        if chart.kind != "line":  # behind the interval, which would strike a label at the end of the bar
            highs = [_number(point.value if point.high is None else point.high) for point in series.points]
            yield Strip(LABEL[language], highs, "label", series)
        down, up = INTERVAL[language]
        yield Strip(f"{series.name}: {down}", [_reach(point, point.low) for point in series.points], "down", series)
        yield Strip(f"{series.name}: {up}", [_reach(point, point.high) for point in series.points], "up", series)


def _is_mark(chart: Chart, series: Series) -> bool:
    """What the dots of a comparison are held against is a mark across their bars, not a bar that hides them."""
    return chart.kind == "dots" and series.tone in ("context", "target")


def _steps(chart: Chart, language: str) -> list[Strip]:
    """Bars that begin in the air stand on bars that are not drawn; what lies below zero hangs from it."""
    [series] = chart.series
    ends = [sorted((point.base, point.value or 0.0)) for point in series.points]
    hidden, bar, below = STEPS[language]
    above_zero = [max(0.0, high) - max(0.0, low) for low, high in ends]
    below_zero = [min(0.0, low) - min(0.0, high) for low, high in ends]
    strips = [
        Strip(hidden, [_number(max(low, 0.0) + min(high, 0.0)) for low, high in ends], "hidden"),
        Strip(bar, [_number(value) for value in above_zero], "shown", series),
    ]
    if any(below_zero):
        strips.append(Strip(below, [_number(value) for value in below_zero], "shown", series))
    room = 0.15 * ((chart.ticks[-1][0] - chart.ticks[0][0]) if chart.ticks else max(high for _, high in ends))
    return [*strips, Strip(LABEL[language], [_number(room)] * len(ends), "label", series)]


def _number(value: float | None) -> float | None:
    return None if value is None else float(exact(value))


def _reach(point: Point, end: float | None) -> float | None:
    return None if end is None or point.value is None else _number(abs(end - point.value))


def height_px(chart: Chart, room_px: int) -> int:
    """As high as its bars ask for and the page has room."""
    bars = len(chart.categories) * (len(chart.series) if chart.kind == "bullets" else 1)
    asked = MOST_HEIGHT_PX if chart.kind == "line" else FRAME_PX + BAR_PX * bars
    return max(LEAST_HEIGHT_PX, min(MOST_HEIGHT_PX, room_px, asked))


def native_chart(
    book: Workbook, chart: Chart, strips: Sequence[Strip], sheet: str, top: int, language: str, height: int
) -> NativeChart:
    """The chart of the numbers whose headings stand in row `top` of the sheet, beside their categories."""
    kind = {"line": {"type": "line"}, "waterfall": {"type": "bar", "subtype": "stacked"}}.get(
        chart.kind, {"type": "bar"}
    )
    made = book.add_chart(kind)
    assert made is not None, kind
    rows, quoted = (top + 1, top + len(chart.categories)), "'" + sheet.replace("'", "''") + "'"
    ranges = [f"={quoted}!{xl_range_abs(rows[0], at, rows[1], at)}" for at in range(len(strips) + 1)]
    _add_series(made, chart, strips, ranges, language)
    _set_axes(made, chart, language)
    made.set_title({"none": True})
    made.set_size({"width": WIDTH_PX, "height": height})
    made.set_chartarea({"border": {"none": True}})
    made.show_blanks_as("gap")
    return made


def _add_series(made: NativeChart, chart: Chart, strips: Sequence[Strip], ranges: Sequence[str], language: str) -> None:
    shades = _shades(chart.series)
    drawn = [(at, strip) for at, strip in enumerate(strips) if strip.role not in ("down", "up", "cap")]
    for at, strip in drawn:
        sheet, first = ranges[at + 1][1:].split("!")
        # Without a name it takes no room in the legend, of which programs disagree on what is left out by number.
        name = " " if strip.role == "label" else f"={sheet}!{_heading_of(first)}"
        options: dict[str, Any] = {
            "name": name,
            "categories": ranges[0],
            "values": ranges[at + 1],
            "categories_data": [visible(text) for text in chart.categories],
            "values_data": [f"{value}" if value is not None else "" for value in strip.values],
        }
        made.add_series(options | _drawn(chart, strip, _interval(strips, at, ranges), shades, language))
    _set_legend(made, chart, [strip for _, strip in drawn])


def _heading_of(cells: str) -> str:
    """$B$4:$B$9 → $B$3: the heading stands above its column."""
    column, row = cells.split(":")[0].rsplit("$", 1)
    return f"{column}${int(row) - 1}"


def _shades(series: Sequence[Series]) -> dict[int, str]:
    """The colour of each series by its identity: equal tones are told apart by lightness."""
    found, seen = {}, dict.fromkeys(COLOURS, 0)
    for one in series:
        shades = SHADES.get(one.tone, (COLOURS[one.tone],))
        found[id(one)] = shades[min(seen[one.tone], len(shades) - 1)]
        seen[one.tone] += 1
    return found


def _interval(strips: Sequence[Strip], at: int, ranges: Sequence[str]) -> dict[str, Any]:
    """The error bars of a strip whose series has them."""
    if strips[at].role == "label":
        return {}
    series = strips[at].series
    own = {strip.role: ranges[place + 1] for place, strip in enumerate(strips) if strip.series is series}
    if series and "cap" in own:
        line = {"color": COLOURS[series.tone], "width": 2.5}
        return {"type": "custom", "plus_values": own["cap"], "minus_values": own["cap"], "line": line}
    if "down" not in own:
        return {}
    line = {"color": NAVY, "width": 1.5}
    return {"type": "custom", "plus_values": own["up"], "minus_values": own["down"], "line": line, "end_style": 0}


def _drawn(
    chart: Chart, strip: Strip, interval: dict[str, Any], shades: dict[int, str], language: str
) -> dict[str, Any]:
    stacked = chart.kind == "waterfall"
    if strip.role in ("hidden", "label"):
        nothing = {"fill": {"none": True}, "border": {"none": True}}
        position = "inside_base" if stacked else "outside_end"
        return nothing | (_labels(chart, strip, language, position=position) if strip.role == "label" else {})
    assert strip.series is not None, strip
    colour = shades[id(strip.series)]
    if chart.kind == "line":
        return _as_line(strip, colour, interval) | _labels(chart, strip, language, position="above")
    if strip.role == "mark":
        return {"fill": {"none": True}, "border": {"none": True}, "x_error_bars": interval}
    # Bars with an interval, and those of a waterfall, have their labels on a bar of their own, which is not drawn.
    labels = {} if stacked or interval else _labels(chart, strip, language, position="outside_end")
    bars = {"x_error_bars": interval} if interval else {}
    if strip.series.tone == "target":
        look = {"fill": {"none": True}, "border": {"color": colour, "width": 1.5, "dash_type": "dash"}}
        return look | labels
    colours = TINTS if interval else COLOURS
    colour = TINTS[strip.series.tone] if interval else colour
    points = [_filled(colours[point.tone] if point.tone else colour) for point in strip.series.points]
    look = _filled(colour) | {"points": points}
    return look | bars | labels | {"gap": 45, "overlap": 0 if chart.kind == "bullets" else 100}


def _filled(colour: str) -> dict[str, Any]:
    return {"fill": {"color": colour}, "border": {"none": True}}


def _as_line(strip: Strip, colour: str, interval: dict[str, Any]) -> dict[str, Any]:
    assert strip.series is not None, strip
    if strip.series.tone == "target":
        return {"line": {"color": colour, "width": 1.5, "dash_type": "dash"}, "marker": {"type": "none"}}
    marker = {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}}
    bars = {"y_error_bars": interval | {"line": {"color": "#9CA3AF", "width": 0.75}}} if interval else {}
    return {"line": {"color": colour, "width": 2.25}, "marker": marker} | bars


def _labels(chart: Chart, strip: Strip, language: str, *, position: str) -> dict[str, Any]:
    """Labels of the marked points. They follow the numbers where these say the same as the screen does."""
    assert strip.series is not None, strip
    points = strip.series.points
    shown = [point.is_marked and value is not None for point, value in zip(points, strip.values, strict=True)]
    if not any(shown):
        return {}
    follows = strip.role != "label" and all(
        _says_its_value(point, chart) for point, is_shown in zip(points, shown, strict=True) if is_shown
    )
    texts = [
        ({} if follows else {"value": visible(point.text)}) if is_shown else {"delete": True}
        for point, is_shown in zip(points, shown, strict=True)
    ]
    font = FONT | {"bold": True}
    pattern = LOCALE[language] + PATTERNS[chart.unit][language]
    custom = [text or None for text in texts]
    return {"data_labels": {"value": True, "position": position, "font": font, "num_format": pattern, "custom": custom}}


def _says_its_value(point: Point, chart: Chart) -> bool:
    if chart.unit == "rupiah" or point.value is None:
        return False
    printed = f"{point.value:.{DECIMALS.get(chart.unit, 0)}f}"
    return _digits(printed) == _digits(point.text)


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _set_axes(made: NativeChart, chart: Chart, language: str) -> None:
    names = {"num_font": FONT | ({"size": 7} if len(chart.categories) > MANY_BARS else {}), "line": {"color": LINE}}
    values = _value_axis(chart, language)
    if chart.kind == "line":
        made.set_x_axis(names | {"label_position": "low"})
        made.set_y_axis(values)
        return
    # The first category on top, and the values below all of them.
    made.set_y_axis(names | {"reverse": True, "crossing": "max", "label_position": "low", "interval_unit": 1})
    made.set_x_axis(values)


def _value_axis(chart: Chart, language: str) -> dict[str, Any]:
    pattern = PATTERNS[chart.unit][language].replace("0.0", "0")
    axis: dict[str, Any] = {
        "num_font": FONT,
        "num_format": LOCALE[language] + pattern,
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": "#E5E7EB", "width": 0.75}},
    }
    marks = [place for place, _ in chart.ticks]
    if len(marks) < 2:
        return axis
    # The marks of the screen; what lies beyond the last of them is shown too.
    step = marks[1] - marks[0]
    steps = ceil(max((*_reached(chart), marks[-1])) / step - 1e-9)
    return axis | {"min": marks[0], "max": step * steps, "major_unit": step}


def _reached(chart: Chart) -> Iterator[float]:
    for series in chart.series:
        for point in series.points:
            yield from (value for value in (point.value, point.high, point.base) if value is not None)


def _set_legend(made: NativeChart, chart: Chart, drawn: Sequence[Strip]) -> None:
    named = [strip for strip in drawn if strip.role in ("shown", "mark")]
    if chart.kind == "waterfall" or len(named) < 2:
        made.set_legend({"none": True})
        return
    hidden = [at for at, strip in enumerate(drawn) if strip.role == "continued"]
    made.set_legend({"position": "bottom", "font": FONT, "delete_series": hidden})
