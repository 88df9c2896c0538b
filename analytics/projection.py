"""Where a measure will stand at the year's end, from ends that are known and the seasons of earlier years."""

from dataclasses import dataclass
from datetime import date

from analytics.indicators import Text
from analytics.row import Row, Scope
from data.editions import Edition


@dataclass(frozen=True)
class Point:
    """One month end to come: the projected value and its band, in the measure's unit.

    `known` is what today's members alone would leave, as their projects end; None where no ends are known.
    """

    month: date
    value: float
    low: float
    high: float
    known: float | None


@dataclass(frozen=True)
class Tested:
    """An earlier year projected from the same month with the years before it alone.

    `error_pct` is projected less actual, in percent of actual; `is_within` whether the band made of the other years'
    errors held the actual value, None where there is no other.
    """

    year: int
    projected: float
    actual: float
    error_pct: float
    is_within: bool | None


@dataclass(frozen=True)
class Backtest:
    """How the same method did at the same distance in earlier years."""

    tests: tuple[Tested, ...]
    mean_error_pct: float
    mean_absolute_error_pct: float
    within: int
    judged: int

    @property
    def n(self) -> int:
        return len(self.tests)


@dataclass(frozen=True)
class Projection:
    """The measure from the month to the year's end. `low` and `high` are those of the last point."""

    measure: str
    origin: Row
    points: tuple[Point, ...]
    method: Text
    seasons: tuple[int, ...]
    backtest: Backtest
    is_demonstration: bool

    @property
    def low(self) -> float:
        return self.points[-1].low

    @property
    def high(self) -> float:
        return self.points[-1].high


@dataclass(frozen=True)
class TooFew:
    """Why there is no projection: no_value, year_over, too_few_seasons."""

    measure: str
    reason: str
    seasons: tuple[int, ...]


def projection(edition: Edition, month: date, scope: Scope, measure: str | None = None) -> Projection | TooFew:
    """Of one measure (None: the scope's headline) to 31 December of the month's year."""
    raise NotImplementedError
