"""How much a week is needed from now to the target date, and how much the same weeks of earlier years brought."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from analytics.attainment import TargetRow, target_rows
from analytics.indicators import INDICATORS, YEAR_TO_DATE
from analytics.row import Row, Scope
from analytics.seasons import as_decimal, in_year, monthly, same_count, seen_on, weeks_between
from analytics.targets import Target
from data.editions import Edition


@dataclass(frozen=True)
class EarlierPace:
    """What the weeks from the same month end to the year's end brought each, in an earlier year."""

    year: int
    per_week: Decimal


@dataclass(frozen=True)
class PaceRow:
    """The pace towards one target in `unit` (persons, projects, rupiah); a state counts what comes less what ends.

    `needed_per_week` is None where nothing remains or no time does: `reason` is reached, deadline_over or no_value.
    `this_year_per_week` is what the weeks of the year so far brought.
    """

    target: Target
    measure: str
    unit: str
    remaining: Decimal | None
    needed_per_week: Decimal | None
    this_year_per_week: Decimal | None
    same_period_earlier: tuple[EarlierPace, ...]
    reason: str | None

    def as_json(self) -> dict[str, Any]:
        amounts = ("remaining", "needed_per_week", "this_year_per_week")
        told: dict[str, Any] = {"issuer": self.target.issuer, "measure": self.measure, "unit": self.unit}
        told |= {name: None if getattr(self, name) is None else str(getattr(self, name)) for name in amounts}
        earlier = [{"year": past.year, "per_week": str(past.per_week)} for past in self.same_period_earlier]
        return told | {"same_period_earlier": earlier, "reason": self.reason}


@dataclass(frozen=True)
class Pace:
    """The pace towards every comparable target in force; `weeks_left` from the day the reader stands on."""

    seen_on: date
    deadline: date
    weeks_left: Decimal
    rows: tuple[PaceRow, ...]

    @property
    def needed_per_week_workers(self) -> Decimal | None:
        """Of the first target that counts people; None where there is none."""
        return next((row.needed_per_week for row in self.rows if row.unit == "persons"), None)

    @property
    def needed_per_week_projects(self) -> Decimal | None:
        """Of the first target that counts projects; None where there is none."""
        return next((row.needed_per_week for row in self.rows if row.unit == "projects"), None)


def pace(edition: Edition, month: date, scope: Scope) -> Pace:
    """Of the scope's place, to the end of the month's year."""
    stands_on, deadline = seen_on(edition, month), date(month.year, 12, 31)
    weeks = max(weeks_between(stands_on, deadline), Fraction(0))
    wanted = [row for row in target_rows(edition, month, scope) if row.row is not None]
    rows = tuple(_pace_of(edition, row, month, Scope(scope.place, sector=scope.sector), weeks) for row in wanted)
    return Pace(stands_on, deadline, as_decimal(weeks), rows)


def _pace_of(edition: Edition, wanted: TargetRow, month: date, scope: Scope, weeks: Fraction) -> PaceRow:
    assert wanted.measure is not None and wanted.gap_unit is not None, wanted
    rows = monthly(edition, wanted.measure, scope)
    reason = "no_value" if wanted.gap is None else "reached" if wanted.gap <= 0 else None if weeks else "deadline_over"
    needed = as_decimal(Fraction(wanted.gap) / weeks) if wanted.gap is not None and reason is None else None
    return PaceRow(
        wanted.target,
        wanted.measure,
        wanted.gap_unit,
        wanted.gap,
        needed,
        _this_year(rows, wanted.measure, month),
        _earlier(rows, month, wanted.target.deadline),
        reason,
    )


def _this_year(rows: dict[date, Row], measure: str, month: date) -> Decimal | None:
    """From the last day of the year before, when a sum of the year was 0."""
    begin = date(month.year - 1, 12, 31)
    brought = _brought(rows.get(begin), rows[month])
    if INDICATORS[measure].counting == YEAR_TO_DATE:
        brought = None if rows[month].value is None else Fraction(rows[month].numerator)
    return None if brought is None else as_decimal(brought / weeks_between(begin, month))


def _earlier(rows: dict[date, Row], month: date, deadline: date) -> tuple[EarlierPace, ...]:
    found = []
    for year in sorted({day.year for day in rows if day.year < month.year}):
        then, end = in_year(month, year), in_year(deadline, year)
        brought = _brought(rows.get(then), rows.get(end))
        if brought is not None and then < end:
            found.append(EarlierPace(year, as_decimal(brought / weeks_between(then, end))))
    return tuple(found)


def _brought(before: Row | None, after: Row | None) -> Fraction | None:
    """What was added between the two; None where one is unknown or they are counted from different sources."""
    if before is None or after is None or not same_count(before, after):
        return None
    return Fraction(after.numerator) - Fraction(before.numerator)
