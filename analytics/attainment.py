"""How far a place has come towards each of its targets, and whether it is on course to the target date."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from analytics.compute import target_versions
from analytics.indicators import YEAR_TO_DATE, Indicator, Text
from analytics.row import Row, Scope
from analytics.seasons import FEWEST_SEASONS, as_decimal, exact_value, in_year, level, monthly, same_count, seasons
from analytics.targets import Target, measure_of, obstacle, rating
from data.categories import resolve_target_unit
from data.editions import Edition

ON_COURSE, BELOW_COURSE = "sesuai_jalur", "di_bawah_jalur"
COURSES = {
    ON_COURSE: Text("sesuai jalur", "on course"),
    BELOW_COURSE: Text("di bawah jalur", "below course"),
}
OBSTACLES = {
    "indicator": Text("indikatornya tidak dihitung di sini", "its indicator is not counted here"),
    "segment": Text("segmennya lain", "its segment is another"),
    "sector": Text("sektornya lain", "its sector is another"),
    "counting": Text("jenis hitungannya lain", "it is counted in another way"),
    "unit": Text("satuannya lain", "its unit is another"),
    "direction": Text("makin rendah makin baik", "lower is better"),
}
PATHS = {
    "seasonal": Text(
        "Jalur: sasaran dikalikan bagian dari angka akhir tahun yang rata-rata sudah tercapai pada bulan yang sama di "
        "tahun-tahun sebelumnya.",
        "Course: the target times the share of the year's final figure that was reached on average in the same month "
        "of the years before.",
    ),
    "linear": Text(
        "Jalur: garis lurus dari awal tahun ke sasaran; kurang dari tiga tahun sebelumnya yang dapat dibandingkan.",
        "Course: a straight line from the beginning of the year to the target; fewer than three years before compare.",
    ),
}
# What a gap is counted in, by the denominator whose share a target states.
GAP_UNITS = {
    "vintage": "persons", "workers": "persons", "roster_persons": "persons", "running_projects": "projects",
    "due_projects": "projects", "contract_value_rp": "rupiah",
}  # fmt: skip
TOLD_OF_TARGET = (
    "unit", "place", "year", "indicator", "segment", "sector", "counting", "target", "unit_of_measure", "issuer",
    "document", "data_as_of", "file_name", "is_superseded",
)  # fmt: skip
TOLD_OF_ROW = (
    "month", "value", "numerator", "denominator", "low", "high", "status", "reason", "source", "as_of",
    "denominator_source", "denominator_as_of",
)  # fmt: skip


@dataclass(frozen=True)
class Path:
    """What should be reached by the month to arrive at the target date, in the target's unit, and how that is known.

    seasonal: the target times the mean share of a year's final value that `years` had reached in the same month.
    linear: along a straight line from the beginning of the year; a state begins where last year ended, a sum at 0.
    Of a share of estimated workers the numerator is followed, the denominator held constant.
    """

    expected: Decimal
    method: str
    years: tuple[int, ...]


@dataclass(frozen=True)
class TargetRow:
    """One version of a target, and what stands beside it in one month.

    `unit` is the one that the target is stated in, None where it is not known. `obstacle` says why nothing stands
    beside it (analytics.targets.obstacle). `row` and `last_year` are the measure's in the month and a year before.
    `pct` is unrounded, None where the value is unknown. `rating` is given once the target date is reached and not
    after the position, `course` before it. `gap` is what lacks, in `gap_unit` (persons, projects, rupiah), with the
    denominator held constant; 0 or less where the target is reached. A superseded version has no attainment, and
    `superseded_by` is what came next.
    """

    target: Target
    measure: str | None = None
    unit: str | None = None
    obstacle: str | None = None
    row: Row | None = None
    last_year: Row | None = None
    pct: Decimal | None = None
    rating: Text | None = None
    course: str | None = None
    path: Path | None = None
    gap: Decimal | None = None
    gap_unit: str | None = None
    superseded_by: Target | None = None

    @property
    def value(self) -> Any:
        return self.row.value if self.row else None

    def gap_at(self, value: Any) -> Decimal | None:
        """What would lack at another value of the measure (a projected one), in `gap_unit`; None without a denominator
        to turn a share into a number."""
        if self.row is None or self.measure is None or self.row.value is None:
            return None
        lacking = Fraction(self.target.target) - Fraction(value)
        return as_decimal(lacking if self.row.denominator is None else lacking / 100 * Fraction(self.row.denominator))

    @property
    def is_superseded(self) -> bool:
        return self.target.is_superseded

    def as_json(self) -> dict[str, Any]:
        """What the page shows, flat; amounts as text where they are exact, dates as ISO text."""
        told = {name: getattr(self.target, name) for name in TOLD_OF_TARGET}
        told |= {"deadline": self.target.deadline, "measure": self.measure, "obstacle": self.obstacle}
        told |= {name: getattr(self.row, name) if self.row else None for name in TOLD_OF_ROW}
        told["last_year_value"] = self.last_year.value if self.last_year else None
        told |= {"pct": self.pct, "rating": self.rating.id if self.rating else None, "course": self.course}
        told |= {"expected": None, "path": None, "path_years": []}
        if self.path:
            told |= {"expected": self.path.expected, "path": self.path.method, "path_years": list(self.path.years)}
        told |= {"gap": self.gap, "gap_unit": self.gap_unit}
        told["superseded_by"] = self.superseded_by.document if self.superseded_by else None
        return {name: str(fact) if isinstance(fact, date | Decimal) else fact for name, fact in told.items()}


def target_rows(edition: Edition, month: date, scope: Scope) -> list[TargetRow]:
    """Every version of every target of the scope's place for the year of the month, the one in force first.

    A target is a place's, whatever owner and fund the scope names; under a grant of owners there are none.
    """
    found: list[TargetRow] = []
    for target in target_versions(edition, scope, month.year):
        if target.is_superseded:
            found.append(_superseded(target, scope.sector, found[-1].target))
        else:
            found.append(_in_force(edition, target, month, Scope(scope.place, sector=scope.sector)))
    return found


def _superseded(target: Target, sector: str, by: Target) -> TargetRow:
    measure = measure_of(target)
    stated_in = resolve_target_unit(target.unit_of_measure)
    return TargetRow(target, measure and measure.code, stated_in, obstacle(target, sector), superseded_by=by)


def _in_force(edition: Edition, target: Target, month: date, scope: Scope) -> TargetRow:
    measure, why_not = measure_of(target), obstacle(target, scope.sector)
    if measure is None or why_not:
        return TargetRow(target, measure and measure.code, resolve_target_unit(target.unit_of_measure), why_not)
    rows = monthly(edition, measure.code, scope)
    row = rows[month]
    value, path = exact_value(row), _path(rows, measure, target, month)
    pct = None if value is None or target.target == 0 else as_decimal(100 * value / Fraction(target.target))
    position = date.fromisoformat(edition.meta["as_of"])
    is_due = target.deadline <= min(month, position)
    return TargetRow(
        target,
        measure.code,
        measure.unit,
        row=row,
        last_year=rows.get(in_year(month, month.year - 1)),
        pct=pct,
        rating=rating(pct) if is_due and pct is not None else None,
        course=None if is_due else _course(value, path),
        path=path,
        gap=_gap(row, value, target),
        gap_unit=GAP_UNITS[measure.denominator] if measure.denominator else measure.unit,
    )


def _course(value: Fraction | None, path: Path | None) -> str | None:
    if value is None or path is None:
        return None
    return ON_COURSE if as_decimal(value) >= path.expected else BELOW_COURSE


def _path(rows: dict[date, Row], measure: Indicator, target: Target, month: date) -> Path | None:
    goal = Fraction(target.target)
    earlier = seasons(measure.code, rows, month, target.deadline)
    shares = {year: then / last for year, (then, last) in earlier.items()}
    if len(shares) >= FEWEST_SEASONS:
        return Path(as_decimal(goal * sum(shares.values()) / len(shares)), "seasonal", tuple(shares))
    start = Fraction(0)
    if measure.counting != YEAR_TO_DATE:
        last_year, row = rows.get(in_year(target.deadline, month.year - 1)), rows[month]
        if last_year is None or not same_count(last_year, row):
            return None
        start = level(measure.code, last_year)
        if measure.denominator == "vintage":
            start *= 100 / Fraction(row.denominator)
    passed = Fraction(month.timetuple().tm_yday, target.deadline.timetuple().tm_yday)
    return Path(as_decimal(start + (goal - start) * passed), "linear", ())


def _gap(row: Row, value: Fraction | None, target: Target) -> Decimal | None:
    if value is None:
        return None
    goal = Fraction(target.target)
    if row.denominator is None:
        return as_decimal(goal - value)
    return as_decimal(goal / 100 * Fraction(row.denominator) - Fraction(row.numerator))
