"""Numbers of the served edition, kept between reruns. Keys are scalars: an edition never changes once published."""

import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, wraps
from pathlib import Path
from types import MappingProxyType
from typing import Literal, ParamSpec, TypeVar

from analytics import change, compare, compute, names, provenance, register
from analytics import closing as closings
from analytics import conclusions as concluded
from analytics import deliveries as delivered
from analytics import ends as known_to_end
from analytics import ladder as ladders
from analytics import pace as paces
from analytics import projection as projections
from analytics import recap as recaps
from analytics import revisions as revised
from analytics import since as sinces
from analytics.attainment import TargetRow
from analytics.attainment import target_rows as rows_of_targets
from analytics.change import PersonsStep, Step
from analytics.closing import ClosingList
from analytics.compare import Comparison
from analytics.compute import Row, Scope
from analytics.conclusions import RIVAL_DAYS, Conclusion
from analytics.deliveries import Delivery
from analytics.ends import Ends
from analytics.ladder import Rung
from analytics.names import Candidate
from analytics.pace import Pace
from analytics.projection import Projection, TooFew
from analytics.provenance import Asked, Origin
from analytics.recap import By, Recap
from analytics.register import Dossier, RegisterPage, RegisterRow
from analytics.revisions import Revisions
from analytics.since import Position, Since
from analytics.targets import Target
from analytics.within import smallest_holder
from data import casework as caseworks
from data import editions
from data.access import EVERYTHING, Grant
from data.casework import Casework
from data.home import Home

# Enough for every scope that an office looks at in a day; one entry is a few kilobytes.
KEPT = 4000
# All groups of a scope, or all their months: some hundred kilobytes each.
KEPT_WIDE = 300

# Root of the home, number, and what its reader may see: what one may see is never kept for another.
EditionKey = tuple[str, int, Grant]

P = ParamSpec("P")
R = TypeVar("R")


def _remembering(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A decorator that keeps `most` results by their arguments, which must be hashable; each caller gets its own copy.

    Kept as bytes: each collection of garbage would walk through every row kept.
    Its own st.cache_data spends 0.4 ms a call on making a key out of dates and a scope, and a page calls 24 times.
    """

    def remember(function: Callable[P, R]) -> Callable[P, R]:
        @lru_cache(maxsize=most)
        def packed(*arguments: P.args, **options: P.kwargs) -> bytes:
            return pickle.dumps(function(*arguments, **options), pickle.HIGHEST_PROTOCOL)

        @wraps(function)
        def unpacked(*arguments: P.args, **options: P.kwargs) -> R:
            return pickle.loads(packed(*arguments, **options))  # noqa: S301 - packed above, in this process

        return unpacked

    return remember


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """For one group, or one month of all groups."""
    return _remembering(KEPT)(function)


def remembered_wide(function: Callable[P, R]) -> Callable[P, R]:
    """For all groups and all their months."""
    return _remembering(KEPT_WIDE)(function)


@dataclass(frozen=True)
class Place:
    """A place or branch that can be chosen; kind is negara, provinsi, kabupaten, kota, cabang or kelompok."""

    code: str
    name: str
    kind: str
    parent: str | None = None


@dataclass(frozen=True)
class ServedEdition:
    """The edition a page shows: where it is, its number, and what it says of itself."""

    root: str
    number: int
    meta: dict[str, str]
    grant: Grant = EVERYTHING

    @property
    def key(self) -> EditionKey:
        return self.root, self.number, self.grant

    @property
    def is_demo(self) -> bool:
        return self.meta.get("demo") == "1"


def served_edition(grant: Grant) -> ServedEdition | None:
    """The edition that is current now, for a reader with this grant; None before the first publish."""
    home = Home.from_environment()
    edition = editions.current_edition(home, grant)
    return edition and ServedEdition(str(home.root), edition.number, dict(edition.meta), grant)


def _opened(key: EditionKey) -> editions.Edition:
    root, number, grant = key
    return editions.open_edition(Home(Path(root)), number, grant)


@remembered
def rows(
    key: EditionKey, indicator: str, month: date, scope: Scope, by: str | None = None, vintage: str | None = None
) -> list[Row]:
    """compute.rows of this edition."""
    return compute.rows(_opened(key), indicator, month, scope, by, vintage)


@remembered
def by_vintage(key: EditionKey, indicator: str, month: date, scope: Scope) -> list[Row]:
    """compute.by_vintage of this edition."""
    return compute.by_vintage(_opened(key), indicator, month, scope)


@remembered
def sectors(key: EditionKey, place: str) -> list[str]:
    """compute.sectors of this edition."""
    return compute.sectors(_opened(key), place)


@remembered
def agency_placed(key: EditionKey, month: date, scope: Scope) -> int | None:
    """compute.agency_placed of this edition."""
    return compute.agency_placed(_opened(key), month, scope)


@remembered
def vintages(key: EditionKey, scope: Scope, month: date) -> list[str]:
    """Sources whose estimate of the workers of the scope's place can be divided by, the one usually used first."""
    if sees_only_owners(key):
        return []  # nobody has counted workers by owner
    edition, scope = _opened(key), replace(scope, owner=None, fund=None)
    usual = compute.rows(edition, "population_coverage", month, scope)[0].denominator_source
    found = {
        row.denominator_source: row.denominator_as_of
        for row in compute.by_vintage(edition, "population_coverage", month, scope)
    }
    young = [source for source, day in found.items() if source and day and (month - day).days <= RIVAL_DAYS]
    return [usual, *(source for source in young if source != usual)] if usual else young


@remembered
def trend(
    key: EditionKey, indicator: str, scope: Scope, first: date, last: date, vintage: str | None = None
) -> list[Row]:
    """compute.trend of this edition."""
    return compute.trend(_opened(key), indicator, scope, first, last, vintage)


@remembered_wide
def trends(
    key: EditionKey,
    indicator: str,
    scope: Scope,
    span: tuple[date, date],
    by: str,
    groups: tuple[str, ...],
    vintage: str | None = None,
) -> dict[str, list[Row]]:
    """compute.trends of this edition, of some of its groups."""
    edition = _opened(key)
    if by == "owner":
        # A few of many: as many questions as owners cost a third of one question about all of them.
        of_owners = ((name, compute.trend(edition, indicator, replace(scope, owner=name), *span)) for name in groups)
        return {name: [replace(row, group=name, label=name) for row in rows] for name, rows in of_owners}
    found = compute.trends(edition, indicator, scope, span, by, vintage)
    return {group: found[group] for group in groups if group in found}


@remembered_wide
def compared(
    key: EditionKey, indicator: str, month: date, scope: Scope, by: str, vintage: str | None = None
) -> Comparison:
    """compare.compared of this edition."""
    return compare.compared(_opened(key), indicator, month, scope, by, vintage)


@remembered
def targets_beside(key: EditionKey, indicator: str, year: int, scope: Scope, by: str | None) -> dict[str, list[Target]]:
    """compute.targets_beside of this edition."""
    return compute.targets_beside(_opened(key), indicator, year, scope, by)


@remembered
def target_rows(key: EditionKey, month: date, scope: Scope) -> list[TargetRow]:
    """attainment.target_rows of this edition."""
    return rows_of_targets(_opened(key), month, scope)


@remembered
def targets_of_year(key: EditionKey, scope: Scope, year: int) -> list[Target]:
    """compute.target_versions of this edition."""
    return compute.target_versions(_opened(key), scope, year)


@remembered
def pace(key: EditionKey, month: date, scope: Scope) -> Pace:
    """pace.pace of this edition."""
    return paces.pace(_opened(key), month, scope)


@remembered
def projection(key: EditionKey, month: date, scope: Scope, measure: str) -> Projection | TooFew:
    """projection.projection of this edition."""
    return projections.projection(_opened(key), month, scope, measure)


@remembered
def known_ends(key: EditionKey, month: date, scope: Scope) -> Ends | None:
    """ends.known_ends of this edition."""
    return known_to_end.known_ends(_opened(key), month, scope)


@remembered_wide
def closing_list(key: EditionKey, month: date, scope: Scope, number: int) -> ClosingList | None:
    """closing.closing_list of this edition; `number` is the target's among target_rows of the same scope."""
    return closings.closing_list(_opened(key), month, scope, target_rows(key, month, scope)[number])


def casework(key: EditionKey) -> Casework:
    """casework.casework of this edition. It grows between editions, and looks itself whether there is more of it."""
    return caseworks.casework(Home(Path(key[0])), _opened(key))


@remembered
def steps(key: EditionKey, scope: Scope, month: date, compared: date, vintage: str | None = None) -> list[Step]:
    """change.steps of this edition."""
    return change.steps(_opened(key), scope, month, compared, vintage)


@remembered
def steps_in_persons(key: EditionKey, scope: Scope, month: date, compared: date) -> list[PersonsStep]:
    """change.steps_in_persons of this edition."""
    return change.steps_in_persons(_opened(key), scope, month, compared)


@remembered_wide
def recap(key: EditionKey, month: date, scope: Scope, by: By) -> Recap:
    """recap.recap of this edition."""
    return recaps.recap(_opened(key), month, scope, by)


@remembered
def since(
    then: tuple[EditionKey, date], now: tuple[EditionKey, date], scope: Scope, vintage: str | None = None
) -> Since:
    """since.since of two editions, both as the same grant sees them."""
    before, present = (Position(_opened(key), month) for key, month in (then, now))
    return sinces.since(before, present, scope, vintage)


@remembered
def months(key: EditionKey) -> list[date]:
    """Month ends of this edition, earliest first; empty where no delivery gave a figure or a project."""
    return compute.months(_opened(key))


# Not a copy for each caller: to unpack six hundred places took half as long as all that a seen page asks for together.
@lru_cache(maxsize=64)
def known_places(key: EditionKey) -> Mapping[str, Place]:
    """By code, every place and branch that may be seen, with or without data in this edition; nobody may change it."""
    found = [Place(row["code"], row["name"], row["kind"], row["parent"]) for row in compute.places(_opened(key))]
    return MappingProxyType({place.code: place for place in found})


@remembered
def places(key: EditionKey) -> dict[str, Place]:
    """By code, the places and branches that this edition has anything of, and always the default place."""
    default, known = default_scope(key).place, known_places(key)
    offered = [row["code"] for row in compute.places(_opened(key)) if row["has_data"] or row["code"] == default]
    return {code: known[code] for code in offered}


@remembered
def latest_figure(key: EditionKey) -> Row | None:
    """The newest headline row of the default scope; None where it has none."""
    scope = default_scope(key)
    month = default_month(key, scope)
    found = rows(key, compute.headline_indicator(scope), month, scope)[0] if month else None
    return found if found and found.numerator is not None else None


@remembered
def owners(key: EditionKey, place: str) -> list[str]:
    """Owners of projects in a place, by name."""
    return [row["owner"] for row in compute.owners(_opened(key), place)]


@remembered
def funds(key: EditionKey, place: str) -> list[str]:
    """Sources of funds of projects in a place."""
    return [row["fund"] for row in compute.funds(_opened(key), place)]


@remembered
def known_owners(key: EditionKey) -> list[str]:
    """compute.known_owners of this edition."""
    return compute.known_owners(_opened(key))


@remembered
def holder(key: EditionKey, place: str) -> str | None:
    """The smallest place, branch or group that may be seen and holds this place."""
    return smallest_holder(_opened(key), place)


def sees_only_owners(key: EditionKey) -> bool:
    """Whether the reader sees the projects of some owners, and of nobody else."""
    _root, _number, grant = key
    return grant.owners is not None


def sees_everything(key: EditionKey) -> bool:
    _root, _number, grant = key
    return grant == EVERYTHING


@remembered
def default_scope(key: EditionKey) -> Scope:
    """compute.default_scope of this edition."""
    return compute.default_scope(_opened(key))


@remembered
def default_month(key: EditionKey, scope: Scope) -> date | None:
    """compute.default_month of this edition."""
    return compute.default_month(_opened(key), scope)


@remembered
def deliveries(key: EditionKey) -> list[Delivery]:
    """deliveries.deliveries of this edition."""
    return delivered.deliveries(_opened(key))


def batches(key: EditionKey) -> frozenset[int]:
    """Edition.batches of this edition."""
    return _opened(key).batches


def has_origin(key: EditionKey) -> bool:
    """Whether the edition keeps where its rows stand, as editions from before schema 5 do not."""
    return provenance.has_origin(_opened(key))


@remembered_wide
def origin(key: EditionKey, asked: Asked) -> list[Origin]:
    """provenance.origin of this edition."""
    return provenance.origin(_opened(key), asked)


@remembered
def alike_names(key: EditionKey) -> list[Candidate]:
    """names.alike of this edition."""
    return names.alike(_opened(key))


def conclusions(key: EditionKey, measure: str, month: date, scope: Scope) -> list[Conclusion]:
    """conclusions.conclusions of this edition."""
    return concluded.conclusions(_opened(key), measure, month, scope)


@remembered_wide
def revisions(key: EditionKey, asked: Asked, most_editions: int, most_months: int) -> Revisions:
    """revisions.revisions of this edition and those before it."""
    edition = _opened(key)
    earlier = editions.earlier_editions(edition, Home(Path(key[0])), most_editions)
    return revised.revisions(earlier, asked, most_months=most_months)


def opened(key: EditionKey) -> editions.Edition:
    """The edition itself, for what is read once and is too large to keep."""
    return _opened(key)


@remembered_wide
def register_page(
    key: EditionKey,
    scope: Scope,
    *,
    search: str,
    results: tuple[str, ...],
    running_only: bool,
    sort: str,
    descending: bool,
    limit: int,
    offset: int,
    overlaid: tuple[tuple[str, str], ...],
) -> RegisterPage:
    """register.register of this edition; `overlaid` as sorted pairs."""
    return register.register(
        _opened(key),
        scope,
        search=search,
        results=results,
        running_only=running_only,
        sort=sort,
        descending=descending,
        limit=limit,
        offset=offset,
        overlaid=dict(overlaid),
    )


@remembered
def counts_by_result(key: EditionKey, scope: Scope, overlaid: tuple[tuple[str, str], ...] = ()) -> dict[str, int]:
    """Projects of a scope by result at the position; results without a project are absent."""
    found = register.counts_by_result(_opened(key), scope, overlaid=dict(overlaid))
    return {row.result: row.projects for row in found}


@remembered_wide
def new_work_orders(key: EditionKey, scope: Scope) -> list[RegisterRow]:
    """register.new_work_orders of this edition."""
    return register.new_work_orders(_opened(key), scope)


@remembered
def dossier(key: EditionKey, code: str) -> Dossier | None:
    """register.dossier of this edition."""
    return register.dossier(_opened(key), code)


@remembered
def ladder(key: EditionKey, month: date, scope: Scope, by: Literal["owner", "fund"] | None = None) -> list[Rung]:
    """ladder.ladder of this edition."""
    return ladders.ladder(_opened(key), month, scope, by)


def has_register(key: EditionKey) -> bool:
    """Whether the edition keeps single projects, as editions from before schema 4 do not."""
    return register.has_register(_opened(key))
