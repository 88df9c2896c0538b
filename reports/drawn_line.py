"""A line over time: a gap where nothing is known, a break where the source changes, names and values at the ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from reports.canvas import Canvas, Look, Scale, widest, width_of, wrapped
from reports.pack import Chart, Point, Series

HEIGHT = 300
SMALL, NAME, MARKED, VALUE = 12, 12, 13, 15
# The first month stands clear of the texts of the axis.
INSET = 14
# As many months as still carry a dot each.
MOST_DOTTED = 26
STEPS = (1, 2, 3, 4, 6, 12, 24, 60, 120)
SOURCE_CHANGES = {"id": "ganti sumber", "en": "source changes"}


@dataclass(frozen=True)
class Plot:
    """Where months and values lie."""

    months: Scale
    values: Scale

    def at(self, month: int, value: float) -> tuple[float, float]:
        return self.months.at(month), self.values.at(value)


@dataclass(frozen=True)
class EndLabel:
    """What stands at the last value of a series, `height` high around `y`."""

    series: Series
    at: int
    point: Point
    name: Sequence[str]
    y: float

    @property
    def height(self) -> float:
        return VALUE + 9 + len(self.name) * (NAME + 2)


def drawn_line(chart: Chart, *, width: float, height: float | None, language: str, look: Look) -> Canvas:
    canvas = Canvas(width, height or HEIGHT, look)
    plot = _plot(chart, canvas)
    _draw_values(canvas, chart, plot)
    _draw_months(canvas, chart, plot)
    _draw_breaks(canvas, chart, plot, language)
    for number, series in enumerate(chart.series):
        _draw_band(canvas, chart, series, plot)
        _draw_series(canvas, chart, number, plot)
    for series in chart.series:
        _draw_marked(canvas, chart, series, plot)
    _draw_ends(canvas, chart, plot)
    return canvas


def span(chart: Chart) -> tuple[float, float]:
    """The ends of the axis of values: its ticks, and whatever lies beyond them."""
    points = [point for series in chart.series for point in series.points]
    reached = [value for point in points for value in (point.value, point.low, point.high) if value is not None]
    if chart.kind in ("waterfall", "bullets", "ladder"):
        reached += [point.base for point in points]
    if chart.kind == "ladder":  # its parts stand side by side
        rungs = zip(*(series.points for series in chart.series), strict=True)
        reached += [sum(point.value or 0 for point in rung) for rung in rungs]
    reached += [value for value, _text in chart.ticks]
    least, most = min(reached, default=0.0), max(reached, default=1.0)
    return (least, most) if most > least else (least, least + 1)


def _plot(chart: Chart, canvas: Canvas) -> Plot:
    left = widest([text for _value, text in chart.ticks], SMALL) + 10
    right = canvas.width - min(_room_for_ends(chart, canvas.width), 0.4 * canvas.width) - 12
    top, bottom = 26 if chart.breaks else 14, canvas.height - 44
    least, most = span(chart)
    count = len(chart.categories)
    first, last = (0, count - 1) if count > 1 else (-1, 1)  # a month alone stands in the middle
    return Plot(Scale(first, last, left + INSET, right), Scale(least, most, bottom, top))


def _room_for_ends(chart: Chart, width: float) -> float:
    texts = [point.text for series in chart.series if (point := _end(series)[1])]
    names = [series.name for series in chart.series] if len(chart.series) > 1 else []
    return max(widest(texts, VALUE, bold=True) * 1.06, min(widest(names, NAME) * 1.06, 0.18 * width), 20)


def _end(series: Series) -> tuple[int, Point | None]:
    """The last point with a value."""
    known = [(at, point) for at, point in enumerate(series.points) if point.value is not None]
    return known[-1] if known else (0, None)


def _draw_values(canvas: Canvas, chart: Chart, plot: Plot) -> None:
    left, right = plot.months.start - INSET, plot.months.end
    for value, text in chart.ticks:
        y = plot.values.at(value)
        canvas.line((left, y), (right, y), canvas.look.line)
        canvas.text((left - 6, y), text, size=SMALL, colour=canvas.look.grey, anchor="end")


def _draw_months(canvas: Canvas, chart: Chart, plot: Plot) -> None:
    """As many names as fit, counted back from the last; a year is said once for its months."""
    y = canvas.height - 44
    canvas.line((plot.months.start - INSET, y), (plot.months.end, y), canvas.look.grey)
    said = ""
    for at in _named(chart.categories, plot):
        x = plot.months.at(at)
        name, year = _month_and_year(chart.categories[at])
        canvas.line((x, y), (x, y + 5), canvas.look.grey)
        anchor = "middle" if at or len(name) < 12 else "start"
        canvas.text((x, y + 15), name, size=SMALL, colour=canvas.look.grey, anchor=anchor)
        if year != said:
            canvas.text((x, y + 31), year, size=SMALL, colour=canvas.look.grey, anchor=anchor)
        said = year


def _month_and_year(category: str) -> tuple[str, str]:
    found = re.fullmatch(r"(.+) (\d{4})", category)
    return (found[1], found[2]) if found else (category, "")


def _named(categories: Sequence[str], plot: Plot) -> list[int]:
    if len(categories) < 2:
        return list(range(len(categories)))
    names = [part for category in categories for part in _month_and_year(category)]
    room = plot.months.at(1) - plot.months.at(0)
    needed = widest(names, SMALL) + 10
    step = next((step for step in STEPS if step * room >= needed), len(categories))
    return sorted(range(len(categories) - 1, -1, -step))


def _draw_breaks(canvas: Canvas, chart: Chart, plot: Plot, language: str) -> None:
    """Between the last month of one source and the first of the next; named where the name has room."""
    top, bottom = plot.values.end - 12, plot.values.start
    places = [plot.months.at(max(at - 0.5, 0)) for at in sorted(chart.breaks)]
    text, free_from = SOURCE_CHANGES[language], 0.0
    needed = width_of(text, SMALL) + 10
    for x in places:
        canvas.line((x, top), (x, bottom), canvas.look.grey, stroke_dasharray="2 3")
    for x in places:
        begins = x if x + needed <= canvas.width else x - needed
        if begins >= free_from:
            place = (begins + 5, top + 2)
            canvas.text(place, text, size=SMALL, colour=canvas.look.grey, halo=True)
            free_from = begins + needed


def runs(chart: Chart, series: Series) -> list[list[int]]:
    """Unbroken stretches of months: a line never crosses a gap or a change of source."""
    found: list[list[int]] = []
    for at, point in enumerate(series.points):
        if point.value is None:
            continue
        follows = found and found[-1][-1] == at - 1 and (at not in chart.breaks or series.tone == "target")
        found[-1].append(at) if follows else found.append([at])
    return found


def _draw_band(canvas: Canvas, chart: Chart, series: Series, plot: Plot) -> None:
    """What rounding or chance allows, behind the line; a month that stands alone has a bar."""
    for run in runs(chart, series):
        ends = [(at, p.low, p.high) for at in run if (p := series.points[at]).low is not None and p.high is not None]
        lows = [plot.at(at, low) for at, low, _high in ends if low is not None]
        highs = [plot.at(at, high) for at, _low, high in ends if high is not None]
        if len(ends) > 1:
            path = "M" + " L".join(f"{x:.2f} {y:.2f}" for x, y in [*highs, *lows[::-1]]) + " Z"
            canvas.shape("path", d=path, fill=canvas.look.of(series.tone), fill_opacity=0.14)
        elif ends:
            canvas.line(lows[0], highs[0], canvas.look.of(series.tone), stroke_width=2, stroke_opacity=0.5)


def _draw_series(canvas: Canvas, chart: Chart, number: int, plot: Plot) -> None:
    series = chart.series[number]
    colour = canvas.look.of(series.tone)
    dashes = {"stroke_dasharray": "7 5"} if series.tone == "target" else {}
    thick = 2.5 if series.tone == "main" else 2
    for run in runs(chart, series):
        places = [plot.at(at, value) for at in run if (value := series.points[at].value) is not None]
        if len(places) > 1:
            path = "M" + " L".join(f"{x:.2f} {y:.2f}" for x, y in places)
            look = {"fill": "none", "stroke": colour, "stroke_width": thick, "stroke_linejoin": "round"}
            canvas.shape("path", d=path, data_line=number, **look, **dashes)
        _draw_dots(canvas, chart, number, run, plot)


def _draw_dots(canvas: Canvas, chart: Chart, number: int, run: Sequence[int], plot: Plot) -> None:
    """Every month can be pointed at; a dot is seen where months are few, alone, or named."""
    series = chart.series[number]
    last, _point = _end(series)
    for at in run:
        point = series.points[at]
        if point.value is None or (series.tone == "target" and len(run) > 1):
            continue
        x, y = plot.at(at, point.value)
        named = point.is_marked or at == last
        size = 5 if named else 4 if len(run) == 1 else 3
        hidden = not named and len(run) > 1 and len(chart.categories) > MOST_DOTTED
        look = {"fill": canvas.look.of(point.tone or series.tone)} | ({"fill_opacity": 0} if hidden else {})
        told = f"{chart.categories[at]}: {point.text}"
        canvas.shape("circle", told, cx=x, cy=y, r=size, data_series=number, data_at=at, **look)


def _draw_marked(canvas: Canvas, chart: Chart, series: Series, plot: Plot) -> None:
    """The value of a marked month, above or below its line; the last has its own place."""
    last, _point = _end(series)
    for at, point in enumerate(series.points):
        if point.is_marked and point.value is not None and at != last:
            place = (plot.months.at(at), _label_y(chart, series, at, plot))
            colour = canvas.look.of(point.tone or series.tone)
            anchor = "middle" if at else "start"
            canvas.text(place, point.text, size=MARKED, colour=colour, anchor=anchor, halo=True)


def _label_y(chart: Chart, series: Series, at: int, plot: Plot) -> float:
    """Clear of its own line, on the side where the others are farther away."""
    reach = width_of(series.points[at].text, MARKED) / 2 + 4
    months = ceil(reach / (plot.months.at(1) - plot.months.at(0)))
    near = slice(max(0, at - months), at + months + 1)
    own = [plot.values.at(point.value) for point in series.points[near] if point.value is not None]
    others = [
        plot.values.at(point.value)
        for other in chart.series
        if other is not series
        for point in other.points[near]
        if point.value is not None
    ]
    sides = [min(own) - MARKED, max(own) + MARKED + 2]
    here = plot.values.at(series.points[at].value or 0)

    def room(y: float) -> tuple[bool, float]:
        clear = min((abs(y - other) for other in others), default=MARKED)
        return clear >= MARKED, -abs(y - here)

    return max(sides, key=room)


def _draw_ends(canvas: Canvas, chart: Chart, plot: Plot) -> None:
    """Value and name right of each last point; where two would meet they move apart."""
    room = canvas.width - plot.months.end - 12
    labels = []
    for series in chart.series:
        at, point = _end(series)
        if point is not None and point.value is not None:
            name = wrapped(series.name, NAME, width=room, most=2) if len(chart.series) > 1 else []
            labels.append(EndLabel(series, at, point, name, plot.values.at(point.value)))
    for label, y in _apart(labels, plot.values.end - 10, plot.values.start + 10):
        x = plot.months.at(label.at) + 10
        top = y - label.height / 2 + VALUE / 2 + 2
        colour = canvas.look.of(label.point.tone or label.series.tone)
        canvas.text((x, top), label.point.text, size=VALUE, colour=colour, bold=True, halo=True)
        for number, line in enumerate(label.name, start=1):
            place = (x, top + 2 + number * (NAME + 2))
            canvas.text(place, line, size=NAME, colour=canvas.look.grey, halo=True)


def _apart(labels: Sequence[EndLabel], top: float, bottom: float) -> list[tuple[EndLabel, float]]:
    """Each label with the middle of its place: pushed down from above, then up from below."""
    placed = sorted(labels, key=lambda label: label.y)
    middles = [label.y for label in placed]
    for at, (one, other) in enumerate(pairwise(placed), start=1):
        middles[at] = max(middles[at], middles[at - 1] + (one.height + other.height) / 2)
    floor = bottom
    for at in range(len(placed) - 1, -1, -1):
        middles[at] = min(middles[at], floor - placed[at].height / 2)
        floor = middles[at] - placed[at].height / 2
    return list(zip(placed, [max(y, top) for y in middles], strict=True))
