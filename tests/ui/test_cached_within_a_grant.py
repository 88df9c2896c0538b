"""What the screen keeps for one reader is never shown to another, whoever asked first."""

import pytest

from analytics.compute import Scope
from data.access import EVERYTHING, Grant, OutsideScope
from data.editions import publish
from data.home import Home
from tests.data.test_access import JUNE, MAY, areas, owners, small_world
from tests.worlds import load_world
from ui import cached

ALL, BRANCH, OWNER = EVERYTHING, areas("branch:kota"), owners("Dinas PUPR")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("kept") / "home")
    load_world(home, small_world())
    publish(home, as_of=JUNE)
    return str(home.root)


def by_grant(root, kept, *grants: Grant):
    """What each grant is given, asked twice and in both orders, so that all that can be kept has been."""
    asked = [{grant: kept((root, 1, grant)) for grant in order} for order in (grants, grants[::-1])]
    assert asked[0] == asked[1]
    return list(asked[0].values())


def test_names_are_those_of_each_reader(root):
    everybody = ["BBPJN", "Dinas PUPR", "PT Contoh"]
    assert by_grant(root, cached.known_owners, ALL, BRANCH, OWNER) == [
        everybody,
        ["BBPJN", "Dinas PUPR"],
        ["Dinas PUPR"],
    ]
    places = by_grant(root, lambda key: set(cached.known_places(key)), ALL, BRANCH)
    assert places[0] > places[1] == {"branch:kota", "16.71", "16.02"}
    begun = by_grant(root, cached.default_scope, ALL, BRANCH, OWNER)
    assert begun == [Scope("16"), Scope("branch:kota"), Scope("branch:kota", owner="Dinas PUPR")]


def test_rows_of_all_owners_are_kept_for_who_may_see_them_all(root):
    def counted(key):
        rows = cached.rows(key, "placement_coverage", JUNE, Scope("branch:kota"), "owner")
        return {row.group: row.numerator for row in rows}

    assert by_grant(root, counted, ALL, BRANCH, OWNER) == [{"Dinas PUPR": 5, "BBPJN": 4}] * 2 + [{"Dinas PUPR": 5}]


@pytest.mark.parametrize(
    "kept",
    [
        lambda key, scope: cached.rows(key, "placement_coverage", JUNE, scope),
        lambda key, scope: cached.trend(key, "placement_coverage", scope, MAY, JUNE),
        lambda key, scope: cached.trends(key, "placement_coverage", scope, (MAY, JUNE), "fund", ("APBN",)),
        lambda key, scope: cached.compared(key, "placement_coverage", JUNE, scope, "fund"),
        lambda key, scope: cached.targets_beside(key, "population_coverage", 2024, scope, None),
        lambda key, scope: cached.steps(key, scope, JUNE, MAY),
        lambda key, scope: cached.steps_in_persons(key, scope, JUNE, MAY),
        lambda key, scope: cached.by_vintage(key, "population_coverage", JUNE, scope),
        cached.default_month,
        lambda key, scope: cached.agency_placed(key, JUNE, scope),
    ],
)
def test_what_one_reader_looked_at_is_refused_to_another(root, kept):
    scope = Scope("16")
    assert kept((root, 1, ALL), scope) == kept((root, 1, ALL), scope)
    for grant in (BRANCH, OWNER, BRANCH):
        with pytest.raises(OutsideScope):
            kept((root, 1, grant), scope)


def test_a_delivery_is_published_for_who_sees_nothing_else_of_it_too(root):
    """What an account of one owner has sent itself must not wait for its publication for good."""
    told, as_owner = by_grant(root, cached.batches, ALL, OWNER)
    assert told == as_owner == {delivery.number for delivery in cached.deliveries((root, 1, ALL))}
    assert {delivery.number for delivery in cached.deliveries((root, 1, OWNER))} < as_owner
