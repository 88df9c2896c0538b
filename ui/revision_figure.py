"""The chart of Revisi: each month as first published, and as it is known now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ui import charts, formats
from ui.charts import Figure, Palette, Trace

HEIGHT = 320
FEWEST_MONTHS = 2


@dataclass(frozen=True)
class Point:
    """One month; None where it was not, or is no longer, known."""

    month: date
    first: float | None
    now: float | None


def is_drawable(points: Sequence[Point]) -> bool:
    """Whether the present line has enough months to be one."""
    return sum(point.now is not None for point in points) >= FEWEST_MONTHS


def revision_figure(points: Sequence[Point], names: tuple[str, str], unit: str, language: str, *, dark: bool) -> Figure:
    """`names` of the line as first published and of the present one, which stand at the end of each."""
    colours = charts.palette(dark=dark)
    now, first = [point.now for point in points], [point.first for point in points]
    top = _top([value for value in (*now, *first) if value is not None], unit)
    dashed = {"color": colours.grey, "width": 2, "dash": "dot"}
    traces = [
        _line(points, first, names[0], dashed, unit, language),
        _line(points, now, names[1], {"color": colours.main, "width": 2.5}, unit, language),
    ]
    layout = {
        "template": charts.template(colours, language),
        "height": HEIGHT,
        "annotations": _labels(names, colours),
        "margin": {"r": 16, "t": 28},
        "xaxis": _month_axis([point.month for point in points], language),
        "yaxis": _value_axis(top, unit, language),
    }
    return {"data": traces, "layout": layout}


def _line(
    points: Sequence[Point], values: Sequence[float | None], name: str, line: dict, unit: str, language: str
) -> Trace:
    told = [
        f"<b>{formats.month(point.month, language)}</b><br>{name}: {formats.in_unit(value, unit, language)}"
        for point, value in zip(points, values, strict=True)
    ]
    return charts.scatter(
        x=[point.month for point in points],
        y=list(values),
        mode="lines+markers",
        line=line,
        marker={"size": 6, "color": line["color"]},
        connectgaps=False,
        customdata=told,
        hovertemplate="%{customdata}<extra></extra>",
        cliponaxis=False,
    )


def _labels(names: tuple[str, str], colours: Palette) -> list[dict]:
    """A key above the lines: at their ends the two would lie on each other wherever nothing was revised."""
    place = {"xref": "paper", "yref": "paper", "y": 1.1, "showarrow": False, "align": "left"}
    return [
        place | {"x": 0, "xanchor": "left", "text": f"<b>━</b> {names[1]}", "font": {"color": colours.main}},
        place | {"x": 1, "xanchor": "right", "text": f"┄ {names[0]}", "font": {"color": colours.grey}},
    ]


def _top(values: Sequence[float], unit: str) -> float:
    highest = max(map(float, values), default=1.0)
    return max(20.0, 10 * (highest * 1.05 // 10 + 1)) if unit == "percent" else max(highest * 1.1, 1.0)


def _month_axis(months: Sequence[date], language: str) -> dict:
    step = 3 if len(months) > 8 else 1
    ticks = [month for month in months if month.month % step == 0]
    return {
        "tickvals": ticks,
        "ticktext": [f"{formats.short_month(month, language).split()[0]}<br>{month.year}" for month in ticks],
        "range": [months[0] - timedelta(days=12), months[-1] + timedelta(days=12)],
        "showgrid": False,
        "showline": True,
    }


def _value_axis(top: float, unit: str, language: str) -> dict:
    if unit == "percent":
        marks = list(range(0, int(top) + 1, 10 if top <= 60 else 20))
        texts = [formats.whole_percent(mark, language) for mark in marks]
    else:
        marks = charts.round_marks(top)
        texts = [formats.in_unit(mark, unit, language, short=True) for mark in marks]
    return {"tickvals": marks, "ticktext": texts, "range": [0, top * 1.03]}
