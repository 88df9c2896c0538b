"""Groups beside each other, fairly: what chance allows around each, and which differ from the average beyond that.

The figures are counts of everything that was delivered, not samples. An interval or limit therefore answers another
question: how far would a group with the habits of all groups stray, having only so many projects? The unit is always
the project, since the workers of one project are registered together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import sqrt

from analytics.compute import NATION, Row, Scope, Spread, places, rows, spreads
from analytics.indicators import INDICATORS, Indicator
from analytics.row import empty_row
from data.categories import ALL_SECTORS
from data.editions import Edition

PROJECT_BASED = ("project_registration", "on_time_registration")
# Of so few projects, or so few groups, nothing is said.
FEWEST_PROJECTS = 5
FEWEST_GROUPS = 5
# Two-sided normal points: the interval of one group, and the limit beyond which it is said to differ. With 95 % one
# group in twenty would be named by chance alone; 99,8 % is the usual limit of funnel plots (Spiegelhalter 2005).
Z_95 = 1.96
Z_998 = 3.09
WINSORISED = 0.1


@dataclass(frozen=True)
class Entry:
    """One group of a comparison.

    `low` and `high` surround the value, None where there is no interval. `projects` is how many it rests on, None for
    measures of people. `judgement` is None (not judged), too_few, average, above or below.
    """

    row: Row
    low: float | None = None
    high: float | None = None
    projects: int | None = None
    judgement: str | None = None


@dataclass(frozen=True)
class Comparison:
    """`entries` ranked by value, those without one last; estimates by place stay unranked, in the order of their codes.

    `interval` says what low and high are: published (error of numerator and denominator), chance (95 %), or None.
    `average_pct` and `overdispersion` (a factor of at least 1 on the variance) belong to the funnel of a project-based
    measure and are None where there is none. `whole` has no figure (reason own_owners) where the grant names owners and
    these are compared: they are not all there are.
    """

    entries: list[Entry]
    whole: Row
    interval: str | None
    is_ranked: bool
    average_pct: float | None = None
    overdispersion: float | None = None


def compared(
    edition: Edition, indicator: str, month: date, scope: Scope, by: str, vintage: str | None = None
) -> Comparison:
    """The groups of `by` beside each other; by sector, beside all sectors. CakupanError as compute.rows."""
    groups = rows(edition, indicator, month, scope, by, vintage)
    if by == "sector":
        scope = replace(scope, sector=ALL_SECTORS)
        groups = [row for row in groups if row.group != ALL_SECTORS]
    whole = _whole(edition, indicator, month, scope, by, vintage)
    measure = INDICATORS[indicator]
    entries = [Entry(row, projects=_projects(measure, row)) for row in groups]
    average = overdispersion = None
    kind = "chance"
    if measure.table in ("population", "target"):
        kind = "published"
        entries = [replace(entry, low=entry.row.low, high=entry.row.high) for entry in entries]
    elif indicator in PROJECT_BASED:
        average = average_pct(entries)
        overdispersion = None if average is None else overdispersion_of(entries, average)
        entries = [_judged(_with_wilson(entry, overdispersion or 1.0), average, overdispersion) for entry in entries]
    elif indicator == "placement_coverage":
        found = spreads(edition, month, scope, by)
        entries = [_with_ratio(entry, found.get(entry.row.group)) for entry in entries]
    interval = kind if any(entry.low is not None for entry in entries) else None
    # An estimate of the workers of a kabupaten is indicative; a count, or an estimate of a province or sector, is not.
    is_ranked = measure.denominator != "vintage" or by == "sector" or (by, scope.place) == ("place", NATION)
    return Comparison(_ordered(entries, is_ranked=is_ranked), whole, interval, is_ranked, average, overdispersion)


def _whole(edition: Edition, indicator: str, month: date, scope: Scope, by: str, vintage: str | None) -> Row:
    """The scope itself. Of all its owners nothing may be told to who sees some of them."""
    if by == "owner" and edition.grant.owners is not None and scope.owner is None:
        name = next(row["name"] for row in places(edition) if row["code"] == scope.place)
        return empty_row(scope.place, name, month, "own_owners")
    return rows(edition, indicator, month, scope, None, vintage)[0]


def funnel_limits(average: float, projects: float, overdispersion: float, z: float = Z_998) -> tuple[float, float]:
    """Between which percentages a group of so many projects lies by chance, given the average; never outside 0–100.

    The variance of a share, widened by the overdispersion (Spiegelhalter 2005, Statistics in Medicine 24, 1185–1202).
    """
    reach = z * sqrt(overdispersion * average * (100 - average) / projects)
    return max(0.0, average - reach), min(100.0, average + reach)


def average_pct(entries: Sequence[Entry]) -> float | None:
    """The share of all groups that have a figure, together; None where none has one."""
    told = [entry.row for entry in entries if entry.row.value is not None]
    projects = sum(row.denominator for row in told)
    return 100 * sum(row.numerator for row in told) / projects if projects else None


def overdispersion_of(entries: Sequence[Entry], average: float) -> float | None:
    """Mean of the squared z of the groups, its extremes drawn in; at least 1. None where too few groups can be judged.

    Groups differ for reasons nobody wrote down (kinds of work, seasons), so the spread between them is measured
    instead of assumed. A tenth at either end, but at least one group, is winsorised, that the very ones looked for do
    not widen the limits: of nine groups that all count none can lie three standard deviations from the others.
    """
    judged = [entry for entry in entries if _is_judgeable(entry)]
    if len(judged) < FEWEST_GROUPS or not 0 < average < 100:
        return None
    scores = sorted(_z(entry, average) for entry in judged)
    spared = max(1, int(WINSORISED * len(scores)))
    lowest, highest = scores[spared], scores[len(scores) - 1 - spared]
    drawn_in = [min(max(score, lowest), highest) for score in scores]
    return max(1.0, sum(score**2 for score in drawn_in) / len(drawn_in))


def wilson_interval(share_pct: float, number: float) -> tuple[float, float]:
    """The 95 % interval of a share out of `number` (Wilson 1927), in percent; inside 0–100 by construction."""
    share, z2 = share_pct / 100, Z_95**2
    centre = (share + z2 / (2 * number)) / (1 + z2 / number)
    reach = Z_95 * sqrt(share * (1 - share) / number + z2 / (4 * number**2)) / (1 + z2 / number)
    return 100 * max(0.0, centre - reach), 100 * min(1.0, centre + reach)


def effective_number(spread: Spread) -> float:
    """How many independent placements would tell as much of the share as these projects do.

    From the variance of a ratio of sums over projects (linearised; Cochran 1977, Sampling Techniques, 6.3). At most the
    number of workers; where all or none are covered, nothing is known of the spread and each project counts once. A
    variance from few projects is itself uncertain: the number is reduced as Korn and Graubard (1998) do.
    """
    share = spread.covered / spread.workers
    if share in (0, 1):
        return spread.projects
    residuals = spread.covered_squares - 2 * share * spread.covered_by_workers + share**2 * spread.workers_squares
    variance = spread.projects / (spread.projects - 1) * residuals / spread.workers**2
    number = spread.workers if share * (1 - share) >= variance * spread.workers else share * (1 - share) / variance
    return number * (Z_95 / t_95(spread.projects - 1)) ** 2


def t_95(freedom: int) -> float:
    """The two-sided 95 % point of Student's t, to 0,01 from 4 degrees of freedom (Cornish-Fisher expansion)."""
    z = Z_95
    terms = ((z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96, (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384)
    return z + sum(term / freedom ** (order + 1) for order, term in enumerate(terms))


def _projects(measure: Indicator, row: Row) -> int | None:
    if measure.code in PROJECT_BASED:
        return row.denominator
    return row.running_projects


def _is_judgeable(entry: Entry) -> bool:
    return entry.row.value is not None and (entry.projects or 0) >= FEWEST_PROJECTS


def _z(entry: Entry, average: float) -> float:
    assert entry.projects, entry
    return (entry.row.value - average) / sqrt(average * (100 - average) / entry.projects)


def _with_wilson(entry: Entry, overdispersion: float) -> Entry:
    if entry.row.value is None or not entry.projects:
        return entry
    low, high = wilson_interval(entry.row.value, entry.projects / overdispersion)
    return replace(entry, low=low, high=high)


def _with_ratio(entry: Entry, spread: Spread | None) -> Entry:
    if entry.row.value is not None and (entry.projects or 0) < FEWEST_PROJECTS:
        return replace(entry, judgement="too_few")
    if entry.row.value is None or spread is None or not spread.workers:
        return entry
    if spread.workers != entry.row.denominator:
        return entry  # of one of its funds the sums were too large to keep
    low, high = wilson_interval(entry.row.value, effective_number(spread))
    return replace(entry, low=low, high=high)


def _judged(entry: Entry, average: float | None, overdispersion: float | None) -> Entry:
    if entry.row.value is None or average is None:
        return entry
    if (entry.projects or 0) < FEWEST_PROJECTS:
        return replace(entry, judgement="too_few")
    if overdispersion is None:
        return entry
    low, high = funnel_limits(average, entry.projects or 0, overdispersion)
    word = "below" if entry.row.value < low else "above" if entry.row.value > high else "average"
    return replace(entry, judgement=word)


def _ordered(entries: list[Entry], *, is_ranked: bool) -> list[Entry]:
    if not is_ranked:
        return sorted(entries, key=lambda entry: entry.row.group)
    return sorted(entries, key=lambda entry: (entry.row.value is None, -(entry.row.value or 0), entry.row.label))
