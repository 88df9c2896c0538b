"""The ladder on paper, and as the twin climbs it."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.ladder import RUNGS, ladder
from analytics.register import register
from analytics.row import Scope
from data.access import Grant, OutsideScope
from data.editions import current_edition, open_edition, publish
from data.home import Home
from tests import naive_gate, naive_projects
from tests.worlds import deliver, empty_world, load_world

# Monday 3 June 2024 has its deadline on Monday 24 June, Monday 17 June on Monday 8 July.
SPK, LATER_SPK = date(2024, 6, 3), date(2024, 6, 19)
JUNE, JULY = date(2024, 6, 30), date(2024, 7, 31)
WHOLE = (date(2015, 1, 1), JULY)
KNOWN, UNKNOWN_PLACE = "16.71", "16.07"
PERKIM, PUPR = "Dinas Perkim", "Dinas PUPR"
# In another province an owner did its own work, without a work order.
ELSEWHERE = "93.01"
OWN = {"wilayah": ELSEWHERE, "tgl_spk": None, "cara_pelaksanaan": "swakelola", "mulai": SPK}


def project(code, **columns):
    start = {"kode_proyek": code, "tgl_spk": SPK, "mulai": date(2024, 6, 10), "selesai": date(2024, 12, 31)}
    return start | {"sumber_dana": "APBN", "pemilik": PUPR, "nilai_kontrak": Decimal(1)} | columns


def registration(code, on=date(2024, 6, 20), **columns):
    return {"kode_proyek": code, "tgl_daftar": on, "tgl_bayar": on, "tenaga_kerja": 1} | columns


@pytest.fixture(scope="module")
def world():
    world = empty_world(JULY)
    deliver(
        world,
        "proyek",
        project("whole"),
        project("not-active", pemilik=PERKIM),
        project("nameless"),
        project("late"),
        project("unpaid", pemilik=PERKIM, sumber_dana="Swasta"),
        project("unregistered"),
        project("new", tgl_spk=LATER_SPK),
        project("new-unpaid", tgl_spk=LATER_SPK),
        project("undated", tgl_spk=None),
        project("by-owner", tgl_spk=None, mulai=LATER_SPK, cara_pelaksanaan="swakelola"),
        project("unknown", wilayah=UNKNOWN_PLACE),
        project("before-rules", tgl_spk=date(2015, 12, 28)),
        project("in-the-province", wilayah="16"),
        project("over", selesai=date(2024, 6, 20)),
        project("own-in-time", **OWN),
        project("own-late", **OWN),
    )
    deliver(
        world,
        "pendaftaran",
        registration("whole"),
        registration("not-active", selesai=date(2024, 7, 30)),
        registration("nameless"),
        registration("late", date(2024, 6, 25)),
        registration("unpaid", tgl_bayar=None),
        registration("new-unpaid", tgl_bayar=None),
        registration("undated"),
        registration("own-in-time", date(2024, 6, 24)),
        registration("own-late", date(2024, 6, 25)),
        as_of=date(2024, 8, 1),
    )
    member = {"mulai": date(2024, 6, 1), "tgl_bayar": date(2024, 6, 20)}
    named = ("whole", "not-active", "late", "undated")
    members = [{"person_id": n, "kode_proyek": code} | member for n, code in enumerate(named, start=1)]
    deliver(world, "kepesertaan", *members, as_of=date(2024, 8, 1))
    for kind in ("pendaftaran", "kepesertaan"):
        deliver(world, kind, complete_for=ELSEWHERE, period=WHOLE, as_of=date(2019, 1, 1))
        deliver(world, kind, complete_for=KNOWN, period=WHOLE, as_of=date(2019, 1, 1))
    return world


@pytest.fixture(scope="module")
def home(world, tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("ladder") / "home")
    load_world(home, world)
    publish(home, as_of=JULY)
    return home


@pytest.fixture(scope="module")
def edition(home):
    edition = current_edition(home)
    assert edition is not None
    return edition


def climbed(edition, month, place="16", by=None, **scope):
    """{group: {rung: (projects, lost, unknown, not due)}}"""
    found = {}
    for rung in ladder(edition, month, Scope(place, **scope), by):
        found.setdefault(rung.group, {})[rung.rung] = (rung.projects, rung.lost, rung.unknown, rung.not_due)
    return found


def test_each_rung_tells_who_is_left_lost_unknown_and_not_due(edition):
    # Thirteen run at the end of June: "over" does not. One has a work order of before the first rule.
    assert climbed(edition, JUNE) == {
        "16": {
            "wajib": (13 - 1, 0, 0, 1),
            "terdaftar": (7, 1, 2, 2),  # lost unregistered; unknown unknown, in-the-province; not due new, by-owner
            "dibayar": (5, 1, 0, 1),  # lost unpaid; not due new-unpaid
            "tepat_waktu": (3, 1, 1, 0),  # lost late; unknown undated
            "nama_tercatat": (2, 1, 0, 0),  # lost nameless
            "aktif": (2, 0, 0, 0),
        }
    }


def test_work_without_a_work_order_by_its_owner_is_in_time_as_it_is_judged(edition):
    [rungs] = climbed(edition, JUNE, ELSEWHERE).values()
    assert (rungs["dibayar"], rungs["tepat_waktu"]) == ((2, 0, 0, 0), (1, 1, 0, 0))
    assert [row.result for row in register(edition, Scope(ELSEWHERE)).rows] == ["memenuhi", "terlambat"]


def test_a_deadline_that_has_passed_turns_not_due_into_lost_and_cover_that_ended_is_lost_last(edition):
    [rungs] = climbed(edition, JULY).values()
    assert rungs["terdaftar"] == (7, 3, 2, 0)
    assert rungs["dibayar"] == (5, 2, 0, 0)
    assert rungs["aktif"] == (1, 1, 0, 0)


def test_groups_are_those_of_the_scope_with_most_projects_first(edition):
    by_owner = climbed(edition, JUNE, by="owner")
    assert list(by_owner) == [PUPR, PERKIM]
    assert by_owner[PERKIM]["dibayar"] == (1, 1, 0, 0)
    assert climbed(edition, JUNE, by="fund")["Swasta"]["terdaftar"] == (1, 0, 0, 0)
    assert climbed(edition, JUNE, owner=PERKIM) == {"16": by_owner[PERKIM]}
    assert climbed(edition, JUNE, fund="Swasta", by="owner") == {PERKIM: climbed(edition, JUNE, by="fund")["Swasta"]}


def test_the_rungs_keep_their_order_and_the_scope_its_name(edition):
    rungs = ladder(edition, JUNE, Scope("16.71"))
    assert [rung.rung for rung in rungs] == list(RUNGS)
    assert {(rung.group, rung.label) for rung in rungs} == {("16.71", "Kota Palembang")}


def test_where_nothing_runs_there_is_no_ladder(edition):
    assert climbed(edition, JUNE, "16.02") == {}


def test_what_is_placed_in_the_province_only_counts_there_alone(edition):
    [whole], [kota] = climbed(edition, JUNE).values(), climbed(edition, JUNE, "16.71").values()
    assert whole["wajib"][0] - kota["wajib"][0] == len({"in-the-province", "unknown"})


@pytest.mark.parametrize("month", [JUNE, JULY])
def test_the_twin_climbs_alike(edition, world, month):
    months = naive_projects.project_months(world)
    owners = {row["kode_proyek"]: row["pemilik"] for row in world["rows"]["proyek"]}
    assert climbed(edition, month, "00")["00"] == naive_gate.ladder(world, month, months, owners)
    for owner, rungs in climbed(edition, month, "00", by="owner").items():
        codes = [code for code, of in owners.items() if of == owner]
        assert rungs == naive_gate.ladder(world, month, months, codes)


def test_a_grant_sees_its_own_owners_and_places_only(home):
    own = open_edition(home, 1, Grant(None, frozenset({PERKIM})))
    assert climbed(own, JUNE, by="owner").keys() == {PERKIM}
    assert climbed(own, JUNE)["16"]["wajib"] == (2, 0, 0, 0)
    placed = open_edition(home, 1, Grant(frozenset({"16.71"}), None))
    assert climbed(placed, JUNE, "16.71").keys() == {"16.71"}
    with pytest.raises(OutsideScope):
        ladder(placed, JUNE, Scope("16"))
    with pytest.raises(OutsideScope):
        ladder(own, JUNE, Scope("16", owner=PUPR))
