"""Charts of a pack from the rows that the screen draws: values, their texts, and nothing of how they look."""

from collections.abc import Sequence

from analytics.indicators import INDICATORS, label_in
from analytics.row import Row
from reports.pack import Chart, Point, Series, Tone, Unit
from ui import charts, formats, sentences
from ui.comparison import Told
from ui.dots import Dot
from ui.overview import Change, Trend


def line_chart(found: Trend, sector: str, language: str) -> Chart:
    """A month without a value, and one that is implausible, is a gap."""
    marked = {f"{month:%Y-%m}" for month in found.marked}
    points = [_month_point(row, row.month in marked, language, counts=found.counts) for row in found.drawn]
    starts = {row.month for row in charts.source_changes(found.drawn, counts=found.counts)}
    name = label_in(INDICATORS[found.measure], sector).in_language(language)
    highest = [value for point in points for value in (point.value, point.high) if value is not None]
    return Chart(
        "line",
        "persons" if found.counts else "percent",
        [formats.short_month(sentences.last_day(row), language) for row in found.drawn],
        [Series(name, points)],
        marks(highest, "persons" if found.counts else "percent", language),
        found.alt,
        [at for at, row in enumerate(found.drawn) if row.month in starts],
    )


def _month_point(row: Row, is_marked: bool, language: str, *, counts: bool) -> Point:
    text = sentences.count(row, language) if counts else formats.percent(row.value, language)
    if not charts.is_drawn(row, counts=counts):
        return Point(None, text)
    value = float(row.numerator if counts else row.value)
    return Point(value, text, row.low, row.high, is_marked=is_marked)


def waterfall_chart(found: Change, language: str) -> Chart:
    """Bars from where the one before ends; the two months stand on 0."""
    assert found.months is not None, found
    unit: Unit = "persons" if found.counts else "percent"
    points = []
    for step in found.steps:
        begin, end = charts.span(step)
        points.append(Point(end, charts.step_text(step, language), base=begin, is_marked=True, tone=_tone(step)))
    names = [charts.step_label(step, found.months, language) for step in found.steps]
    reach = [value for point in points for value in (point.value, point.base) if value is not None]
    return Chart("waterfall", unit, names, [Series("", points)], marks(reach, unit, language), found.alt)


def _tone(step: charts.AnyStep) -> Tone:
    if step.kind in ("start", "end"):
        return "main"
    if step.kind in charts.MEASURING_KINDS:
        return "context"
    begin, end = charts.span(step)
    return "better" if end >= begin else "concern"


def dots_chart(
    told: Told,
    dots: Sequence[Dot],
    names: tuple[str, str],
    unit: Unit,
    average: tuple[float, str] | None,
    language: str,
) -> Chart:
    """One category a group; the scope's own value and the targets are series of their own.

    `names` are those of the measure and of the targets.
    """
    measure, targets = names
    points = [_dot_point(dot) for dot in dots]
    series = [Series(measure, points)]
    if average is not None:
        value, text = average
        series.append(Series(text, [Point(value, text) for _dot in dots], tone="context"))
    if any(dot.targets for dot in dots):
        series.append(Series(targets, [_target_point(dot, unit, language) for dot in dots], tone="target"))
    reach = [value for row in series for point in row.points for value in _reached(point)]
    alt = f"{told.title}. {told.subtitle}"
    return Chart("dots", unit, [dot.name for dot in dots], series, marks(reach, unit, language), alt)


def _dot_point(dot: Dot) -> Point:
    tones: dict[str, Tone] = {"better": "better", "concern": "concern"}
    return Point(dot.value, dot.text, dot.low, dot.high, is_marked=True, tone=tones.get(dot.tone))


def _target_point(dot: Dot, unit: Unit, language: str) -> Point:
    """The nearest of several targets of a group."""
    if not dot.targets:
        return Point(None, formats.UNKNOWN)
    return Point(dot.targets[0], formats.in_unit(dot.targets[0], unit, language))


def _reached(point: Point) -> list[float]:
    return [value for value in (point.value, point.high) if value is not None]


def marks(values: Sequence[float], unit: Unit, language: str) -> list[tuple[float, str]]:
    """Round marks from 0 (or below, where values are) up to the first at or above the greatest value."""
    most, least = max([*values, 0.0]), min([*values, 0.0])
    if unit == "percent":
        step = 10 if most <= 60 else 20
        last = max(20, -(-most // step) * step)
        return [(float(mark), formats.whole_percent(mark, language)) for mark in range(0, int(last) + 1, step)]
    rounded = charts.round_marks(max(most, -least, 1.0))
    step = rounded[1] if len(rounded) > 1 else 1
    first, last = int(least // step) * step, int(-(-max(most, 1.0) // step)) * step
    prefix = "Rp" if unit == "rupiah" else ""
    return [(float(mark), prefix + formats.short(mark, language)) for mark in range(first, last + 1, step)]
