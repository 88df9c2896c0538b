"""Whether a conclusion hangs on the denominator, by hand: 48 members of 100, of 80, and of 40 by an old estimate."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.compute import Scope
from analytics.conclusions import conclusions
from data.access import EVERYTHING, Grant, OutsideScope
from data.editions import publish, published_edition
from data.home import Home
from tests.worlds import deliver, empty_world, load_world

JUNE, JUNE_BEFORE = date(2024, 6, 30), date(2023, 6, 30)
PALEMBANG, OKI, LAHAT = "16.71", "16.02", "16.04"


def world_of_estimates():
    world = empty_world(JUNE, denominator_sources=["BPS", "Dinas", "Sensus"])
    counts = ((PALEMBANG, JUNE_BEFORE, 40), (PALEMBANG, JUNE, 48), (OKI, JUNE, 30), ("16", JUNE, 300))
    deliver(world, "rekap", *({"wilayah": w, "bulan": m, "peserta_aktif": n} for w, m, n in counts))
    estimates = (
        (PALEMBANG, "BPS", date(2022, 1, 31), 90, {}),
        (PALEMBANG, "BPS", date(2024, 1, 31), 100, {"bawah": 90, "atas": 110}),
        (PALEMBANG, "Dinas", date(2023, 1, 31), 80, {}),
        (PALEMBANG, "Sensus", date(2020, 1, 31), 40, {}),
        (OKI, "BPS", date(2024, 1, 31), 40, {}),
        ("16", "BPS", date(2024, 1, 31), 600, {}),
        ("16", "Dinas", date(2024, 1, 31), 700, {}),
    )
    deliver(
        world,
        "penduduk_bekerja",
        *({"wilayah": w, "sumber": s, "per_tanggal": d, "pekerja": n, **more} for w, s, d, n, more in estimates),
    )
    deliver(world, "target", {"unit": PALEMBANG, "tahun": 2024, "nilai": Decimal(55)})
    return world


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("conclusions") / "home")
    load_world(home, world_of_estimates())
    publish(home, as_of=JUNE)
    return home


def asked(home, place, grant=None, measure="population_coverage"):
    edition = published_edition(home, grant or EVERYTHING)
    return {one.question: one for one in conclusions(edition, measure, JUNE, Scope(place))}


def answers(one):
    return {case.source: case.answer for case in one.cases}


def test_above_the_target_under_one_estimate_and_below_it_under_another_depends(home):
    one = asked(home, PALEMBANG)["target"]
    # 48 of 100 are 48 %, of 80 they are 60 %; the error of the first allows up to 48 of 90, which is 53,3 %.
    assert (one.verdict, one.threshold, one.issuer) == ("depends", 55, "Kanwil")
    assert answers(one) == {"BPS": "below", "Dinas": "above", "Sensus": "above"}


def test_an_error_that_reaches_over_the_threshold_leaves_it_open(home):
    one = asked(home, PALEMBANG)["half"]
    assert answers(one) == {"BPS": "open", "Dinas": "above", "Sensus": "above"}
    assert one.verdict == "depends"


def test_an_old_estimate_is_shown_and_not_judged(home):
    one = asked(home, PALEMBANG)["half"]
    assert {case.source: case.is_old for case in one.cases} == {"BPS": False, "Dinas": False, "Sensus": True}
    assert {case.source: case.value for case in one.cases} == {
        "BPS": 100 * 48 / 100,
        "Dinas": 100 * 48 / 80,
        "Sensus": 100 * 48 / 40,
    }


def test_the_direction_since_last_year_holds_where_all_estimates_agree(home):
    one = asked(home, PALEMBANG)["year"]
    # A year before, BPS had estimated 90: 40 of 90 are 44,4 %; Dinas 80 as now.
    assert {case.source: case.other for case in one.cases} == {
        "BPS": 100 * 40 / 90,
        "Dinas": 100 * 40 / 80,
        "Sensus": 100 * 40 / 40,
    }
    assert (one.verdict, answers(one)) == ("holds", {"BPS": "above", "Dinas": "above", "Sensus": "above"})


def test_the_order_of_two_places_is_asked_under_the_same_source(home):
    one = asked(home, PALEMBANG, Grant(frozenset({"16"}), None))["whole"]
    # Of the province 300 of 600 are 50 %, of 700 they are 42,9 %; Palembang has 48 % and 60 %.
    assert one.other_place == "Sumatera Selatan"
    assert {case.source: case.other for case in one.cases} == {
        "BPS": 100 * 300 / 600,
        "Dinas": 100 * 300 / 700,
        "Sensus": None,
    }
    assert (one.verdict, answers(one)) == ("depends", {"BPS": "below", "Dinas": "above", "Sensus": None})


def test_one_estimate_alone_gives_no_verdict(home):
    assert {one.verdict for one in asked(home, OKI).values()} == {"one_denominator"}


def test_without_an_estimate_or_for_a_measure_that_none_divides_nothing_is_concluded(home):
    assert asked(home, LAHAT) == {}
    assert asked(home, PALEMBANG, measure="placement_coverage") == {}


def test_a_place_outside_the_grant_is_refused(home):
    with pytest.raises(OutsideScope):
        asked(home, PALEMBANG, Grant(frozenset({OKI}), None))
