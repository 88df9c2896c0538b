"""Charts of a pack from the rows that the screen draws: values, their texts, and nothing of how they look."""

from collections.abc import Sequence
from fractions import Fraction

from analytics.change import PersonsStep
from analytics.indicators import INDICATORS, label_in
from analytics.ladder import Rung
from analytics.row import Row
from reports.pack import Chart, Point, Series, Tone, Unit
from ui import aims as aiming
from ui import attainment, charts, formats, ladder, sentences
from ui.aims import Aim, Aims
from ui.comparison import Told
from ui.dots import Dot
from ui.overview import Trend
from ui.scope_bar import Selection
from ui.texts import translator


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


def waterfall_chart(
    steps: Sequence[charts.AnyStep], bars: Sequence[str], names: tuple[str, str], language: str
) -> Chart:
    """Bars from where the one before ends; the two totals stand on 0. `names` are the series' and the alternative."""
    unit: Unit = "persons" if isinstance(steps[0], PersonsStep) else "percent"
    points = []
    for step in steps:
        begin, end = charts.span(step)
        points.append(Point(end, charts.step_text(step, language), base=begin, is_marked=True, tone=_tone(step)))
    reach = [value for point in points for value in (point.value, point.base) if value is not None]
    series, alt = names
    return Chart("waterfall", unit, bars, [Series(series, points)], marks(reach, unit, language), alt)


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


def bullets_chart(aims: Aims, selection: Selection, language: str) -> Chart:
    """One category a target. Shares as they are; targets of several units each as a percentage of the target."""
    in_percent = all(aim.unit == "percent" for aim in aims.aims)
    names = attainment.marks(aims, language)
    tones: dict[str, Tone] = {"bar": "main", "before": "context", "path": "better", "target": "target"}
    series = [
        Series(name, [_bullet_point(aim, mark, language, in_percent=in_percent) for aim in aims.aims], tones[mark])
        for mark, name in names.items()
    ]
    reach = [point.value for row in series for point in row.points if point.value is not None]
    told = [
        f"{aiming.name_of(aim, aims, language)}: {aiming.amount(aim.row.value, aim.unit, language)} / "
        f"{aiming.goal(aim.row, language)}"
        for aim in aims.aims
    ]
    alt = f"{attainment.verdict(aims, selection, language)}. {'; '.join(told)}."
    categories = [aiming.name_of(aim, aims, language) for aim in aims.aims]
    return Chart("bullets", "percent", categories, series, marks(reach, "percent", language), alt)


def _bullet_point(aim: Aim, mark: str, language: str, *, in_percent: bool) -> Point:
    row = aim.row
    last_year = row.last_year.value if row.last_year else None
    path = None if aim.is_due or row.path is None else row.path.expected
    value = {"bar": row.value, "before": last_year, "path": path, "target": row.target.target}[mark]
    text = aiming.goal(row, language) if mark == "target" else aiming.amount(value, aim.unit, language)
    if value is None or not (in_percent or row.target.target):
        return Point(None, text)
    shown = float(value) if in_percent else float(100 * Fraction(value) / Fraction(row.target.target))
    return Point(shown, text, is_marked=mark in ("bar", "target"))


def ladder_chart(rungs: Sequence[Rung], title: str, language: str) -> Chart:
    """How many projects are left on each rung."""
    _ = translator(language)
    points = [Point(float(rung.projects), formats.number(rung.projects, language), is_marked=True) for rung in rungs]
    names = [ladder.rung_name(rung.rung, language) for rung in rungs]
    told = "; ".join(f"{name}: {point.text}" for name, point in zip(names, points, strict=True))
    reach = [float(rungs[0].projects)]
    return Chart(
        "ladder", "projects", names, [Series(_("Proyek"), points)], marks(reach, "projects", language),
        f"{title}. {told}.",
    )  # fmt: skip


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
