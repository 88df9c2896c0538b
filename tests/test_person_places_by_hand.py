"""Persons on rosters in several kabupaten/kota at once, counted on paper."""

from datetime import date

from data.editions import open_edition, publish
from data.home import Home
from tests.worlds import deliver, empty_world, load_world

MAY, JUNE = date(2024, 5, 31), date(2024, 6, 30)
RUNNING = {"mulai": date(2024, 5, 1), "selesai": JUNE}
# Two projects in Palembang, one each in OKI and Banyuasin, one that the records place in the province only.
PROJECTS = {"K1": "16.71", "K2": "16.71", "O": "16.02", "B": "16.07", "S": "16"}
ONLY_MAY = {"mulai": RUNNING["mulai"], "selesai": MAY}
ROSTERS = {
    1: ("K1", "O", "B"),  # three places
    2: ("K1", "K2"),  # two projects of one place
    3: ("K2", "O"),
    4: ("O", "S"),  # the province alone is no second place
}


def test_persons_are_counted_in_each_place_and_in_what_holds_it(tmp_path):
    world = empty_world(JUNE)
    deliver(world, "proyek", *({**RUNNING, "kode_proyek": code, "wilayah": place} for code, place in PROJECTS.items()))
    rows = [{"person_id": person, "kode_proyek": code} for person, codes in ROSTERS.items() for code in codes]
    # Person 3 leaves OKI in May.
    deliver(world, "tenaga_kerja", *({**(ONLY_MAY if r == rows[6] else RUNNING), **r} for r in rows))
    assert rows[6] == {"person_id": 3, "kode_proyek": "O"}
    home = Home(tmp_path / "home")
    load_world(home, world)
    edition = open_edition(home, publish(home, as_of=JUNE))
    asked = {"fewest": 2, "first": MAY, "last": JUNE, "places": ["16.71", "16.02", "16.07", "16"]}
    found = {
        (row["place"], row["month"]): (row["persons"], row["most_places"])
        for row in edition.query("quality_person_places", **asked)
    }
    # Persons 1 and 3 in May, person 1 alone in June; nothing of the province, which is no kabupaten.
    assert found == {
        ("16.71", MAY): (2, 3), ("16.02", MAY): (2, 3), ("16.07", MAY): (1, 3),
        ("16.71", JUNE): (1, 3), ("16.02", JUNE): (1, 3), ("16.07", JUNE): (1, 3),
    }  # fmt: skip
