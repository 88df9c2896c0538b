"""Worlds of many tests side by side in one home, each in a province of its own: a home for each takes a publish each.

A test is written for a world of its own (tests/worlds.py) and stops once, where that must be published:

    @CASES.case
    def test_…(world):
        deliver(world, "proyek", …)
        edition = yield
        assert measured(edition, world, …)

What it delivered to Sumatera Selatan stands in another province, beside all other cases; `there` and `owner_there` say
under which code and name. The twin is asked about the small world, so nothing of a neighbour may reach the numbers.
"""

from collections.abc import Callable
from functools import partial
from itertools import groupby
from pathlib import Path

from data.editions import current_edition, publish
from data.home import Home
from data.places import all_places
from tests.worlds import empty_world, load_world

HOME_PROVINCE = "16"
FIRST_USED = ("16.71", "16.02", "16.07", "16.06")  # the smallest province has four kabupaten
PROVINCES = [code for code, place in all_places().items() if place.parent == "00"]
PERSONS_OF_A_CASE = 200
PLACES, OWNERS = ("wilayah", "unit"), ("pemilik",)
PROJECT_NUMBERS = ("kode_proyek", "no_spk", "no_proyek_bpjs")
SETTINGS = ("as_of", "report_sources", "denominator_sources", "personal_covers_project")


class Cases:
    """The cases of one module, published together when the first of them is asked for."""

    def __init__(self, as_of):
        self._new_world = partial(empty_world, as_of)
        self._tests: dict[str, Callable] = {}
        self._stopped: dict = {}

    def case(self, test):
        """The test as pytest shall run it: by the same name, from where it stopped."""
        self._tests[test.__name__] = test

        def resumed(side_by_side):
            side_by_side.resume(test.__name__)

        resumed.__name__, resumed.__doc__ = test.__name__, test.__doc__
        return resumed

    def publish(self, folder: Path):
        """Run every case until it stops and publish all their worlds: a home for each choice of settings."""
        begun = [(self._new_world(), name) for name in self._tests]
        running = {name: self._tests[name](world) for world, name in begun}
        for test in running.values():
            next(test)
        alike = sorted(begun, key=lambda one: _settings(one[0]))
        for number, (_, of_them) in enumerate(groupby(alike, key=lambda one: _settings(one[0]))):
            cases = list(of_them)
            for first in range(0, len(cases), len(PROVINCES)):
                some = cases[first : first + len(PROVINCES)]
                edition = _published(Home(folder / f"{number}-{first}"), [world for world, _ in some])
                self._stopped |= {name: (running[name], edition) for _, name in some}
        return self

    def resume(self, name):
        test, edition = self._stopped.pop(name)
        try:
            test.send(edition)
        except StopIteration:
            return
        raise AssertionError(f"{name} stops a second time: it would need a second publish")


def there(world, place):
    """The code under which a place, branch or group of the world stands in the edition."""
    if "province" not in world:
        return place
    if ":" in place:
        return f"{place}{world['province']}"
    return _moved_place(world, place)


def owner_there(world, owner):
    """The name under which an owner of the world stands in the edition."""
    return owner if owner is None or "province" not in world else f"{owner} {world['province']}"


def _settings(world):
    return repr([world[name] for name in SETTINGS])


def _published(home, worlds):
    for province, world in zip(PROVINCES, worlds, strict=False):
        world["province"] = province
    load_world(home, _together(worlds))
    publish(home, as_of=worlds[0]["as_of"])
    return current_edition(home)


def _together(worlds):
    whole = empty_world(**{name: worlds[0][name] for name in SETTINGS}, branches={})
    for number, world in enumerate(worlds):
        earlier = len(whole["batches"])
        for code, parts in world["branches"].items():
            whole["branches"][there(world, code)] = [there(world, part) for part in parts]
        whole["batches"] += [_moved_batch(world, batch, earlier) for batch in world["batches"]]
        for kind, rows in world["rows"].items():
            persons = PERSONS_OF_A_CASE * number
            whole["rows"][kind] += [_moved_row(world, row, earlier, persons) for row in rows]
    return whole


def _moved_batch(world, batch, earlier):
    move = {"wilayah": there, "pemilik": owner_there}.get(batch["scope_kind"])
    scope = move(world, batch["scope_value"]) if move else None
    return batch | {"batch_id": batch["batch_id"] + earlier, "scope_value": scope}


def _moved_row(world, row, earlier, persons):
    moved = row | {"batch_id": row["batch_id"] + earlier}
    moved |= {name: there(world, row[name]) for name in PLACES if row.get(name)}
    moved |= {name: owner_there(world, row[name]) for name in OWNERS if row.get(name)}
    moved |= {name: f"{world['province']}-{row[name]}" for name in PROJECT_NUMBERS if row.get(name)}
    if "person_id" in row:
        assert 0 < row["person_id"] < PERSONS_OF_A_CASE, row
        moved["person_id"] += persons
    return moved


def _moved_place(world, place):
    if place == HOME_PROVINCE:
        return world["province"]
    assert place in FIRST_USED, f"{place} cannot stand in another province: give the test a home of its own"
    parts = [code for code, known in all_places().items() if known.parent == world["province"]]
    return parts[FIRST_USED.index(place)]
