"""Of any world: targets, course, projection and closing list are what the naive twin counts.

An example costs a second or two: CAKUPAN_EXAMPLES=20 runs twenty times as many.
"""

import os
import tempfile
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from analytics.attainment import BELOW_COURSE, ON_COURSE, TargetRow, target_rows
from analytics.closing import closing_list
from analytics.compute import Scope
from analytics.ends import known_ends
from analytics.projection import Projection, TooFew, projection
from analytics.targets import Target
from data.editions import current_edition, publish
from data.home import Home
from tests import naive, naive_targets
from tests.strategies import worlds
from tests.test_rollup_properties import described
from tests.worlds import deliver, empty_world, load_world

PLACES = ("00", "16", "16.71", "branch:kota", "group:satu")
EXAMPLES = int(os.environ.get("CAKUPAN_EXAMPLES", "1"))
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
LAST = date(2024, 12, 31)


def edition_of(folder, world):
    load_world(Home(Path(folder)), world)
    publish(Home(Path(folder)), as_of=world["as_of"])
    edition = current_edition(Home(Path(folder)))
    assert edition is not None
    return edition


@settings(max_examples=4 * EXAMPLES, database=None, suppress_health_check=SLOW)
@given(worlds(), st.data())
def test_targets_and_closing_lists_of_any_world_are_what_the_twin_counts(world, data):
    assume(naive.months(world))
    m = data.draw(st.sampled_from(naive.months(world)))
    note(f"{m}\n{described(world)}")
    with tempfile.TemporaryDirectory() as folder:
        edition = edition_of(folder, world)
        for place in PLACES:
            rows = target_rows(edition, m, Scope(place))
            assert_same_versions(rows, world, place, m.year)
            assert_same_attainment(rows, world, place, m)
            assert_same_ends(edition, world, place, m)
        gap = data.draw(st.integers(0, 12))
        assert_same_closing(edition, world, m, gap)


def assert_same_versions(rows, world, place, year):
    found = {}
    for row in rows:
        target = row.target
        key = (target.indicator, target.segment, target.sector, target.counting, target.issuer)
        found.setdefault(key, []).append((target.target, target.unit_of_measure, target.document, row.is_superseded))
    expected = {
        key: [(row["nilai"], row["satuan"], row["dokumen"], number > 0) for number, row in enumerate(history)]
        for key, history in naive_targets.versions(world, place, year).items()
    }
    assert found == expected


def assert_same_attainment(rows, world, place, m):
    ours = naive_targets.in_force(world, place, m.year)
    compared = {row.target.issuer: row for row in rows if row.row is not None}
    assert compared.keys() == ours.keys()
    for issuer, row in compared.items():
        twin = naive_targets.attainment(world, m, place, ours[issuer])
        assert_near(row.pct, twin["pct"])
        assert_near(row.gap, twin["gap"])
        assert_near(row.path and row.path.expected, twin["expected"])
        if m == LAST or twin["pct"] is None or twin["expected"] is None:
            assert row.course is None
        else:
            reached = twin["pct"] * Fraction(ours[issuer]["nilai"]) / 100
            assert row.course == (ON_COURSE if reached >= twin["expected"] else BELOW_COURSE)


def assert_near(found, expected):
    assert (found is None) == (expected is None)
    if found is not None:
        assert float(found) == pytest.approx(float(expected))


def assert_same_ends(edition, world, place, m):
    ends = known_ends(edition, m, Scope(place))
    assert ends is not None
    for day in (m, date(2024, 4, 30), LAST):
        if day >= m:
            assert ends.left_on(day) == naive_targets.left_on(world, m, day, place)


def assert_same_closing(edition, world, m, gap):
    aim = Target("16", "16", m.year, "", "", None, "", Decimal(1), "", "Kanwil", None)
    by_cover, by_project = (
        TargetRow(aim, measure, gap=Decimal(gap), gap_unit=unit)
        for measure, unit in (("placement_coverage", "persons"), ("projects_registered_ytd", "projects"))
    )
    for place in PLACES:
        for row, counted in ((by_cover, naive_targets.uncovered), (by_project, naive_targets.unregistered)):
            found = closing_list(edition, m, Scope(place), row)
            assert found is not None
            known, unknown = counted(world, m, place)
            over = over_by(world, world["as_of"] if m == naive.months(world)[-1] else m)
            left = {code: closes for code, closes in known.items() if code not in over}
            assert_fewest(found, left, unknown - over, gap)


def over_by(world, stands_on):
    """The projects that are over on the day on which the reader stands."""
    return {row["kode_proyek"] for row in naive.settled(world)["winners"]["proyek"] if row["selesai"] < stands_on}


def assert_fewest(found, known, unknown, gap):
    assert {row.kode_proyek for row in found.unknown} == unknown
    assert found.candidates == len(known)
    assert {row.kode_proyek: row.closes for row in found.rows}.items() <= known.items()
    fewest = naive_targets.fewest(known.values(), gap)
    assert found.is_closed == (fewest is not None)
    assert len(found.rows) == (len(known) if fewest is None else fewest)
    assert found.closed == sum(row.closes for row in found.rows)


@settings(max_examples=3 * EXAMPLES, database=None, suppress_health_check=SLOW)
@given(
    st.lists(st.tuples(*[st.integers(0, 900)] * 3), min_size=2, max_size=5),
    st.integers(1, 900),
    st.lists(st.sampled_from([2000, 3000]), min_size=1, max_size=2),
)
def test_projections_of_any_series_are_what_the_twin_reckons(years, now, estimates):
    """Reports of March, October and December in years before 2024, and of March 2024; estimates change on the way."""
    march = date(2024, 3, 31)
    world = empty_world(march, branches={})
    for number, members in enumerate(reversed(years), start=1):
        for month, count in zip((3, 10, 12), members, strict=True):
            day = naive.month_end(date(2024 - number, month, 1))
            deliver(world, "rekap", {"wilayah": "16", "bulan": day, "peserta_aktif": count})
    deliver(world, "rekap", {"wilayah": "16", "bulan": march, "peserta_aktif": now})
    for number, workers in enumerate(estimates):
        stated = {"wilayah": "16", "per_tanggal": date(2018 + 5 * number, 6, 1), "pekerja": workers}
        deliver(world, "penduduk_bekerja", stated)
    deliver(world, "target", {"tahun": 2024, "nilai": Decimal(20)})
    with tempfile.TemporaryDirectory() as folder:
        edition = edition_of(folder, world)
        assert_same_attainment(target_rows(edition, march, Scope("16")), world, "16", march)
        assert_same_projection(projection(edition, march, Scope("16")), world, now, estimates[-1])


def assert_same_projection(found, world, now, workers):
    march = date(2024, 3, 31)
    seasons = naive_targets.seasons(world, march, LAST, "16")
    if len(seasons) < 3:
        assert found == TooFew("population_coverage", "too_few_seasons", tuple(seasons))
        return
    assert isinstance(found, Projection)
    value, low, high, errors = naive_targets.projected({y: (*pair, 0) for y, pair in seasons.items()}, Fraction(now))
    last = found.points[-1]
    assert [last.value, last.low, last.high] == pytest.approx(
        [float(100 * end / workers) for end in (value, low, high)]
    )
    assert [test.error_pct for test in found.backtest.tests] == pytest.approx([float(100 * e) for e in errors.values()])
    told = [test.is_within for test in found.backtest.tests]
    sizes = [abs(error) for error in errors.values()]
    assert told == [None, *(size <= max(sizes[:number]) for number, size in enumerate(sizes) if number)]
    assert (found.backtest.n, found.backtest.judged) == (len(seasons) - 1, len(seasons) - 2)
    october = naive_targets.seasons(world, march, date(2024, 10, 31), "16")
    assert [point.month.month for point in found.points] == ([10, 12] if seasons.keys() <= october.keys() else [12])
