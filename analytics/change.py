"""What moved a coverage between two months, as bars that add up."""

from dataclasses import dataclass
from datetime import date, timedelta

from analytics.compute import Row, Scope, headline_indicator, trend
from data.editions import Edition


@dataclass(frozen=True)
class Step:
    """One bar of the waterfall, from `from_pct` to `to_pct`; `persons` is None where no persons stand behind it.

    kind: start, joined, ended, unnamed, net, source, denominator, end.
    """

    kind: str
    from_pct: float
    to_pct: float
    persons: int | None

    @property
    def points(self) -> float:
        return self.to_pct - self.from_pct


def steps(edition: Edition, scope: Scope, month: date, compared: date) -> list[Step]:
    """The bars from `compared` to `month` for the scope's headline measure.

    Empty when either month has no value or lies outside the edition.

    Numerator bars stand on the denominator of `compared`; the bar `denominator` is what its replacement did.
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
        moves = _moves_of_counts(before, after)
    else:
        moves = _moves_of_members(edition, scope, before, after, compared + timedelta(days=1), month)
    return _bars(before, after, moves)


Moves = list[tuple[str, int]]


def _moves_of_members(edition: Edition, scope: Scope, before: Row, after: Row, first: date, last: date) -> Moves:
    difference = _numerator(after) - _numerator(before)
    if before.origin != after.origin or before.source != after.source:
        return [("source", difference)]
    joined, ended = (_sum_of(trend(edition, flow, scope, first, last)) for flow in ("new_members", "ended_members"))
    if joined is None or ended is None:
        return _moves_of_counts(before, after)
    return [("joined", joined), ("ended", -ended), ("unnamed", difference - joined + ended)]


def _moves_of_counts(before: Row, after: Row) -> Moves:
    difference = _numerator(after) - _numerator(before)
    if before.named_persons is None or after.named_persons is None:
        return [("net", difference)]
    named = after.named_persons - before.named_persons
    return [("net", named), ("unnamed", difference - named)]


def _bars(before: Row, after: Row, moves: Moves) -> list[Step]:
    assert before.denominator and after.value is not None and before.value is not None, (before, after)
    bars = [Step("start", 0.0, before.value, before.numerator)]
    persons = _numerator(before)
    for kind, moved in moves:
        reached = 100 * (persons + moved) / before.denominator
        bars.append(Step(kind, bars[-1].to_pct, reached, moved))
        persons += moved
    if after.denominator != before.denominator:
        bars.append(Step("denominator", bars[-1].to_pct, after.value, None))
    return [*bars, Step("end", 0.0, after.value, after.numerator)]


def _numerator(row: Row) -> int:
    assert row.numerator is not None, row
    return row.numerator


def _sum_of(flows: list[Row]) -> int | None:
    """None when any month is unknown: a missing month is not a month without movement."""
    counts = [row.numerator for row in flows]
    return None if None in counts else sum(count for count in counts if count is not None)
