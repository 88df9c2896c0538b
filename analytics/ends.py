"""When the cover of today is known to end: with the project, or on the day its paid registration says."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from analytics.register import has_register
from analytics.row import Scope
from analytics.within import places_inside
from data.access import ALL
from data.editions import Edition

SOON_DAYS = 90


@dataclass(frozen=True)
class Ends:
    """The covered placements of a month end by the day on which their cover was then known to end."""

    month: date
    covered_by_day: tuple[tuple[date, int], ...]

    @property
    def covered(self) -> int:
        return sum(covered for _day, covered in self.covered_by_day)

    def left_on(self, day: date) -> Fraction | None:
        """The share of them whose cover still includes that day; None where nobody is covered."""
        if not self.covered:
            return None
        return Fraction(sum(covered for ends_on, covered in self.covered_by_day if ends_on >= day), self.covered)

    def ending_within(self, days: int = SOON_DAYS) -> int:
        """Placements whose last day of cover is one of the next so many days."""
        last = self.month + timedelta(days=days)
        return sum(covered for ends_on, covered in self.covered_by_day if ends_on <= last)


def known_ends(edition: Edition, month: date, scope: Scope) -> Ends | None:
    """Of the covered placements on the scope's running projects; None of an edition without single projects."""
    return ends_by_month(edition, scope, (month,)).get(month)


@lru_cache(maxsize=64)
def ends_by_month(edition: Edition, scope: Scope, month_ends: tuple[date, ...]) -> dict[date, Ends]:
    """By month end, what was known on it: the addenda of later are not. Empty where single projects are not known."""
    edition.refuse_outside(place=scope.place, owner=scope.owner or ALL)
    if not has_register(edition):
        return {}
    owners = [scope.owner] if scope.owner else None
    found = edition.query(
        "known_ends",
        places=places_inside(edition, scope.place),
        owners=owners,
        fund=scope.fund,
        months=list(month_ends),
    )
    by_month: dict[date, list[tuple[date, int]]] = {month: [] for month in month_ends}
    for row in found:
        by_month[row["month"]].append((row["ends_on"], row["covered"]))
    return {month: Ends(month, tuple(days)) for month, days in by_month.items()}
