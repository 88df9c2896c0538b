"""What one would conclude of a number under every estimate of the workers, and whether that hangs on which is used."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from analytics.compute import by_vintage, months, places, rows, targets_beside
from analytics.indicators import INDICATORS
from analytics.row import Row, Scope, month_end
from data.editions import Edition

# An estimate that was older than two years at the month shown is history, not a rival of the one in use.
RIVAL_DAYS = 2 * 366
HALF_PCT = Decimal(50)  # "most workers are covered": the plainest thing that is said of a coverage
MEASURE = "population_coverage"

Answer = Literal["above", "below", "equal", "open"]
Verdict = Literal["holds", "depends", "one_denominator"]


@dataclass(frozen=True)
class Case:
    """One estimate: the coverage under it, what it is compared with, and the answer; None where one is not known.

    `open`: what the published error allows lies on both sides. `is_old`: shown, and no part of the verdict.
    """

    source: str
    as_of: date
    workers: int
    value: float | None
    other: float | None
    answer: Answer | None
    is_old: bool


@dataclass(frozen=True)
class Conclusion:
    """One question with its answer under every estimate.

    question: target (above the target of `issuer`), half (are most workers covered), year (more than a year before),
    whole (more than `other_place`, the province or nation in which it lies). `verdict`: the same answer under every
    estimate that gives one; or not; or fewer than two do.
    """

    question: Literal["target", "half", "year", "whole"]
    verdict: Verdict
    cases: tuple[Case, ...]
    issuer: str | None = None
    threshold: Decimal | None = None
    other_place: str | None = None


def conclusions(edition: Edition, measure: str, month: date, scope: Scope) -> list[Conclusion]:
    """Of a measure that is divided by an estimate; of the others none. The order is that in which they are asked.

    Errors as compute.by_vintage.
    """
    if INDICATORS[measure].denominator != "vintage":
        return []
    found = by_vintage(edition, MEASURE, month, scope)
    told = [row for row in found if row.value is not None]
    if not told:
        return []
    targets = targets_beside(edition, MEASURE, month.year, scope).get(scope.place, [])
    return [
        *(
            _asked(month, told, _beside(target.target), "target", threshold=target.target, issuer=target.issuer)
            for target in targets
        ),
        _asked(month, told, _beside(HALF_PCT), "half", threshold=HALF_PCT),
        *_since_last_year(edition, month, scope, told),
        *_beside_the_whole(edition, month, scope, told),
    ]


Compare = Callable[[Row], tuple[float | None, Answer | None]]


def _asked(month: date, told: Sequence[Row], compare: Compare, question: str, **about: object) -> Conclusion:
    cases = tuple(_case(row, month, *compare(row)) for row in told)
    return Conclusion(question=question, verdict=_verdict(cases), cases=cases, **about)  # type: ignore[arg-type]


def _case(row: Row, month: date, other: float | None, answer: Answer | None) -> Case:
    assert row.denominator_source is not None and row.denominator_as_of is not None, row
    is_old = (month - row.denominator_as_of).days > RIVAL_DAYS
    return Case(row.denominator_source, row.denominator_as_of, row.denominator, row.value, other, answer, is_old)


def _verdict(cases: Sequence[Case]) -> Verdict:
    judged = [case.answer for case in cases if case.answer is not None and not case.is_old]
    if len(judged) < 2:
        return "one_denominator"
    return "holds" if len(set(judged)) == 1 and judged[0] != "open" else "depends"


def _beside(threshold: Decimal) -> Compare:
    """Above or below a fixed percentage, with what the published error of numerator and denominator allows."""

    def compare(row: Row) -> tuple[float | None, Answer | None]:
        assert row.value is not None, row
        low, high = (row.value if bound is None else bound for bound in (row.low, row.high))
        if low < threshold < high:
            return float(threshold), "open"
        return float(threshold), _answer(row.value, float(threshold))

    return compare


def _answer(value: float, other: float) -> Answer:
    return "equal" if value == other else "above" if value > other else "below"


def _since_last_year(edition: Edition, month: date, scope: Scope, told: Sequence[Row]) -> list[Conclusion]:
    """Each estimate with that of the same source a year before: a source may have published anew in between."""
    before = month_end(date(month.year - 1, month.month, 1))
    if before not in months(edition):
        return []
    known = {row.denominator_source: row for row in by_vintage(edition, MEASURE, before, scope)}
    return [_asked(month, told, _against(known), "year")]


def _beside_the_whole(edition: Edition, month: date, scope: Scope, told: Sequence[Row]) -> list[Conclusion]:
    """Against the province, or of a province the nation, under the estimate of the same source."""
    whole = next(row["parent"] for row in places(edition) if row["code"] == scope.place)
    if whole not in edition.visible_places:
        return []
    there = replace(scope, place=whole)
    known = {row.denominator_source: row for row in by_vintage(edition, MEASURE, month, there)}
    [named] = rows(edition, MEASURE, month, there)
    found = _asked(month, told, _against(known), "whole", other_place=named.label)
    return [found] if any(case.answer for case in found.cases) else []


def _against(known: dict[str | None, Row]) -> Compare:
    def compare(row: Row) -> tuple[float | None, Answer | None]:
        other = known.get(row.denominator_source)
        if row.value is None or other is None or other.value is None:
            return None, None
        return other.value, _answer(row.value, other.value)

    return compare
