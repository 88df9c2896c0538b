"""What moved a coverage between two months, as bars that add up."""

from dataclasses import dataclass
from datetime import date, timedelta

from analytics.compute import Row, Scope, headline_indicator, trend
from data.categories import CONSTRUCTION
from data.editions import Edition


@dataclass(frozen=True)
class Step:
    """One bar of the waterfall, from `from_pct` to `to_pct`; `persons` is None where no persons stand behind it.

    kind: start, joined, ended, named, unnamed, net, source, denominator, more_workers, fewer_workers, end.
    """

    kind: str
    from_pct: float
    to_pct: float
    persons: int | None

    @property
    def points(self) -> float:
        return self.to_pct - self.from_pct


@dataclass(frozen=True)
class PersonsStep:
    """One bar of the waterfall in persons, from `from_persons` to `to_persons`; kinds as of Step."""

    kind: str
    from_persons: int
    to_persons: int

    @property
    def persons(self) -> int:
        return self.to_persons - self.from_persons


def steps(edition: Edition, scope: Scope, month: date, compared: date) -> list[Step]:
    """The bars from `compared` to `month` for the scope's headline measure.

    Empty when either month has no value or lies outside the edition.

    Numerator bars stand on the denominator of `compared`; the bar `denominator` is what its replacement did; of
    placements, `more_workers` or `fewer_workers` is what the change of the projects' workers did.
    Joined and ended are the sums of the months between, so they exist only where all of these count persons.
    """
    indicator = headline_indicator(scope)
    series = trend(edition, indicator, scope, compared, month)
    if len(series) < 2:
        return []
    before, after = series[0], series[-1]
    months_told = before.month == f"{compared:%Y-%m}" and after.month == f"{month:%Y-%m}"
    if not months_told or before.value is None or after.value is None:
        return []
    if indicator == "placement_coverage":
        return _bars(before, after, _moves_of_counts(before, after, "named"), _change_of_workers(before, after))
    moves = _moves_of_members(edition, scope, before, after, compared + timedelta(days=1), month)
    return _bars(before, after, moves, "denominator")


def steps_in_persons(edition: Edition, scope: Scope, month: date, compared: date) -> list[PersonsStep]:
    """The bars of active members from `compared` to `month`, for a place that has no estimate to divide by.

    Empty when a month has no count, lies outside the edition or only adds up some of the places within: two such sums
    need not be of the same places.
    """
    series = trend(edition, "active_members", scope, compared, month)
    if len(series) < 2:
        return []
    before, after = series[0], series[-1]
    months_told = before.month == f"{compared:%Y-%m}" and after.month == f"{month:%Y-%m}"
    if not months_told or before.value is None or after.value is None:
        return []
    moves = _moves_of_members(edition, scope, before, after, compared + timedelta(days=1), month)
    bars = [PersonsStep("start", 0, _numerator(before))]
    for kind, moved in moves:
        bars.append(PersonsStep(kind, bars[-1].to_persons, bars[-1].to_persons + moved))
    return [*bars, PersonsStep("end", 0, _numerator(after))]


Moves = list[tuple[str, int]]


def _moves_of_members(edition: Edition, scope: Scope, before: Row, after: Row, first: date, last: date) -> Moves:
    difference = _numerator(after) - _numerator(before)
    if scope.sector != CONSTRUCTION and before.source == after.source:
        return [("net", difference)]
    if before.origin != after.origin or before.source != after.source:
        return [("source", difference)]
    joined, ended = (_sum_of(trend(edition, flow, scope, first, last)) for flow in ("new_members", "ended_members"))
    if joined is None or ended is None:
        return _moves_of_counts(before, after, "net")
    return [("joined", joined), ("ended", -ended), ("unnamed", difference - joined + ended)]


def _moves_of_counts(before: Row, after: Row, named_kind: str) -> Moves:
    difference = _numerator(after) - _numerator(before)
    if before.named_persons is None or after.named_persons is None:
        return [("net", difference)]
    named = after.named_persons - before.named_persons
    return [(named_kind, named), ("unnamed", difference - named)]


def _change_of_workers(before: Row, after: Row) -> str:
    """The workers of running projects are counted, not estimated: their change is one of the work itself."""
    assert before.denominator is not None and after.denominator is not None, (before, after)
    return "more_workers" if after.denominator > before.denominator else "fewer_workers"


def _bars(before: Row, after: Row, moves: Moves, denominator_kind: str) -> list[Step]:
    assert before.denominator and after.value is not None and before.value is not None, (before, after)
    bars = [Step("start", 0.0, before.value, before.numerator)]
    persons = _numerator(before)
    for kind, moved in moves:
        reached = 100 * (persons + moved) / before.denominator
        bars.append(Step(kind, bars[-1].to_pct, reached, moved))
        persons += moved
    if after.denominator != before.denominator:
        bars.append(Step(denominator_kind, bars[-1].to_pct, after.value, None))
    return [*bars, Step("end", 0.0, after.value, after.numerator)]


def _numerator(row: Row) -> int:
    assert row.numerator is not None, row
    return row.numerator


def _sum_of(flows: list[Row]) -> int | None:
    """None when any month is unknown: a missing month is not a month without movement."""
    counts = [row.numerator for row in flows]
    return None if None in counts else sum(count for count in counts if count is not None)
