"""Within any grant, of any world: what is shown is what everybody sees of it, and nothing else is.

A second count takes everything out of the world that the grant does not allow, and finds the same rows.
An example costs a second or two: CAKUPAN_EXAMPLES=20 runs twenty times as many.
"""

import os
import tempfile
from collections import Counter
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from analytics import compute
from analytics.compute import Scope
from analytics.indicators import DECLARED
from analytics.register import counts_by_result, dossier, new_work_orders, register
from data.access import EVERYTHING, Grant, OutsideScope
from data.editions import current_edition, publish
from data.errors import CakupanError
from data.home import Home
from tests import naive, naive_rows
from tests.strategies import OWNERS, worlds
from tests.test_every_combination import NOT_SPLIT, OF_PLACES_ALONE, AskedOnce, assert_same_row
from tests.test_rollup_properties import described
from tests.worlds import load_world

# All that a world of tests/strategies.py may hold, and a branch that no installation has.
PLACES = (
    "00",
    "16",
    "16.71",
    "16.02",
    "16.07",
    "93",
    "93.01",
    "branch:kota",
    "branch:musi",
    "group:satu",
    "branch:gone",
)
GRANTS = st.builds(
    Grant,
    st.one_of(st.none(), st.frozensets(st.sampled_from(PLACES), max_size=3)),
    st.one_of(st.none(), st.frozensets(st.sampled_from([*OWNERS, "Dinas Baru"]), max_size=2)),
).filter(lambda grant: grant != EVERYTHING)
BREAKDOWNS = (None, "place", "branch", *naive_rows.OWNER_AND_FUND)


@settings(
    max_examples=2 * int(os.environ.get("CAKUPAN_EXAMPLES", "1")),
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(worlds(), st.lists(GRANTS, min_size=3, max_size=3), st.data())
def test_every_grant_shows_its_part_of_the_edition_and_nothing_else(world, grants, data):
    assume(naive.months(world))
    m = data.draw(st.sampled_from(naive.months(world)))
    note(f"{m}\n{described(world)}")
    with tempfile.TemporaryDirectory() as folder:
        load_world(Home(Path(folder)), world)
        publish(Home(Path(folder)), as_of=world["as_of"])
        edition = current_edition(Home(Path(folder)))
        assert edition is not None
        whole = AskedOnce(edition.path, edition.number)
        # All of them on one edition in one process: what one has asked is kept for nobody else.
        for grant in grants:
            note(f"{grant}")
            asked = data.draw(st.lists(st.sampled_from(PLACES), min_size=2, max_size=2, unique=True))
            owner = data.draw(st.sampled_from(sorted(OWNERS)))
            within = AskedOnce(edition.path, edition.number, grant)
            assert_within(
                within, whole, world, m, [Scope(place, owner=name) for place in asked for name in (None, owner)]
            )


def assert_within(edition, whole, world, m, scopes):
    areas, owners = edition.grant.areas, edition.grant.owners
    known = (*naive.settled(world)["places"], *world["branches"])
    assert edition.visible_places == {place for place in known if naive.sees(world, areas, place)}
    left = naive_rows.Month(naive.without_unseen(world, areas, owners), m)
    assert_lists_within(edition, whole, left)
    assert_a_page_can_begin(edition, m)
    assert_register_within(edition, whole, left, scopes)
    for scope in scopes:
        is_other = scope.owner is not None and owners is not None and scope.owner not in owners
        if is_other or scope.place not in edition.visible_places:
            assert_nothing_is_told(edition, m, scope)
        elif owners is None or scope.owner is not None:
            assert_same_within(edition, whole, left, scope)
        else:
            assert_only_own_owners_are_told(edition, whole, m, scope)


def assert_lists_within(edition, whole, left):
    """Places, and of each the owners and funds: those that everybody sees there, with the projects that are left."""
    grant = edition.grant
    projects = [project for project in left.world["winners"]["proyek"] if naive.in_register(left.world, project)]
    assert {row["code"] for row in compute.places(edition)} == edition.visible_places
    of_owners = Counter(project["pemilik"] for project in projects)
    of_funds = Counter(project["sumber_dana"] or naive.UNKNOWN for project in projects)
    for place in edition.visible_places.intersection(PLACES):
        own = {row["owner"] for row in compute.owners(whole, place)} & (grant.owners or OWNERS.keys())
        assert {row["owner"]: row["projects"] for row in compute.owners(edition, place)} == {
            name: of_owners[name] for name in own if grant.owners != frozenset()
        }
        funds = {row["fund"]: row["projects"] for row in compute.funds(edition, place)}
        assert funds.keys() <= {row["fund"] for row in compute.funds(whole, place)}
        assert funds == {fund: of_funds[fund] for fund in funds}


def assert_register_within(edition, whole, left, scopes):
    """Projects one by one: those of everybody that the grant allows, with their numbers, and no dossier of another."""
    allowed = {
        project["kode_proyek"]: project
        for project in left.world["winners"]["proyek"]
        if naive.in_register(left.world, project)
    }
    known = {row.kode_proyek: row for row in register(whole, Scope("00"), limit=100).rows}
    for code in known:
        assert dossier(edition, code) == (dossier(whole, code) if code in allowed else None)
    for scope in scopes:
        owners = edition.grant.owners
        is_other = scope.owner is not None and owners is not None and scope.owner not in owners
        if is_other or scope.place not in edition.visible_places:
            for ask in (register, counts_by_result, new_work_orders):
                with pytest.raises(CakupanError):
                    ask(edition, scope)
        else:
            here = [
                code
                for code, project in sorted(allowed.items())
                if left.at.lies_in(project["wilayah"], scope.place) and scope.owner in (None, project["pemilik"])
            ]
            page = register(edition, scope)
            assert (page.rows, page.total) == ([known[code] for code in here], len(here)), scope
            assert sum(row.projects for row in counts_by_result(edition, scope)) == len(here), scope
            assert {row.kode_proyek for row in new_work_orders(edition, scope)} <= set(here), scope


def assert_a_page_can_begin(edition, m):
    if not edition.visible_places or edition.grant.owners == frozenset():
        with pytest.raises(OutsideScope):
            compute.default_scope(edition)
        return
    scope = compute.default_scope(edition)
    [row] = compute.rows(edition, compute.headline_indicator(scope), m, scope)
    assert row.group == scope.place


def questions(scope):
    """Every indicator and breakdown that there is of a place, or of one of its owners."""
    for indicator, by in product(DECLARED, BREAKDOWNS):
        is_split = by not in NOT_SPLIT.get(indicator.code, ()) and not (
            scope.owner and indicator.code in OF_PLACES_ALONE
        )
        if is_split and not (scope.owner and by == "owner_type"):
            yield indicator.code, by
        if by is None and "sector" in indicator.split_by and not scope.owner:
            yield indicator.code, "sector"


def assert_same_within(edition, whole, left, scope):
    for code, by in questions(scope):
        where = (code, by, scope)
        found, everybodys = (compute.rows(asked, code, left.m, scope, by) for asked in (edition, whole))
        of_places = by in ("place", "branch")
        shown = [row for row in everybodys if not of_places or row.group in edition.visible_places]
        assert found == shown, where
        if code not in OF_PLACES_ALONE:
            expected = left.rows(code, scope.place, by, scope.owner, None)
            groups = {group for group, _ in expected if not of_places or group in edition.visible_places}
            assert {row.group for row in found} == groups, where
            for row in found:
                assert_same_row(row, expected[row.group, None], (*where, row.group))


def assert_only_own_owners_are_told(edition, whole, m, scope):
    """The place is seen, of all its owners only some: nothing of them together, and each of those alone."""
    for code, by in questions(scope):
        if by == "owner":
            everybodys = compute.rows(whole, code, m, scope, by)
            own = [row for row in everybodys if row.group in edition.grant.owners]
            assert compute.rows(edition, code, m, scope, by) == own, code
        else:
            with pytest.raises(OutsideScope):
                compute.rows(edition, code, m, scope, by)


def assert_nothing_is_told(edition, m, scope):
    is_unknown = scope.place == "branch:gone" and edition.grant.areas is None
    for code, by in questions(scope):
        with pytest.raises(CakupanError if is_unknown else OutsideScope):
            compute.rows(edition, code, m, scope, by)
