"""What an act does to the headlines: the same numbers of two editions side by side, where they differ."""

from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from analytics.compute import default_month, default_scope, months, places, rows, rows_of_places
from analytics.row import Row, Scope
from analytics.within import widest_places
from data.access import EVERYTHING
from data.editions import Edition
from data.preview import Effect, Figure

OF_PLACES = ("population_coverage", "active_members", "placement_coverage", "project_registration")
OF_OWNERS = ("placement_coverage", "project_registration")

Key = tuple[str, str, str | None]  # indicator, place, owner


@dataclass(frozen=True)
class Effects:
    """Headlines that differ in `month`, and the first and last month in which any does; None where none ever does."""

    month: date | None
    first_changed: date | None
    last_changed: date | None
    rows: list[Effect]


def effects(before: Edition | None, after: Edition, month: date | None = None) -> Effects:
    """Of every place, branch and group and of every owner, as far as the editions' grant allows.

    `month` None: that which a page begins with, or the last that differs where that one does not. One month without an
    edition, or beyond what it speaks of, is no data there.
    """
    both = _Both(before, after)
    candidates = _candidates(before, after)
    first = next((day for day in candidates if both.differing(day)), None)
    last = next((day for day in reversed(candidates) if both.differing(day)), None)
    usual = default_month(after, default_scope(after))
    chosen = month or (usual if last is None or (usual and both.differing(usual)) else last)
    return Effects(chosen, first, last, both.differing(chosen) if chosen else [])


class _Both:
    """Two editions beside each other, a month at a time."""

    def __init__(self, before: Edition | None, after: Edition) -> None:
        self.before, self.after = before, after
        editions = [edition for edition in (before, after) if edition]
        self.told = {place["code"] for edition in editions for place in places(edition) if place["has_data"]}
        self.names = {place["code"]: place["name"] for edition in editions for place in places(edition)}
        self.known: dict[date, list[Effect]] = {}

    def differing(self, month: date) -> list[Effect]:
        """The headlines that differ in that month; remembered."""
        if month not in self.known:
            self.known[month] = self._compared(month)
        return self.known[month]

    def _compared(self, month: date) -> list[Effect]:
        was = _headlines(self.before, self.told, month) if self.before else {}
        has = _headlines(self.after, self.told, month)
        found = []
        for key in sorted(was.keys() | has.keys(), key=_order):
            sides = _figure(was.get(key)), _figure(has.get(key))
            if differ(*sides):
                indicator, place, owner = key
                found.append(Effect(indicator, place, self.names[place], owner, month, *sides))
        return found


def _candidates(before: Edition | None, after: Edition) -> list[date]:
    """Months in which a headline may differ, oldest first: all that are spoken of but those that are surely equal."""
    spoken = sorted({day for edition in (before, after) if edition for day in months(edition)})
    if before is None or before.grant != EVERYTHING or _schema(before) != _schema(after):
        return spoken
    was, has = _digests(before), _digests(after)
    moved = {part for part in was.keys() | has.keys() if was.get(part) != has.get(part)}
    if any(part == "places" for part, _day in moved):
        return spoken
    # An estimate holds until the next, so whatever follows it may differ.
    since = min((day for part, day in moved if part == "estimates"), default=date.max)
    days = {day for _part, day in moved}
    beyond = set(months(before)) ^ set(months(after))
    return [day for day in spoken if day in days or day in beyond or day >= since]


def _digests(edition: Edition) -> dict[tuple[str, date], int]:
    found: dict[tuple[str, date], int] = {}
    for row in edition.query("headline_digests", places=sorted(edition.visible_places)):
        key = row["part"], row["month"] or date.min
        found[key] = found.get(key, 0) ^ (row["digest"] or 0)
    return found


def _schema(edition: Edition) -> str:
    return edition.meta["schema_version"]


def _order(key: Key) -> tuple:
    indicator, place, owner = key
    return owner is not None, OF_PLACES.index(indicator), ":" in place, place, owner or ""


def _headlines(edition: Edition, codes: set[str], month: date) -> dict[Key, Row]:
    """By indicator, place and owner. `codes` are the places of which anything is known."""
    if month not in months(edition):
        return {}
    found: dict[Key, Row] = {}
    if edition.grant.owners is None:
        told = [place["code"] for place in places(edition) if place["code"] in codes & edition.visible_places]
        for indicator in OF_PLACES:
            found |= {(indicator, row.group, None): row for row in rows_of_places(edition, indicator, month, told)}
    for place in widest_places(edition):
        for indicator in OF_OWNERS:
            of_owners = rows(edition, indicator, month, Scope(place), "owner")
            found |= {(indicator, place, row.group): row for row in of_owners}
    return found


def _figure(row: Row | None) -> Figure:
    if row is None:
        return Figure()
    return Figure(row.numerator, row.denominator, row.value, row.low, row.high, row.status, row.reason)


def differ(old: Figure, new: Figure) -> bool:
    """Why there is no number may be told otherwise without any number that differs: of nothing, or of none that run."""
    return _stated(old) != _stated(new)


def _stated(figure: Figure) -> Figure:
    return replace(figure, reason=None, denominator=figure.denominator or None)
