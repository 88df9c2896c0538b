"""Persons against reports: each probable cause with a place that has it and one, at its edge, that does not."""

from datetime import date

import pytest

from analytics.count_pairs import CAUSES, count_pairs
from analytics.row import Scope
from data.access import Grant, OutsideScope
from data.editions import Edition, current_edition, publish
from data.home import Home
from tests.worlds import deliver, empty_world, load_world

POSITION = date(2025, 6, 30)
APRIL, MAY, JUNE = date(2025, 4, 30), date(2025, 5, 31), POSITION
MONTHS = (APRIL, MAY, JUNE)
BEGAN = date(2025, 1, 1)
NAMED = 100
# Place → persons without a name, and (month, reported) by recapitulation.
PLACES = {
    "16.01": (0, {JUNE: 100}),
    "16.02": (0, {JUNE: 101}),
    "16.03": (40, {JUNE: 101}),  # one per cent more than the named
    "16.04": (40, {JUNE: 102}),
    "16.05": (0, {APRIL: 110, MAY: 111, JUNE: 112}),  # −9,1 %, −9,9 %, −10,7 %: April and June are 1,6 points apart
    "16.06": (0, {APRIL: 110, MAY: 110, JUNE: 111}),  # −9,1 %, −9,1 %, −9,9 %
    "16.07": (0, {APRIL: 110, MAY: 90, JUNE: 110}),  # to the other side between
    "16.08": (0, {MAY: 90}),
    "16.09": (0, {MAY: 110}),
    "16.10": (0, {}),
    "16.11": (0, {}),
    "16.12": (0, {JUNE: 0}),
}
EXPECTED = {
    ("16.01", JUNE): "cocok",
    ("16.02", JUNE): "belum_dijelaskan",  # one person beyond no rounding
    ("16.03", JUNE): "hanya_bernama",
    ("16.04", JUNE): "belum_dijelaskan",
    ("16.05", APRIL): "belum_dijelaskan",
    ("16.05", MAY): "definisi_lain",  # within a point of both beside it
    ("16.05", JUNE): "belum_dijelaskan",
    ("16.06", APRIL): "definisi_lain",
    ("16.06", MAY): "definisi_lain",
    ("16.06", JUNE): "definisi_lain",
    ("16.07", APRIL): "belum_dijelaskan",
    ("16.07", MAY): "belum_dijelaskan",
    ("16.07", JUNE): "belum_dijelaskan",
    ("16.08", MAY): "kiriman_susulan",  # the newer count is the larger
    ("16.09", MAY): "belum_dijelaskan",  # the older one is
    ("16.10", JUNE): "tanggal_lain",
    ("16.11", JUNE): "cocok",  # 95 ± 5
    ("16.12", JUNE): "belum_dijelaskan",
}


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    world = empty_world(POSITION)
    for place, (unnamed, reported) in PLACES.items():
        _deliver_place(world, place, unnamed, reported)
    official = {"per_tanggal": date(2025, 6, 9), "peserta": 95}
    deliver(world, "angka_resmi", {"wilayah": "16.10"} | official)
    on_time = {"wilayah": "16.11", "per_tanggal": JUNE, "peserta": 95, "peserta_presisi": 10}
    deliver(world, "angka_resmi", on_time)
    deliver(world, "rekap", {"wilayah": "16.13", "bulan": JUNE, "peserta_aktif": 7})
    home = Home(tmp_path_factory.mktemp("pairs") / "home")
    load_world(home, world)
    publish(home, POSITION)
    found = current_edition(home)
    assert found is not None
    return found


def _deliver_place(world, place, unnamed, reported):
    """NAMED members of BPU in construction, a project with a headcount, and what was reported of the place."""
    # Of two places the report is of May, while the persons came with the position of June.
    persons_as_of = POSITION if place in ("16.08", "16.09") else date(2020, 1, 1)
    persons = [
        {
            "person_id": person,
            "segmen": "BPU",
            "wilayah": place,
            "sektor": "konstruksi",
            "mulai": BEGAN,
            "tgl_bayar": BEGAN,
        }
        for person in range(1, NAMED + 1)
    ]
    deliver(world, "kepesertaan", *persons, as_of=persons_as_of, complete_for=place, period=(APRIL, POSITION))
    spell = {"mulai": BEGAN, "selesai": date(2025, 12, 31)}
    deliver(world, "proyek", {"kode_proyek": place, "wilayah": place, **spell})
    paid = {"kode_proyek": place, "tgl_daftar": BEGAN, "tgl_bayar": BEGAN, "tenaga_kerja": unnamed}
    deliver(world, "pendaftaran", paid, complete_for=place, period=(BEGAN, POSITION))
    rows = [{"wilayah": place, "bulan": month, "peserta_aktif": count} for month, count in reported.items()]
    deliver(world, "rekap", *rows)


def test_every_pair_has_its_cause(edition):
    assert {(pair.place, pair.month): pair.cause for pair in count_pairs(edition, Scope("16"))} == EXPECTED
    assert set(EXPECTED.values()) == CAUSES.keys()


def test_a_pair_is_told_with_its_difference(edition):
    [pair] = count_pairs(edition, Scope("16.03"))
    assert (pair.persons, pair.named_persons, pair.unnamed_headcount, pair.reported) == (100 + 40, 100, 40, 101)
    assert (pair.difference, pair.difference_pct) == (39, pytest.approx(100 * 39 / 101))
    assert (pair.is_within_rounding, pair.source, pair.as_of) == (False, "Kanwil", JUNE)
    [official] = count_pairs(edition, Scope("16.11"))
    assert (official.half_unit, official.is_within_rounding, official.difference) == (5, True, 100 - 95)


def test_nothing_reported_has_no_share(edition):
    [pair] = count_pairs(edition, Scope("16.12"))
    assert (pair.difference, pair.difference_pct) == (100, None)


def test_a_place_without_complete_persons_or_without_a_report_is_no_pair(edition):
    assert count_pairs(edition, Scope("16.13")) == []  # a report alone
    assert count_pairs(edition, Scope("16.71")) == []


def test_people_are_not_told_beyond_the_grant(edition):
    city = Edition(edition.path, edition.number, Grant(frozenset({"16.03"}), None))
    assert [pair.place for pair in count_pairs(city, Scope("16.03"))] == ["16.03"]
    with pytest.raises(OutsideScope):
        count_pairs(city, Scope("16"))
    owner = Edition(edition.path, edition.number, Grant(None, frozenset({"Dinas PUPR"})))
    with pytest.raises(OutsideScope):
        count_pairs(owner, Scope("16.03"))
