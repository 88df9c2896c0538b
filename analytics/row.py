"""One row of an indicator, the scope it was asked for, and the one place where a numerator meets a denominator."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from analytics.indicators import Indicator
from analytics.targets import Target
from data.categories import CONSTRUCTION

Amount = Any  # None, or int of a count, Decimal of money, float of a share: the indicator's unit says which

JSON_FIELDS = (
    "group", "month", "numerator", "denominator", "value", "low", "high", "named_persons", "unnamed_headcount",
    "status", "source", "as_of",
)  # fmt: skip
MORE_JSON_FIELDS = ("named_days", "unnamed_days", "left_out", "reason", "known_projects", "known_numerator")


@dataclass(frozen=True)
class Scope:
    """What the reader has chosen: a place (or 'branch:CODE', 'group:CODE'), perhaps one owner, perhaps one fund.

    `sector` is one of SECTORS, or ALL_SECTORS; what has no "sector" in its split_by is told of construction alone.
    """

    place: str = "16"
    owner: str | None = None
    fund: str | None = None
    sector: str = CONSTRUCTION


@dataclass(frozen=True)
class Row:
    """One group at one month end.

    `value` is in the indicator's unit and None unless `status` is ok or implausible; `low` and `high` are what the
    published error of numerator and denominator allows, None when no error is published. `as_of` is the month end, or a
    report's own date. `source` is the numerator's, `denominator_source` the denominator's. `running_projects` is None
    for people measures, and where no project of the group is known to run in that month: nothing lacks there. Rupiah
    are Decimal. `left_out` counts what could not be judged (projects without a headcount, a value, a work order …).
    `reason` says why there is no data: edition_older (published before the indicator existed), no_project,
    not_complete, none_stated, own_owners (see compare.Comparison); None otherwise. `target` is the one that
    target_attainment speaks of. Of registrations that are not completely known, `known_projects` are the projects of
    which they are, and `known_numerator` the numerator of those; None otherwise.
    """

    group: str
    label: str
    month: str
    numerator: Amount
    denominator: Amount
    value: Amount
    low: float | None
    high: float | None
    named_persons: int | None
    unnamed_headcount: int | None
    status: str
    source: str | None
    as_of: date | None
    origin: str | None = None
    denominator_source: str | None = None
    denominator_as_of: date | None = None
    unsized_projects: int | None = None
    running_projects: int | None = None
    named_days: int | None = None
    unnamed_days: int | None = None
    left_out: int | None = None
    reason: str | None = None
    target: Target | None = None
    sector: str = CONSTRUCTION
    known_projects: int | None = None
    known_numerator: Amount = None

    def as_json(self) -> dict[str, Any]:
        """The public fields, and the others that are known; dates as ISO text, money as text."""
        more = [name for name in MORE_JSON_FIELDS if getattr(self, name) is not None]
        more += ["sector"] if self.sector != CONSTRUCTION else []
        found = {name: getattr(self, name) for name in (*JSON_FIELDS, *more)}
        return {name: _as_text(field) if isinstance(field, date | Decimal) else field for name, field in found.items()}


def _as_text(field: date | Decimal) -> str:
    return field.isoformat() if isinstance(field, date) else str(field)


@dataclass(frozen=True)
class Vintage:
    """One dated estimate of the workers of a place; `low` and `high` are None when no error is published."""

    workers: int
    low: float | None
    high: float | None
    per_tanggal: date | None
    source: str


def empty_row(
    group: str, label: str, month: date, reason: str, status: str = "no_data", sector: str = CONSTRUCTION
) -> Row:
    """A group without a figure in that month, and why."""
    nothing = dict.fromkeys(("numerator", "denominator", "value", "low", "high", "named_persons", "unnamed_headcount"))
    as_told = {"status": status, "source": None, "as_of": None, "reason": reason, "sector": sector}
    return Row(group, label, f"{month:%Y-%m}", **nothing, **as_told)


def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def status_of_denominator(measure: Indicator, denominator: Amount) -> str:
    """ok, no_denominator or zero_denominator."""
    if measure.denominator is None:
        return "ok"
    if denominator is None:
        return "no_denominator"
    return "zero_denominator" if denominator == 0 and measure.unit == "percent" else "ok"


def measured(
    measure: Indicator, status: str, numerator: Amount, half_unit: float, estimate: Vintage | None
) -> tuple[Amount, float | None, float | None]:
    """Value and its bounds in the indicator's unit; all None unless the status is ok."""
    if status != "ok" or numerator is None:
        return None, None, None
    if isinstance(numerator, Decimal):
        # Money states no error; a share of it is a number like any other.
        assert half_unit == 0, numerator
        return (float(100 * numerator / estimate.workers) if estimate else numerator), None, None
    least, most = numerator - half_unit, numerator + half_unit
    if measure.denominator is None:
        return (float(numerator), least, most) if half_unit else (float(numerator), None, None)
    assert estimate is not None, (measure.code, numerator)
    fewest = estimate.workers if estimate.low is None else estimate.low
    largest = estimate.workers if estimate.high is None else estimate.high
    # A rounding as large as the estimate itself leaves no bound that means anything.
    has_published_error = fewest > 0 and bool(half_unit or fewest < estimate.workers or largest > estimate.workers)
    if measure.unit == "persons":
        value = float(estimate.workers - numerator)
        return (value, fewest - most, largest - least) if has_published_error else (value, None, None)
    value = 100 * numerator / estimate.workers
    return (value, 100 * least / largest, 100 * most / fewest) if has_published_error else (value, None, None)


def status_with_flag(measure: Indicator, status: str, value: Amount) -> str:
    """The status, or implausible where the value lies outside what the indicator allows."""
    if value is None:
        return status
    least, most = measure.plausible
    outside = (least is not None and value < least) or (most is not None and value > most)
    return "implausible" if outside else status
