"""Pages and beginnings by role, without a browser."""

from datetime import date

import pytest

from data import accounts
from data.access import EVERYTHING, LOCAL, NOTHING, ROLES, Grant, Reader
from data.editions import publish
from data.home import Home
from tests.worlds import deliver, empty_world, load_world
from ui import navigation

KNOWN_STARTS = {start.name for start in navigation.STARTS}


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """The key of an edition with a count of Palembang and one of Lahat."""
    world = empty_world(date(2024, 7, 31))
    month = date(2024, 7, 31)
    deliver(world, "rekap", *({"wilayah": w, "bulan": month, "peserta_aktif": 9} for w in ("16.71", "16.04")))
    home = Home(tmp_path_factory.mktemp("starts") / "home")
    load_world(home, world)
    home.config_path.unlink()  # the branches as they are shipped
    publish(home, as_of=world["as_of"])

    def key(grant=EVERYTHING):
        return str(home.root), 1, grant

    return key


def reader(role, grant=EVERYTHING, start=None):
    return Reader("siti", role, grant, is_authenticated=True, start=start)


def within(*areas):
    return Grant(frozenset(areas), None)


def titles(who, key):
    return [beginning.title for beginning in navigation.beginnings_of(who, key, "id")]


def test_every_start_of_an_account_and_of_a_role_is_one_of_the_table():
    assert set(accounts.STARTS) <= KNOWN_STARTS
    assert navigation.USUAL_START.keys() == set(ROLES)
    assert set(navigation.USUAL_START.values()) <= KNOWN_STARTS


@pytest.mark.parametrize("role", ROLES)
def test_a_role_has_the_pages_of_the_table_and_no_other(role):
    names = {room.name for room in navigation.rooms_of(reader(role))}
    assert {"ringkasan", "perbandingan", "capaian_target", "proyek"} <= names
    assert ("bahan_rapat" in names) == (role != "steward")
    assert "data_definisi" in names
    assert "pengelolaan" not in names or role == "admin"


def test_who_sits_at_the_machine_may_begin_as_anybody_and_in_every_branch_of_the_edition(edition):
    every = titles(LOCAL, edition())
    assert every[0] == "Pimpinan"
    assert [title for title in every if title.startswith("Cabang ")] == [
        "Cabang Lahat",
        "Cabang Lubuklinggau",
        "Cabang Muara Enim",
        "Cabang Musi Banyuasin dan Banyuasin",
        "Cabang OKU/Baturaja",
        "Cabang Palembang",
    ]
    assert {"Asisten rapat", "OPD", "Pembayar", "Inspektorat", "Petugas data"} <= set(every)


def test_nobody_sends_the_local_reader_away_from_the_door(edition):
    assert navigation.usual_beginning(LOCAL, edition(), "id") is None


@pytest.mark.parametrize(
    ("role", "areas", "room", "params"),
    [
        ("viewer", ["16.71"], "ringkasan", {"place": "16.71"}),
        ("branch", ["branch:lahat"], "capaian_target", {"place": "branch:lahat"}),
        ("payer", ["16.04"], "proyek", {"place": "16.04", "bagian": "cari"}),
        ("inspector", ["16.71"], "proyek", {"place": "16.71", "bagian": "temuan"}),
        ("steward", ["16.71"], "data_definisi", {"place": "16.71"}),
    ],
)
def test_a_role_begins_on_its_page_in_its_own_scope(edition, role, areas, room, params):
    grant = within(*areas)
    found = navigation.usual_beginning(reader(role, grant), edition(grant), "id")
    assert found is not None
    assert (found.room.name, found.params) == (room, params)


def test_a_branch_with_two_offices_begins_in_the_first_and_may_choose_the_other(edition):
    grant = within("branch:palembang", "branch:lahat")
    offered = navigation.beginnings_of(reader("branch", grant), edition(grant), "id")
    assert [beginning.address("en") for beginning in offered[:2]] == [
        "capaian_target?place=branch%3Alahat&lang=en",
        "capaian_target?place=branch%3Apalembang&lang=en",
    ]


def test_the_start_of_the_account_goes_before_that_of_its_role(edition):
    found = navigation.usual_beginning(reader("admin", start="petugas"), edition(), "id")
    assert found is not None
    assert found.room.name == "data_definisi"


def test_two_names_of_one_address_are_offered_once(edition):
    addresses = [b.address("id") for b in navigation.beginnings_of(reader("opd"), edition(), "id")]
    assert len(addresses) == len(set(addresses))


def test_without_a_scope_or_an_edition_nothing_is_asked_of_the_numbers(edition):
    assert titles(reader("viewer", NOTHING), edition(NOTHING)) == []
    assert titles(reader("viewer"), None) == ["Pimpinan", "Asisten rapat"]


def test_a_place_that_the_edition_does_not_know_still_has_a_beginning(edition):
    grant = within("branch:gone")
    assert titles(reader("branch", grant), edition(grant)) == ["Kepala cabang", "Pimpinan", "Asisten rapat"]
