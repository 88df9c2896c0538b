"""Where a measure will stand at the year's end: what is known to end, and what the seasons of earlier years brought."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from analytics.compute import headline_indicator
from analytics.ends import Ends, ends_by_month
from analytics.indicators import INDICATORS, YEAR_TO_DATE, Indicator, Text
from analytics.row import Amount, Row, Scope
from analytics.seasons import FEWEST_SEASONS, as_decimal, in_year, level, monthly, seasons
from data.categories import CONSTRUCTION
from data.editions import Edition

SEASONAL = Text(
    "Nilai sekarang dikalikan perbandingan rata-rata, pada tahun-tahun sebelumnya, antara nilai bulan itu dan nilai "
    "bulan yang sama dengan sekarang.",
    "The value of now times the mean ratio, in the years before, of the value of that month to the value of the same "
    "month as now.",
)
KNOWN_ENDS = Text(
    "Peserta sekarang dikurangi perlindungan proyek yang sudah diketahui berakhir sebelum bulan itu, ditambah peserta "
    "yang pada tahun-tahun sebelumnya rata-rata datang sesudah bulan yang sama, sebanding dengan jumlah sekarang; "
    "penyebut tetap.",
    "The members of now less the cover of projects that is known to end before that month, plus those who came after "
    "the same month in the years before, on average and in proportion to the members of now; the denominator is held "
    "constant.",
)
BAND = Text(
    "Pita: galat terbesar cara yang sama dari bulan yang sama pada {n} tahun sebelumnya, masing-masing diproyeksikan "
    "hanya dari tahun-tahun sebelum tahun itu; galat berikutnya berada di dalamnya kira-kira {n} dari {of} kali.",
    "Band: the largest error of the same method from the same month in {n} earlier years, each projected from the "
    "years before it alone; the next error lies inside about {n} times in {of}.",
)
DEMONSTRATION = Text(
    "Data contoh dibuat oleh program: uji mundur ini membuktikan hitungannya, bukan kecakapannya.",
    "Demonstration data is made by a program: this back-test proves the reckoning, not the skill.",
)
TOO_FEW = {
    "no_value": Text("angka bulan ini belum ada", "there is no figure of this month"),
    "year_over": Text("tahunnya sudah berakhir", "the year is over"),
    "too_few_seasons": Text(
        "kurang dari tiga tahun sebelumnya dengan angka yang dapat dibandingkan pada bulan yang sama dan pada Desember",
        "fewer than three years before have comparable figures both in the same month and in December",
    ),
}
# Measures whose members are covered by projects, whose ends are known beforehand.
ENDING = ("population_coverage", "active_members")


@dataclass(frozen=True)
class Point:
    """One month end to come: the projected value and its band, in the measure's unit.

    `known` is what is left of today's members as their projects end; None where no ends are known.
    """

    month: date
    value: Amount
    low: Amount
    high: Amount
    known: Amount


@dataclass(frozen=True)
class Tested:
    """An earlier year projected from the same month with the years before it alone.

    Shares have the denominator of now. `error_pct` is what came less what was projected, in percent of the projection;
    `is_within` whether the band of that time held it, made of the errors of the tested years before; None of the first.
    """

    year: int
    projected: Amount
    actual: Amount
    error_pct: float
    is_within: bool | None


@dataclass(frozen=True)
class Backtest:
    """How the same method did from the same month to the year's end in earlier years."""

    tests: tuple[Tested, ...]

    @property
    def n(self) -> int:
        return len(self.tests)

    @property
    def mean_error_pct(self) -> float:
        return sum(test.error_pct for test in self.tests) / self.n

    @property
    def mean_absolute_error_pct(self) -> float:
        return sum(abs(test.error_pct) for test in self.tests) / self.n

    @property
    def judged(self) -> int:
        """The years that had a band in their time: all but the first."""
        return sum(test.is_within is not None for test in self.tests)

    @property
    def within(self) -> int:
        return sum(test.is_within is True for test in self.tests)


@dataclass(frozen=True)
class Projection:
    """The measure from the month to the year's end. `seasons` are the earlier years; the last point is 31 December."""

    measure: str
    origin: Row
    points: tuple[Point, ...]
    method: Text
    band: Text
    seasons: tuple[int, ...]
    backtest: Backtest
    is_demonstration: bool

    def as_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {"measure": self.measure, "month": self.origin.month, "value": self.origin.value}
        told |= {"points": [asdict(point) for point in self.points], "method": self.method.id, "band": self.band.id}
        tested = {"tests": [asdict(test) for test in self.backtest.tests], "n": self.backtest.n}
        for name in ("mean_error_pct", "mean_absolute_error_pct", "within", "judged"):
            tested[name] = getattr(self.backtest, name)
        note = DEMONSTRATION.id if self.is_demonstration else None
        return told | {"seasons": list(self.seasons), "backtest": tested, "note": note}


@dataclass(frozen=True)
class TooFew:
    """Why there is no projection: no_value, year_over, too_few_seasons; and the earlier years that there are."""

    measure: str
    reason: str
    seasons: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        return {"measure": self.measure, "reason": self.reason, "seasons": list(self.seasons)}


def projection(edition: Edition, month: date, scope: Scope, measure: str | None = None) -> Projection | TooFew:
    """Of one measure (None: the scope's headline) to 31 December of the month's year.

    None is made from fewer than three earlier years that know the measure in the same month and in December.
    """
    chosen = INDICATORS[measure or headline_indicator(scope)]
    rows, deadline = monthly(edition, chosen.code, scope), date(month.year, 12, 31)
    if month >= deadline or rows[month].value is None:
        return TooFew(chosen.code, "year_over" if month >= deadline else "no_value", ())
    years = tuple(seasons(chosen.code, rows, month, deadline))
    if len(years) < FEWEST_SEASONS:
        return TooFew(chosen.code, "too_few_seasons", years)
    asked = (month, *(in_year(month, year) for year in years))
    has_ends = chosen.code in ENDING and scope.sector == CONSTRUCTION
    ends = ends_by_month(edition, scope, asked) if has_ends else {}
    untils = _months_to(month, deadline, rows, years, chosen)
    made = [_point(chosen, rows, (month, until), years, ends) for until in untils]
    if any(point is None for point in made):
        made = [_point(chosen, rows, (month, until), years, {}) for until in untils]
    told = [found for found in made if found is not None]
    points, tests = [point for point, _tests in told], told[-1][1]
    number = {"n": len(tests), "of": len(tests) + 1}
    return Projection(
        chosen.code,
        rows[month],
        tuple(points),
        SEASONAL if points[-1].known is None else KNOWN_ENDS,
        Text(BAND.id.format(**number), BAND.en.format(**number)),
        years,
        Backtest(tuple(tests)),
        edition.meta["demo"] == "1",
    )


def _months_to(
    month: date, deadline: date, rows: dict[date, Row], years: tuple[int, ...], measure: Indicator
) -> list[date]:
    """The month ends after the month, those for which every one of the years can be asked; the last is December's."""
    later = [in_year(date(month.year, number, 1), month.year) for number in range(month.month + 1, deadline.month + 1)]
    return [until for until in later if set(years) <= seasons(measure.code, rows, month, until).keys()]


@dataclass(frozen=True)
class _Season:
    """An earlier year: the levels of the same month and of the month asked for, and the share then known to be left."""

    year: int
    then: Fraction
    later: Fraction
    left: Fraction | None


def _point(
    measure: Indicator, rows: dict[date, Row], span: tuple[date, date], years: tuple[int, ...], ends: dict[date, Ends]
) -> tuple[Point, list[Tested]] | None:
    """The point of the second month of the span and its back-test; None where the known ends do not carry it: of a year
    they are unknown, or fewer would be left than nobody."""
    month, until = span
    now, left, found = level(measure.code, rows[month]), _left(ends, *span), seasons(measure.code, rows, month, until)
    past = [_Season(year, *found[year], _left(ends, in_year(month, year), in_year(until, year))) for year in years]
    factors = [_factor(past[:number], season.left) for number, season in enumerate(past) if number]
    factor = _factor(past, left)
    if ends and (
        any(known is None for known in (left, *(season.left for season in past))) or min(factor, *factors) <= 0
    ):
        return None
    shown = partial(_amount, measure, rows[month])
    errors = [season.later / (season.then * tested) - 1 for season, tested in zip(past[1:], factors, strict=True)]
    tests = [
        Tested(
            season.year,
            shown(season.then * tested),
            shown(season.later),
            float(100 * error),
            _is_within(number, errors),
        )
        for number, (season, tested, error) in enumerate(zip(past[1:], factors, errors, strict=True))
    ]
    value, widest = now * factor, max(map(abs, errors))
    # What was registered or paid this year stays so.
    least = now if measure.counting == YEAR_TO_DATE else Fraction(0)
    low, high = max(least, value * (1 - widest)), value * (1 + widest)
    known = None if left is None else shown(now * left)
    return Point(until, shown(value), shown(low), shown(high), known), tests


def _left(ends: dict[date, Ends], month: date, until: date) -> Fraction | None:
    return ends[month].left_on(until) if month in ends else None


def _factor(past: list[_Season], left: Fraction | None) -> Fraction:
    """What is left, and what came on average beside what was left then; where no ends are known all of it came."""
    came = sum((season.later / season.then - (season.left or 0) for season in past), Fraction(0))
    return (left or 0) + came / len(past)


def _is_within(number: int, errors: list[Fraction]) -> bool | None:
    before = [abs(error) for error in errors[:number]]
    return abs(errors[number]) <= max(before) if before else None


def _amount(measure: Indicator, origin: Row, reached: Fraction) -> Amount:
    """The level in the measure's unit: a share with the denominator of now, money in whole rupiah."""
    if measure.unit == "rupiah":
        return as_decimal(reached).quantize(Decimal(1), ROUND_HALF_UP)
    if measure.denominator == "vintage":
        return float(100 * reached / Fraction(origin.denominator))
    return float(reached)
