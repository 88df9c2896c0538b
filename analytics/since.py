"""Since the last meeting: what was said of a month then, what the same month says now, and what has moved since."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from analytics.change import PersonsStep, Step
from analytics.compute import by_vintage, headline_indicator, places, rows
from analytics.deliveries import Delivery, deliveries
from analytics.register import has_register
from analytics.row import Row, Scope, empty_row
from analytics.within import places_inside
from data.access import EVERYTHING
from data.editions import Edition

# Of what kind a delivery is that can change how many members a place had.
BEARS_ON_MEMBERS = ("kepesertaan", "pendaftaran", "proyek")
BEARS_ON_PERSONS = ("kepesertaan", "tenaga_kerja")
BEARS_ON_PLACEMENTS = (*BEARS_ON_MEMBERS, "tenaga_kerja")

MEASURES = ("population_coverage", "active_members", "placement_coverage")

Kind = Literal["late", "correction", "revised"]


@dataclass(frozen=True)
class Position:
    """A month as an edition knows it."""

    edition: Edition
    month: date


@dataclass(frozen=True)
class Since:
    """From what the last meeting saw to what is known now, of the same scope and measure; the steps add up exactly.

    `then` is the last meeting's month in its own edition, `restated` the same month in the present one, `now` the
    present month in it. `steps` are as of analytics.change, in percent, or in persons where no estimate divides them;
    none where `reason` says why: same_position, earlier_month, other_place (a place that the other edition does not
    know), other_members (a branch or group that has changed its places), other_denominator (an estimate chosen that the
    other edition lacks), or edition_older, no_value_then, no_value_restated, no_value_now.

    kinds: start, real (movement of the months between, as the present edition counts both), late (of the month then,
    what the last meeting could not know), correction (of the month then, what it knew otherwise), revised (both of
    them, where `unsplit` says why they cannot be told apart: other_schema, both_deliveries, hidden_deliveries), source
    (another kind of count or reporter), denominator, revised_workers (of the projects of the month then), more_workers,
    fewer_workers, end.
    """

    indicator: str
    then: Row
    restated: Row
    now: Row
    steps: Sequence[Step] | Sequence[PersonsStep] = ()
    reason: str | None = None
    unsplit: str | None = None

    @property
    def unit(self) -> Literal["percent", "persons"]:
        return "persons" if self.indicator == "active_members" else "percent"


def since(then: Position, now: Position, scope: Scope, vintage: str | None = None, measure: str | None = None) -> Since:
    """Both editions under the same grant. `vintage` names the estimate to divide by, as in compute.rows. `measure` is
    one of MEASURES, by default the headline of the scope.

    CakupanError and OutsideScope as compute.rows of the present edition.
    """
    assert then.edition.grant == now.edition.grant, (then.edition.grant, now.edition.grant)
    indicator = measure or headline_indicator(scope)
    assert indicator in MEASURES, indicator
    vintage = vintage if indicator == "population_coverage" else None
    if reason := _why_not_at_all(then, now, scope, vintage):
        return _untold(then, now, (scope, indicator), vintage, reason)
    found = _found(then, now, scope, indicator, vintage)
    if _why_no_value(found) and indicator == "population_coverage":
        counted = _found(then, now, scope, "active_members", None)
        found = found if _why_no_value(counted) else counted
    if reason := _why_no_value(found):
        return replace(found, reason=reason)
    moves, unsplit = _moves(then, now, scope, found)
    return replace(found, steps=_steps(found, moves), unsplit=unsplit)


def _why_not_at_all(then: Position, now: Position, scope: Scope, vintage: str | None) -> str | None:
    before, after = then.edition, now.edition
    if now.month < then.month:
        return "earlier_month"
    if now == then:
        return "same_position"
    if scope.place not in {row["code"] for row in places(before)} & before.visible_places:
        return "other_place"
    if ":" in scope.place and _members(before, scope.place) != _members(after, scope.place):
        return "other_members"
    if vintage:
        known = {row.denominator_source for row in by_vintage(before, "population_coverage", then.month, scope)}
        return None if vintage in known else "other_denominator"
    return None


def _members(edition: Edition, place: str) -> set[str]:
    return {row["place"] for row in edition.query("branch_places", branch=place)}


def _untold(then: Position, now: Position, asked: tuple[Scope, str], vintage: str | None, reason: str) -> Since:
    """What can be said of the present alone."""
    scope, indicator = asked
    present = _row(now, scope, indicator, vintage)
    nothing = empty_row(present.group, present.label, then.month, reason, sector=scope.sector)
    return Since(indicator, nothing, nothing, present, reason=reason)


def _found(then: Position, now: Position, scope: Scope, indicator: str, vintage: str | None) -> Since:
    return Since(
        indicator,
        then=_row(then, scope, indicator, vintage),
        restated=_row(replace(then, edition=now.edition), scope, indicator, vintage),
        now=_row(now, scope, indicator, vintage),
    )


def _row(position: Position, scope: Scope, indicator: str, vintage: str | None) -> Row:
    return rows(position.edition, indicator, position.month, scope, vintage=vintage)[0]


def _why_no_value(found: Since) -> str | None:
    """Of the month restated its count suffices: the estimate that it is divided by is that of the month then."""
    if found.then.value is None:
        return "edition_older" if found.then.reason == "edition_older" else "no_value_then"
    needs_value = found.indicator != "population_coverage"
    if found.restated.numerator is None or found.restated.status == "mixed_sources":
        return "no_value_restated"
    if needs_value and found.restated.value is None:
        return "no_value_restated"
    return "no_value_now" if found.now.value is None else None


Moves = list[tuple[str, int]]


def _moves(then: Position, now: Position, scope: Scope, found: Since) -> tuple[Moves, str | None]:
    """What moved the numerator, and why late data and corrections are not told apart."""
    real, revised = _less(found.now, found.restated), _less(found.restated, found.then)
    moves: Moves = []
    from_other_source, unsplit = 0, None
    if not _is_same_source(found.restated, found.now):
        from_other_source += real
    elif now.month != then.month:
        moves.append(("real", real))
    if not _is_same_source(found.then, found.restated):
        from_other_source += revised
    elif then.edition != now.edition:
        parts, unsplit = _revision(then, now.edition, scope, found)
        moves += [(kind, moved) for kind, moved in parts.items() if moved]
    return [*moves, *([("source", from_other_source)] if from_other_source else [])], unsplit


def _is_same_source(one: Row, other: Row) -> bool:
    return (one.origin, one.source) == (other.origin, other.source)


def _less(one: Row, other: Row) -> int:
    assert one.numerator is not None and other.numerator is not None, (one, other)
    return one.numerator - other.numerator


def _revision(then: Position, after: Edition, scope: Scope, found: Since) -> tuple[dict[Kind, int], str | None]:
    """What the same month says otherwise now, by kind; they add up to the whole of it."""
    before, revised = then.edition, _less(found.restated, found.then)
    if before.meta["schema_version"] != after.meta["schema_version"]:
        return {"revised": revised}, "other_schema" if revised else None
    if found.indicator == "placement_coverage" and has_register(before):
        return _revision_by_project(then, after, scope, revised)
    if found.then.origin == "report":
        # A later position of the same reporter tells more of the month; the same position tells it otherwise.
        return {"late" if found.then.as_of != found.restated.as_of else "correction": revised}, None
    kinds = BEARS_ON_PLACEMENTS if found.indicator == "placement_coverage" else BEARS_ON_MEMBERS
    kind, unsplit = _kind_by_deliveries(before, after, scope.place, kinds)
    return {kind: revised}, unsplit if revised else None


def _kind_by_deliveries(before: Edition, after: Edition, place: str, kinds: Sequence[str]) -> tuple[Kind, str | None]:
    """An edition keeps no persons: of whom a delivery speaks is known, not whom it changed.

    One declared complete for another place is looked at only where there is no other.
    """
    had, has = (_deliveries(edition, kinds) for edition in (before, after))
    arrived, undone = has.keys() - had.keys(), had.keys() - has.keys()
    inside, changed = set(places_inside(after, place)), had | has
    bearing = {number for number in arrived | undone if _speaks_of(after, changed[number], inside)} or arrived | undone
    if bearing & arrived and bearing & undone:
        return "revised", "both_deliveries"
    if bearing & arrived:
        return "late", None
    if bearing or before.grant == EVERYTHING:
        return "correction", None
    return "revised", "hidden_deliveries"  # a limited grant sees those alone that are declared for what it sees


def _deliveries(edition: Edition, kinds: Sequence[str]) -> dict[int, Delivery]:
    return {row.number: row for row in deliveries(edition) if row.kind in kinds}


def _speaks_of(edition: Edition, delivery: Delivery, inside: set[str]) -> bool:
    """Whether it is declared for nothing, for an owner, or for a place that shares something with those inside."""
    declared = delivery.complete_for
    if declared is None or declared not in edition.visible_places:
        return True
    return bool(inside.intersection(places_inside(edition, declared)))


def _revision_by_project(
    then: Position, after: Edition, scope: Scope, revised: int
) -> tuple[dict[Kind, int], str | None]:
    had, have = (_projects(edition, then.month, scope) for edition in (then.edition, after))
    known = _known(then.edition, [code for code in have if code not in had]) | had.keys()
    of_persons, why = _kind_by_deliveries(then.edition, after, scope.place, BEARS_ON_PERSONS)
    parts: dict[Kind, int] = {"late": 0, "correction": 0, "revised": 0}
    for code in have.keys() | had.keys():
        was, has = had.get(code), have.get(code)
        moved = (has["covered"] if has else 0) - (was["covered"] if was else 0)
        parts[_kind(was, has, of_persons, is_known=code in known)] += moved
    assert sum(parts.values()) == revised, (parts, revised, scope, then)
    return parts, why if parts["revised"] else None


def _projects(edition: Edition, month: date, scope: Scope) -> dict[str, dict[str, Any]]:
    asked = {"places": places_inside(edition, scope.place), "owners": [scope.owner] if scope.owner else None}
    found = edition.query("since_projects", **asked, fund=scope.fund, month=month)
    return {row["kode_proyek"]: row for row in found}


def _known(edition: Edition, codes: list[str]) -> set[str]:
    """Those that the edition knows anywhere in what may be seen: they may have had another owner, place or period."""
    owners = edition.grant.owners
    asked = {"places": sorted(edition.visible_places), "owners": None if owners is None else sorted(owners)}
    return {row["kode_proyek"] for row in edition.query("known_projects", codes=codes, **asked)}


def _kind(was: dict[str, Any] | None, has: dict[str, Any] | None, of_persons: Kind, *, is_known: bool) -> Kind:
    """Late: a project, registration or payment that was not known. Else a correction, unless only persons changed."""
    if not is_known:
        return "late"
    if was is None or has is None:
        return "correction"
    if has["registrations"] > was["registrations"] or has["payments"] > was["payments"]:
        return "late"
    return of_persons if was["stated"] == has["stated"] else "correction"


def _steps(found: Since, moves: Moves) -> list[Step] | list[PersonsStep]:
    return _persons_steps(found, moves) if found.unit == "persons" else _percent_steps(found, moves)


def _persons_steps(found: Since, moves: Moves) -> list[PersonsStep]:
    bars = [PersonsStep("start", 0, found.then.numerator)]
    for kind, moved in moves:
        bars.append(PersonsStep(kind, bars[-1].to_persons, bars[-1].to_persons + moved))
    return [*bars, PersonsStep("end", 0, found.now.numerator)]


def _percent_steps(found: Since, moves: Moves) -> list[Step]:
    """Numerators on the denominator of the month then; what its replacement did comes last."""
    then, now = found.then, found.now
    bars, persons = [Step("start", 0.0, then.value, then.numerator)], then.numerator
    for kind, moved in moves:
        persons += moved
        bars.append(Step(kind, bars[-1].to_pct, 100 * persons / then.denominator, moved))
    for kind, denominator in _denominators(found):
        bars.append(Step(kind, bars[-1].to_pct, 100 * persons / denominator, None))
    return [*bars, Step("end", 0.0, now.value, now.numerator)]


def _denominators(found: Since) -> list[tuple[str, int]]:
    """Those that follow that of the month then. An estimate is replaced; the workers of projects are counted."""
    then, restated, now = (row.denominator for row in (found.then, found.restated, found.now))
    if found.indicator == "population_coverage":
        return [("denominator", now)] if now != then else []
    moved = [("revised_workers", restated)] if restated != then else []
    return [*moved, ("more_workers" if now > restated else "fewer_workers", now)] if now != restated else moved
