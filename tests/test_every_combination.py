"""Every indicator for every place, breakdown, owner and fund is what the twin makes of the projects themselves.

An example costs some seconds: CAKUPAN_EXAMPLES=20 runs twenty times as many.
"""

import os
import tempfile
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from analytics import compute
from analytics.compute import Scope
from analytics.indicators import DECLARED
from data.editions import Edition, current_edition, publish
from data.errors import CakupanError
from data.home import Home
from tests import naive, naive_rows
from tests.strategies import FUNDS, OWNERS, worlds
from tests.test_rollup_properties import described
from tests.worlds import deliver, empty_world, load_world

PLACES = ("00", "16", "16.71", "branch:kota", "group:satu")
SPLITS = (None, "place", "branch", *naive_rows.OWNER_AND_FUND)
OF_PLACES_ALONE = (*naive_rows.PEOPLE, "target_attainment")
NOT_SPLIT = dict.fromkeys(OF_PLACES_ALONE, naive_rows.OWNER_AND_FUND) | {"site_coverage": ("payer", "level")}
NUMBERS = ("value", "low", "high")
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
RUNNING = {"mulai": date(2024, 6, 1), "selesai": date(2024, 12, 31)}


class AskedOnce(Edition):
    """An edition that keeps its answers: the measures of one table ask the same of it."""

    def query(self, name, **parameters):
        answers, question = self.__dict__.setdefault("answers", {}), (name, repr(parameters))
        if question not in answers:
            answers[question] = super().query(name, **parameters)
        return answers[question]


def edition_of(home, world):
    load_world(home, world)
    publish(home, as_of=world["as_of"])
    edition = current_edition(home)
    assert edition is not None
    return AskedOnce(edition.path, edition.number)


def test_the_twin_knows_every_declared_indicator():
    known = {*OF_PLACES_ALONE, *naive_rows.PLACEMENTS, *naive_rows.ACTIVITIES}
    assert known == {indicator.code for indicator in DECLARED}


def crowded_world():
    """Judged and unjudged, priced and unpriced, sized and unsized projects of three owners in three kabupaten, July."""
    world = empty_world(date(2024, 7, 31), denominator_sources=["BPS"])
    pupr = {"pemilik": "Dinas PUPR", "jenis_pemilik": "OPD kabupaten/kota"}
    bbpjn = {"pemilik": "BBPJN", "jenis_pemilik": "Kementerian", "wilayah": "16.02"}
    builder = {"pemilik": "PT Contoh", "wilayah": "16.07", "sumber_dana": "Swasta"}
    projects = [
        {**pupr, "kode_proyek": "P1", "sumber_dana": "APBN", "tenaga_kerja": 5, "nilai_kontrak": Decimal(4_000_000)},
        {**pupr, "kode_proyek": "P2", "tenaga_kerja": 3, "tgl_spk": None, "nilai_kontrak": Decimal("6000000.50")},
        {**bbpjn, "kode_proyek": "P3", "sumber_dana": "APBN", "tenaga_kerja": 9, "nilai_kontrak": Decimal(1_000_000)},
        {**bbpjn, "kode_proyek": "P4", "tgl_spk": date(2024, 7, 1)},
        {**builder, "kode_proyek": "P5", "tenaga_kerja": 4},
    ]
    deliver(world, "proyek", *({**RUNNING, "tgl_spk": date(2024, 5, 30)} | project for project in projects))
    paid = {"tgl_bayar": date(2024, 6, 1), "iuran_dibayar": Decimal(300_000), "tenaga_kerja": 3}
    registrations = [
        {**paid, "kode_proyek": "P1", "tgl_daftar": date(2024, 6, 3)},
        {**paid, "kode_proyek": "P3", "tgl_daftar": date(2024, 7, 3), "tenaga_kerja": None, "iuran_dibayar": None},
    ]
    for owner in ("Dinas PUPR", "BBPJN"):
        own = [row for row in registrations if (row["kode_proyek"] == "P1") == (owner == "Dinas PUPR")]
        deliver(world, "pendaftaran", *own, complete_for=owner, period=YEAR)
    roster = [
        {**RUNNING, "person_id": person, "kode_proyek": code} for person, code in ((1, "P1"), (2, "P1"), (2, "P3"))
    ]
    deliver(world, "tenaga_kerja", *roster, complete_for="16", period=YEAR)
    member = {**RUNNING, "tgl_bayar": date(2024, 6, 10), "kode_proyek": "P1"}
    july = {**member, "mulai": date(2024, 7, 5)}
    deliver(world, "kepesertaan", {**member, "person_id": 1}, {**july, "person_id": 3}, complete_for="16", period=YEAR)
    for place, workers in (("16", 40), ("16.71", 2), ("16.02", 0)):
        estimate = {"wilayah": place, "per_tanggal": date(2024, 1, 31), "pekerja": workers}
        deliver(world, "penduduk_bekerja", estimate | ({"bawah": 30, "atas": 50} if workers == 40 else {}))
    own_words = {"tahun": 2024, "nilai": Decimal(50)}
    deliver(world, "target", own_words, {**own_words, "penerbit": "Dinas"}, {**own_words, "unit": "16.71"})
    deliver(world, "target", {**own_words, "unit": "Kelompok satu", "segmen": "semua segmen"})
    return world


@pytest.mark.parametrize("place", PLACES)
def test_every_indicator_by_every_combination_in_a_crowded_world(crowded, place):
    edition, month = crowded
    assert_same_combinations(edition, month, [place], [None, "Dinas PUPR", "BBPJN", "PT Contoh"], [None, "APBN"])


def test_a_crowded_world_knows_every_answer(crowded):
    edition, month = crowded
    rows = [
        (indicator.code, row)
        for place, indicator in product(PLACES, DECLARED)
        for by in {None, *indicator.split_by} - {"sector"}
        for row in compute.rows(edition, indicator.code, month.m, Scope(place), by)
    ]
    reasons = {None, "no_project", "not_complete", "none_stated", "no_target", "not_comparable"}
    assert {row.reason for _, row in rows} == reasons
    statuses = {"ok", "implausible", "no_data", "no_denominator", "zero_denominator", "mixed_sources"}
    assert {row.status for _, row in rows} == statuses
    assert {code for code, row in rows if row.value} == {indicator.code for indicator in DECLARED} - {"ended_members"}
    assert any(row.low is not None for _, row in rows)


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    world, home = crowded_world(), Home(tmp_path_factory.mktemp("crowded") / "home")
    return edition_of(home, world), naive_rows.Month(world, world["as_of"])


@settings(
    max_examples=3 * int(os.environ.get("CAKUPAN_EXAMPLES", "1")),
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(worlds(), st.sampled_from(PLACES), st.sampled_from(sorted(OWNERS)), st.sampled_from(FUNDS), st.data())
def test_every_indicator_by_every_combination_is_what_the_twin_counts(world, place, owner, fund, data):
    assume(naive.months(world))
    m = data.draw(st.sampled_from(naive.months(world)))
    note(f"{m} {owner} {fund}\n{described(world)}")
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        edition, month = edition_of(home, world), naive_rows.Month(world, m)
        assert_same_combinations(edition, month, [place], [None, owner], [None, fund or naive.UNKNOWN])


def assert_same_combinations(edition, month, places, owners, funds):
    scopes = [Scope(*chosen) for chosen in product(places, owners, funds)]
    for scope, by, indicator in product(scopes, SPLITS, DECLARED):
        assert_same_rows(edition, indicator.code, month, scope, by)


def assert_same_rows(edition, code, month, scope, by):
    where = (code, month.m, scope, by)
    if by in NOT_SPLIT.get(code, ()) or (code in OF_PLACES_ALONE and (scope.owner or scope.fund)):
        with pytest.raises(CakupanError, match="tidak ada menurut"):
            compute.rows(edition, code, month.m, scope, by)
        return
    found = {
        (row.group, row.target and row.target.issuer): row for row in compute.rows(edition, code, month.m, scope, by)
    }
    if by == "owner_type" and scope.owner:
        # The edition keeps no owner's numbers by type; nobody asks for the type of one owner.
        assert found == {}
        return
    expected = month.rows(code, scope.place, by, scope.owner, scope.fund)
    assert found.keys() == expected.keys(), where
    for key, twin in expected.items():
        assert_same_row(found[key], twin, (*where, key))


def assert_same_row(row, twin, where):
    exact = [name for name in twin if name not in NUMBERS]
    assert {name: getattr(row, name) for name in exact} == {name: twin[name] for name in exact}, where
    for name in NUMBERS:
        found, expected = (None if number is None else float(number) for number in (getattr(row, name), twin[name]))
        assert found == pytest.approx(expected), (where, name)
