"""A pack is built under its reader's grant, kept for whom it is wholly within, and says the same when it is rebuilt."""

from dataclasses import replace
from datetime import date

import pytest

from data import accounts, packs
from data.access import EVERYTHING, LOCAL, Grant, OutsideScope
from data.accounts import Account
from data.casework import FollowUp, Waiver, record_follow_up, record_waiver
from data.editions import open_edition
from data.errors import CakupanError
from data.home import Home
from data.packs import PackRequest
from tests.casework_home import ALFA, BETA, published_home, reader
from ui.pack_files import make_pack, rebuild

CITY, DISTRICT = "16.71", "16.02"
OF_CITY = PackRequest(
    "Rapat cabang", date(2024, 9, 2), "opd", date(2024, 8, 31), CITY, sections=("trend", "ladder", "exceptions")
)
BRANCH, PAYER = reader("branch"), reader("payer")
CITY_READER, ALFA_READER = reader("opd", areas=(CITY,)), reader("opd", owners=(ALFA,))


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    """Three owners in two places, and an account: so not everybody sees everything."""
    home = published_home(tmp_path_factory.mktemp("bahan"))
    accounts.add(home, Account("kota", "Kota", "viewer", places=(CITY,)))
    return home


def made(home: Home, reader=LOCAL, **changes):
    return make_pack(home, reader, replace(OF_CITY, **changes), ["png"])


def test_a_pack_under_a_grant_may_be_seen_by_everybody_whose_grant_holds_its_scope(home):
    kept = made(home, CITY_READER, meeting="Kota sendiri").kept
    assert (kept.facts.areas, kept.facts.owners) == ((CITY,), None)
    assert kept in packs.packs_of(home, reader("viewer", areas=("16",)).grant)
    assert kept not in packs.packs_of(home, reader("viewer", areas=(DISTRICT,)).grant)


def test_a_pack_of_who_sees_everything_is_open_to_its_scope_where_it_says_nothing_beyond(home):
    kept = made(home, meeting="Kota oleh pengelola").kept
    assert kept.facts.areas == (CITY,)
    assert packs.read(home, CITY_READER, kept.files[0].sha256)


def test_a_pack_of_one_owner_is_open_to_that_owner_alone(home):
    kept = made(home, meeting="Alfa", place="16", owner=ALFA, sections=("ladder",)).kept
    assert (kept.facts.areas, kept.facts.owners) == (("16",), (ALFA,))
    assert kept in packs.packs_of(home, Grant(frozenset({"16"}), frozenset({ALFA})))
    assert kept not in packs.packs_of(home, Grant(frozenset({"16"}), frozenset({BETA})))


@pytest.mark.parametrize(
    ("who", "changes"),
    [
        (CITY_READER, {"place": "16"}),
        (CITY_READER, {"place": DISTRICT}),
        (ALFA_READER, {"owner": BETA}),
        (ALFA_READER, {}),
        (ALFA_READER, {"owner": "?"}),
        (ALFA_READER, {"owner": "*"}),
        (reader("opd", areas=()), {}),
    ],
)
def test_nobody_makes_a_pack_of_more_than_the_account_sees(home, who, changes):
    before = packs.packs_of(home, EVERYTHING)
    with pytest.raises((OutsideScope, CakupanError)):
        made(home, who, meeting="Terlalu luas", **changes)
    assert packs.packs_of(home, EVERYTHING) == before


def test_what_is_recorded_later_changes_neither_the_pack_nor_its_rebuilding(home):
    edition = open_edition(home, 1, EVERYTHING)
    first = made(home, meeting="Sebelum pengecualian")
    record_waiver(home, PAYER, edition, Waiver("A-2", "Banjir.", "Sekretaris Daerah", date(2024, 12, 31)))
    assert rebuild(home, LOCAL, first.kept.number).is_same is True
    assert packs.read(home, LOCAL, first.kept.files[0].sha256) == first.files["png"]
    second = made(home, meeting="Sebelum pengecualian")
    assert second.kept.facts.content_hash != first.kept.facts.content_hash
    assert second.kept.facts.casework > first.kept.facts.casework
    assert rebuild(home, LOCAL, second.kept.number).is_same is True


def test_the_next_meeting_of_a_series_begins_with_what_was_promised(home):
    edition = open_edition(home, 1, EVERYTHING)
    promise = FollowUp("C-1", "berjanji", "Cabang Palembang", date(2024, 9, 20))
    record_follow_up(home, BRANCH, edition, promise)
    first = made(home, meeting="Rapat berkala").kept
    second = made(home, meeting="RAPAT berkala", day=date(2024, 10, 7)).kept
    assert (first.facts.since, second.facts.since) == (None, first.number)
    assert second.facts.sections == ("since", *first.facts.sections)
    assert rebuild(home, LOCAL, second.number).is_same is True
    again = made(home, meeting="Rapat berkala").kept
    assert again.facts.since is None


def test_a_rebuilding_of_what_is_not_there_or_not_to_be_seen_is_refused(home):
    kept = made(home, meeting="Milik pengelola", place="16").kept
    for who, number in ((LOCAL, 10**6), (CITY_READER, kept.number)):
        with pytest.raises(CakupanError, match="tidak ditemukan dalam lingkup akun ini"):
            rebuild(home, who, number)


def test_an_edition_that_is_gone_cannot_be_asked_again(home):
    kept = made(home, meeting="Edisi hilang").kept
    packs.keep(home, LOCAL, kept.request, {"png": b"x"}, replace(kept.facts, edition=99))
    found = next(one for one in packs.packs_of(home, EVERYTHING) if one.facts.edition == 99)
    told = rebuild(home, LOCAL, found.number)
    assert (told.content_hash, told.is_same) == (None, None)


def test_an_offices_own_slides_that_are_too_large_are_refused_in_a_sentence(home):
    template = home.root / "template.pptx"
    template.write_bytes(bytes(20_000_001))
    with pytest.raises(CakupanError, match=r"template\.pptx di CAKUPAN_HOME lebih besar daripada 20 MB"):
        make_pack(home, LOCAL, replace(OF_CITY, meeting="Contoh kantor"), ["pptx"])
    template.unlink()
