"""What ui/cached keeps between the runs of a page."""

from datetime import date

import pytest

from analytics import compute
from analytics.compute import Scope
from analytics.indicators import INDICATORS
from data.access import EVERYTHING
from data.editions import current_edition, publish
from data.home import Home
from tests.worlds import deliver, empty_world, load_world
from ui import cached
from ui.cached import remembered


def test_what_is_remembered_is_computed_once_for_equal_arguments():
    asked = []

    @remembered
    def squares(upto: int) -> list[int]:
        asked.append(upto)
        return [number * number for number in range(upto)]

    assert (squares(3), squares(3), squares(2)) == ([0, 1, 4], [0, 1, 4], [0, 1])
    assert asked == [3, 2]


def test_a_caller_that_changes_its_copy_changes_no_other():
    @remembered
    def months() -> list[int]:
        return [1, 2]

    months().append(3)
    assert months() == [1, 2]


@pytest.fixture(scope="module")
def owners_edition(tmp_path_factory):
    """Three owners from March to July 2024: one all the time, one until May, one from June in another kabupaten."""
    world = empty_world(date(2024, 7, 31))
    march, june, december = date(2024, 3, 1), date(2024, 6, 1), date(2024, 12, 31)
    owned = {
        "Dinas PUPR": {"mulai": march, "selesai": december, "sumber_dana": "APBD kabupaten/kota"},
        "BBPJN": {"mulai": march, "selesai": date(2024, 5, 31), "sumber_dana": "APBN"},
        "PT Contoh": {"mulai": june, "selesai": december, "sumber_dana": "APBN", "wilayah": "16.02"},
    }
    shared = {"tenaga_kerja": 10, "nilai_kontrak": 1_000_000, "tgl_spk": march}
    deliver(world, "proyek", *({"kode_proyek": name, "pemilik": name, **shared, **own} for name, own in owned.items()))
    paid = {"tgl_daftar": date(2024, 4, 2), "tgl_bayar": date(2024, 4, 2), "tenaga_kerja": 6, "iuran_dibayar": 240_000}
    rows = [{"kode_proyek": name, **paid} for name in ("Dinas PUPR", "BBPJN")]
    deliver(world, "pendaftaran", *rows, complete_for="16", period=(date(2024, 1, 1), december))
    home = Home(tmp_path_factory.mktemp("owners") / "home")
    load_world(home, world)
    publish(home, as_of=world["as_of"])
    return current_edition(home), (str(home.root), 1, EVERYTHING)


@pytest.mark.parametrize("scope", [Scope("16"), Scope("16.71"), Scope("16", fund="APBN")])
@pytest.mark.parametrize("measure", [code for code, indicator in INDICATORS.items() if "owner" in indicator.split_by])
def test_the_trends_of_some_owners_are_theirs_among_all(owners_edition, measure, scope):
    edition, key = owners_edition
    months = compute.months(edition)
    span = (months[0], months[-1])
    every = compute.trends(edition, measure, scope, span, "owner")
    for groups in (tuple(every), tuple(every)[:1], ()):
        assert cached.trends(key, measure, scope, span, "owner", groups) == {name: every[name] for name in groups}


def test_the_trends_of_owners_tell_months_with_and_without_a_project(owners_edition):
    edition, key = owners_edition
    span = (date(2024, 4, 30), date(2024, 6, 30))
    found = cached.trends(key, "placement_coverage", Scope("16"), span, "owner", ("BBPJN", "PT Contoh"))
    assert {name: [(row.month, row.value, row.reason) for row in rows] for name, rows in found.items()} == {
        "BBPJN": [("2024-04", 100 * 6 / 10, None), ("2024-05", 100 * 6 / 10, None), ("2024-06", None, "no_project")],
        "PT Contoh": [("2024-04", None, "no_project"), ("2024-05", None, "no_project"), ("2024-06", 0, None)],
    }
    assert compute.months(edition)[0] == date(2024, 3, 31)


def test_the_trends_of_some_places_leave_the_others_out(owners_edition):
    edition, key = owners_edition
    span = (date(2024, 4, 30), date(2024, 7, 31))
    every = compute.trends(edition, "placement_coverage", Scope("16"), span, "place")
    found = cached.trends(key, "placement_coverage", Scope("16"), span, "place", ("16.71", "99.99"))
    assert found == {"16.71": every["16.71"]}
    assert [row.value for row in found["16.71"]] == [60, 60, 60, 60]
