"""The line of a measure towards its target: what was, the dashed target of each year, and what is projected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from analytics.compute import Row
from analytics.projection import Point
from ui import charts, formats, sentences
from ui.charts import Figure, Palette, Trace, scatter
from ui.texts import translator

# Of the letters of labels, of which the margin has to hold the longest.
CHARACTER_PX = 7.6
# Between labels in the margin, as a share of the axis: two lines of text of the figure's height.
LABEL_GAP = 0.13


@dataclass(frozen=True)
class Course:
    """What is drawn. `targets` by year, of the same measure and issuer; `points` are projected, from the last row on.

    `is_sum`: a sum of the year, which begins anew each January. `unit` is the measure's.
    """

    rows: Sequence[Row]
    targets: Mapping[int, float]
    points: Sequence[Point]
    unit: str
    is_sum: bool

    @property
    def is_share(self) -> bool:
        return self.unit == "percent"

    @property
    def now(self) -> Row:
        return self.rows[-1]

    def value(self, row: Row) -> float:
        return float(row.value)


def course_figure(course: Course, language: str, *, dark: bool) -> Figure:
    """From the first row to the end of the last one's year."""
    colours = charts.palette(dark=dark)
    top = _top(course)
    traces = _projected(course, colours, language) + _actual(course, colours, language)
    labels = _labels(course, colours, language, top)
    last_day = date(sentences.last_day(course.now).year, 12, 31)
    layout = {
        "template": charts.template(colours, language),
        "height": 360,
        "annotations": labels,
        "shapes": [_target_line(course, year, goal, colours) for year, goal in course.targets.items()],
        "margin": {"r": 16 + CHARACTER_PX * max(_width(label["text"]) for label in labels)},
        "xaxis": _month_axis(course, last_day, language),
        "yaxis": _value_axis(course, top, language),
    }
    return {"data": traces, "layout": layout}


def stretches(course: Course) -> list[list[Row]]:
    """Unbroken stretches: never across a gap, a change of source, or the January in which a sum begins anew."""
    found: list[list[Row]] = []
    previous: Row | None = None
    for row in course.rows:
        is_told = row.value is not None and row.status == "ok"
        if is_told:
            goes_on = previous is not None and previous.status == "ok" and previous.source == row.source
            same_year = previous is not None and previous.month[:4] == row.month[:4]
            if goes_on and (same_year or not course.is_sum):
                found[-1].append(row)
            else:
                found.append([row])
        previous = row if is_told else None
    return found


def _top(course: Course) -> float:
    values = [course.value(row) for run in stretches(course) for row in run]
    highest = max([*values, *course.targets.values(), *(float(point.high) for point in course.points), 1.0])
    if course.is_share:
        return min(100.0, max(20.0, 10 * (highest * 1.08 // 10 + 1)))
    return highest * 1.12


def _actual(course: Course, colours: Palette, language: str) -> list[Trace]:
    traces = [
        scatter(
            x=[sentences.last_day(row) for row in run],
            y=[course.value(row) for row in run],
            mode="lines+markers",
            line={"color": colours.main, "width": 2.5},
            marker={"color": colours.main, "size": 8 if len(run) == 1 else 3},
            cliponaxis=False,
            customdata=[_hover(course, row, language) for row in run],
            hovertemplate="%{customdata}<extra></extra>",
        )
        for run in stretches(course)
    ]
    if course.now.value is not None:
        mark = {"color": colours.main, "size": 9}
        x, y = [sentences.last_day(course.now)], [course.value(course.now)]
        traces.append(scatter(x=x, y=y, mode="markers", marker=mark, hoverinfo="skip", cliponaxis=False))
    return traces


def _hover(course: Course, row: Row, language: str) -> str:
    return f"<b>{formats.month(sentences.last_day(row), language)}</b><br>" + _amount(course, row.value, language)


def _amount(course: Course, value: Any, language: str) -> str:
    return formats.in_unit(value, course.unit, language, short=True)


def _projected(course: Course, colours: Palette, language: str) -> list[Trace]:
    """Band, dashed line, and what is left of the members of now as their projects end."""
    if not course.points or course.now.value is None:
        return []
    start, now = sentences.last_day(course.now), course.value(course.now)
    days = [start, *(point.month for point in course.points)]
    lows, highs, values = (
        [now, *(float(getattr(point, name)) for point in course.points)] for name in ("low", "high", "value")
    )
    band = {"fill": "toself", "fillcolor": colours.band, "line": {"width": 0}, "mode": "lines", "hoverinfo": "skip"}
    dashed = {"color": colours.main, "width": 2, "dash": "dash"}
    told = [""] + [_point_hover(course, point, language) for point in course.points]
    traces = [scatter(x=days + days[::-1], y=highs + lows[::-1], **band)]
    if course.points[-1].known is not None:
        left = [now, *(float(point.known) for point in course.points)]
        dotted = {"color": colours.grey, "width": 1.5, "dash": "dot"}
        traces.append(scatter(x=days, y=left, mode="lines", line=dotted, hoverinfo="skip", cliponaxis=False))
    line = {"mode": "lines", "line": dashed, "customdata": told, "hovertemplate": "%{customdata}<extra></extra>"}
    return [*traces, scatter(x=days, y=values, cliponaxis=False, **line)]


def _point_hover(course: Course, point: Point, language: str) -> str:
    _ = translator(language)
    text = _("proyeksi {value}, {low} sampai {high}")
    amounts = {name: _amount(course, getattr(point, name), language) for name in ("value", "low", "high")}
    return f"<b>{formats.month(point.month, language)}</b><br>" + text.format(**amounts)


def _target_line(course: Course, year: int, goal: float, colours: Palette) -> dict[str, Any]:
    first = max(date(year, 1, 1), sentences.last_day(course.rows[0]))
    ends = {"x0": first.isoformat(), "x1": date(year, 12, 31).isoformat(), "y0": goal, "y1": goal}
    return {"type": "line", **ends, "line": {"color": colours.ink, "width": 2, "dash": "dash"}}


def _labels(course: Course, colours: Palette, language: str, top: float) -> list[dict[str, Any]]:
    """The value of now, and in the right margin the target, the end of the projection and what is left of today's."""
    _ = translator(language)
    labels = []
    if course.now.value is not None:
        value, day = course.value(course.now), sentences.last_day(course.now)
        text = f"<b>{_amount(course, course.now.value, language)}</b>"
        # On paper of its own: on a phone no place beside the point is free of lines.
        look = {"bgcolor": colours.paper, "borderpad": 1, "size": 16} | _beside(course, value)
        labels.append(_label(day.isoformat(), value, text, colours.main, **look))
    year = sentences.last_day(course.now).year
    ends = []
    if year in course.targets:
        text = _("target<br>{goal}").format(goal=_amount(course, course.targets[year], language))
        ends.append((course.targets[year], text, colours.ink))
    if course.points:
        last = course.points[-1]
        ends.append((float(last.value), f"<b>{_amount(course, last.value, language)}</b>", colours.main))
        if last.known is not None:
            ends.append((float(last.known), _amount(course, last.known, language), colours.grey))
    end = date(year, 12, 31).isoformat()
    places = apart([value for value, _text, _colour in ends], top)
    labels += [
        _label(end, place, text, colour, xanchor="left", xshift=8)
        for place, (_value, text, colour) in zip(places, ends, strict=True)
    ]
    return labels


def _width(text: str) -> int:
    """Letters of its longest line."""
    return max(len(line) for line in text.replace("<b>", "").replace("</b>", "").split("<br>"))


def _beside(course: Course, value: float) -> dict[str, Any]:
    """Where the value of now stands: below the point where lines lead away on both sides, else where none leads."""
    if course.points and course.points[-1].known is not None:
        return {"xanchor": "center", "yanchor": "top", "yshift": -16}
    goes_up = bool(course.points) and float(course.points[0].value) >= value
    side = {"yanchor": "top", "yshift": -5} if goes_up else {"yanchor": "bottom", "yshift": 5}
    return {"xanchor": "left", "xshift": 7} | side


def apart(values: Sequence[float], top: float) -> list[float]:
    """Where labels for these values stand so that none covers another: pushed down from the highest."""
    least = LABEL_GAP * top
    places = list(values)
    above: float | None = None
    for number in sorted(range(len(values)), key=lambda number: -values[number]):
        if above is not None:
            places[number] = min(places[number], above - least)
        above = places[number]
    lift = max(0.0, least / 2 - min(places, default=least))
    return [place + lift for place in places]


def _label(x: str, y: float, text: str, colour: str, *, size: int = 13, **place: Any) -> dict[str, Any]:
    font = {"color": colour, "size": size}
    return {"x": x, "y": y, "text": text, "font": font, "showarrow": False, "yanchor": "middle"} | place


def _month_axis(course: Course, last: date, language: str) -> dict[str, Any]:
    first = sentences.last_day(course.rows[0])
    months = [
        date(first.year + number // 12, number % 12 + 1, 1) for number in range(12 * (last.year - first.year + 1))
    ]
    ticks = [month for month in months if month.month in (1, 7) and first <= month <= last]
    return {
        "tickvals": ticks,
        "ticktext": [f"{formats.short_month(month, language).split()[0]}<br>{month.year}" for month in ticks],
        "range": [first - timedelta(days=12), last + timedelta(days=6)],
        "showgrid": False,
        "showline": True,
        "ticks": "outside",
        "ticklen": 4,
    }


def _value_axis(course: Course, top: float, language: str) -> dict[str, Any]:
    """From 0."""
    if course.is_share:
        marks = list(range(0, int(top) + 1, 10 if top <= 60 else 20))
        texts = [formats.whole_percent(mark, language) for mark in marks]
    else:
        marks = charts.round_marks(top)
        prefix = "Rp" if course.unit == "rupiah" else ""
        texts = [prefix + formats.short(mark, language) for mark in marks]
    return {"tickvals": marks, "ticktext": texts, "range": [0, top * 1.03]}


def is_drawable(rows: Sequence[Row]) -> bool:
    """Whether two months that follow each other have a value: less is no line."""
    return any(one.value is not None and other.value is not None for one, other in pairwise(rows))
