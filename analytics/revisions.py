"""One number through the editions: each month as it was published then, and as it is known now, and why it moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Literal

from analytics.change import PersonsStep, Step
from analytics.compute import months, places, trend
from analytics.history import history
from analytics.indicators import INDICATORS
from analytics.provenance import Asked
from analytics.row import Amount, Row
from analytics.since import MEASURES, Position, since
from data.editions import Edition
from data.errors import CakupanError

Why = Literal["other_place", "other_members", "other_denominator", "edition_older", "no_month"]


@dataclass(frozen=True)
class Published:
    """One edition. `why` says why it tells nothing of this number: a place, composition of a branch or group, estimate
    or measure that it does not know, or no month of those asked for; None where it tells of some.
    """

    number: int
    published_at: datetime
    as_of: date
    schema_version: int
    why: Why | None = None


@dataclass(frozen=True)
class Reason:
    """One cause of a change. `amount` is in points, or in the unit of a count; None where it cannot be told how much.

    kinds: as of analytics.since where it can tell (late, correction, revised, source, denominator, revised_workers,
    more_workers, fewer_workers); else numerator and workers (of a counted denominator), which add up; appeared and
    vanished, where only one edition has a value; definition, where the definition has a newer version since.
    """

    kind: str
    amount: float | None = None


@dataclass(frozen=True)
class Change:
    """What one edition says of a month otherwise than the edition before it; `then` and `now` are their rows."""

    month: date
    from_edition: int
    to_edition: int
    then: Row
    now: Row
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Revisions:
    """`said` holds the rows by edition and month: of every edition that tells of the month, whether or not it has a
    value. Editions and months come oldest first, changes newest first.
    """

    asked: Asked
    editions: tuple[Published, ...]
    months: tuple[date, ...]
    said: dict[tuple[int, date], Row]
    changes: tuple[Change, ...]

    def first_said(self, month: date) -> Row | None:
        """The month as first published with a value; None where no edition has one."""
        return next((row for row in self._of(month) if row.value is not None), None)

    def first_edition(self, month: date) -> int | None:
        """The edition that first had a value of the month."""
        known = (edition.number for edition in self.editions if self._value(edition.number, month) is not None)
        return next(known, None)

    def known_now(self, month: date) -> Row | None:
        """The month as the newest edition says it; None where it does not."""
        return self.said.get((self.editions[-1].number, month)) if self.editions else None

    def _value(self, number: int, month: date) -> Amount:
        row = self.said.get((number, month))
        return row.value if row else None

    def _of(self, month: date) -> list[Row]:
        return [row for edition in self.editions if (row := self.said.get((edition.number, month))) is not None]


def revisions(editions: Sequence[Edition], asked: Asked, *, most_months: int) -> Revisions:
    """`editions` oldest first, all under the same grant; `asked.month` is the last month looked at.

    CakupanError and OutsideScope as compute.rows of the newest edition.
    """
    newest = editions[-1]
    assert {edition.grant for edition in editions} == {newest.grant}, editions
    wanted = [month for month in months(newest) if month <= asked.month][-most_months:]
    trend(newest, asked.measure, asked.scope, asked.month, asked.month, asked.vintage)  # refuses what it does not know
    published: list[Published] = []
    said: dict[tuple[int, date], Row] = {}
    for edition in editions:
        found, why = _told(edition, newest, asked, wanted)
        published.append(_published(edition, why))
        said |= {(edition.number, month): row for month, row in found.items()}
    changes = _changes(editions, asked, wanted, said)
    return Revisions(asked, tuple(published), tuple(wanted), said, tuple(changes))


def _published(edition: Edition, why: Why | None) -> Published:
    meta = edition.meta
    at = datetime.fromisoformat(meta["published_at"])
    return Published(edition.number, at, date.fromisoformat(meta["as_of"]), int(meta["schema_version"]), why)


def _told(
    edition: Edition, newest: Edition, asked: Asked, wanted: Sequence[date]
) -> tuple[dict[date, Row], Why | None]:
    """The months that the edition speaks of, and why not where there are none."""
    if why := _why_not(edition, newest, asked.scope.place):
        return {}, why
    known = [month for month in months(edition) if month in set(wanted)]
    if not known:
        return {}, "no_month"
    try:
        rows = trend(edition, asked.measure, asked.scope, known[0], known[-1], asked.vintage)
    except CakupanError:
        # An estimate by which the newest edition divides and this one does not know; all else has been looked at.
        return {}, "other_denominator"
    if all(row.reason == "edition_older" for row in rows):
        return {}, "edition_older"
    return dict(zip(known, rows, strict=True)), None


def _why_not(edition: Edition, newest: Edition, place: str) -> Why | None:
    if place not in edition.visible_places or place not in {row["code"] for row in places(edition)}:
        return "other_place"
    if ":" in place and _members(edition, place) != _members(newest, place):
        return "other_members"
    return None


def _members(edition: Edition, place: str) -> set[str]:
    return {row["place"] for row in edition.query("branch_places", branch=place)}


def _changes(
    editions: Sequence[Edition], asked: Asked, wanted: Sequence[date], said: dict[tuple[int, date], Row]
) -> list[Change]:
    """Each month beside the edition before that spoke of it."""
    found = []
    for month in wanted:
        telling = [edition for edition in editions if (edition.number, month) in said]
        for before, after in pairwise(telling):
            then, now = said[before.number, month], said[after.number, month]
            if _has_moved(then, now):
                reasons = _reasons(before, after, asked, (then, now), month)
                found.append(Change(month, before.number, after.number, then, now, tuple(reasons)))
    return sorted(found, key=lambda change: (change.to_edition, change.month), reverse=True)


def _has_moved(then: Row, now: Row) -> bool:
    """Where neither edition has a value nor a numerator there is nothing that could have been quoted."""
    if then.value is None and now.value is None:
        return then.numerator != now.numerator
    return (then.numerator, then.denominator, then.value) != (now.numerator, now.denominator, now.value)


def _reasons(before: Edition, after: Edition, asked: Asked, rows: tuple[Row, Row], month: date) -> list[Reason]:
    then, now = rows
    defined = _redefined(before, after, asked.measure)
    if then.value is None and now.value is None:
        return [*defined, Reason("numerator")]
    if then.value is None or now.value is None:
        return [*defined, Reason("vanished" if now.value is None else "appeared")]
    if asked.measure in MEASURES:
        found = since(Position(before, month), Position(after, month), asked.scope, asked.vintage, asked.measure)
        if not found.reason:
            return [*defined, *(_reason(step) for step in found.steps[1:-1])]
    return [*defined, *_by_sides(asked.measure, then, now)]


def _reason(step: Step | PersonsStep) -> Reason:
    return Reason(step.kind, step.points if isinstance(step, Step) else step.persons)


def _by_sides(measure: str, then: Row, now: Row) -> list[Reason]:
    """The numerator first, on the denominator of then; then what the new denominator makes of it."""
    source = [Reason("source")] if (then.origin, then.source) != (now.origin, now.source) else []
    if then.denominator is None or now.denominator is None:
        return [*source, Reason("numerator", now.value - then.value)]
    if INDICATORS[measure].unit == "percent":
        halfway = float(100 * now.numerator / then.denominator)
    else:  # what lacks; of nobody as well as of a hundred
        halfway = float(then.denominator - now.numerator)
    of_people = "denominator" if now.denominator_source else "workers"
    moved = [Reason("numerator", halfway - then.value), Reason(of_people, now.value - halfway)]
    return [*source, *(reason for reason in moved if reason.amount)]


def _redefined(before: Edition, after: Edition, measure: str) -> list[Reason]:
    first, last = (datetime.fromisoformat(edition.meta["published_at"]).date() for edition in (before, after))
    is_newer = any(first < change.since <= last for change in history(measure)[1:])
    return [Reason("definition")] if is_newer else []
