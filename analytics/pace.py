"""How much a week is needed from now to the target date, and how much the same weeks of earlier years brought."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.row import Scope
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
        return next((row.needed_per_week for row in self.rows if row.unit == "projects"), None)


def pace(edition: Edition, month: date, scope: Scope) -> Pace:
    """Of the scope's place, to the end of the month's year."""
    raise NotImplementedError
