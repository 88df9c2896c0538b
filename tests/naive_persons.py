"""Persons on rosters in several kabupaten/kota at once, one person after another."""

from collections import Counter

from data.places import all_places
from tests import naive


def person_places(world):
    """Rows of edition.person_places, sorted as the rows of a table in the tests are."""
    world, found = naive.settled(world), Counter()
    for month in naive.months(world):
        end = naive.MonthEnd(world, month)
        for places in _places_of_persons(end).values():
            if len(places) > 1:
                found.update((group, month, len(places)) for group in _all_around(world, places))
    rows = [
        {"place": place, "month": month, "places": places, "persons": persons}
        for (place, month, places), persons in found.items()
    ]
    return sorted(rows, key=repr)


def _places_of_persons(end):
    """By person the kabupaten/kota of the running projects on whose rosters the person stands."""
    found = {}
    for code, persons in end.roster.items():
        place = all_places()[end.projects[code]["wilayah"]]
        if code in end.running and place.kind in ("kabupaten", "kota"):
            for person in persons:
                found.setdefault(person, set()).add(place.code)
    return found


def _all_around(world, places):
    """The places, and whatever holds one of them, each once."""
    around = set(places)
    for place in places:
        province = all_places()[place].parent
        assert province is not None, place
        around |= {province, all_places()[province].parent}
        around |= {code for code, members in world["branches"].items() if place in members}
    return around - {None}
