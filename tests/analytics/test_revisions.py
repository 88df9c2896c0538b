"""One number through three editions, by hand: a report and a registration are put right, an estimate is replaced."""

import gzip
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from analytics.compute import Scope
from analytics.provenance import Asked
from analytics.revisions import revisions
from data.access import EVERYTHING, Grant, OutsideScope
from data.editions import earlier_editions, open_edition, publish, published_edition
from data.home import Home
from data.ledger import open_ledger
from tests.worlds import deliver, empty_world, load_world

FIXTURES = Path(__file__).parents[1] / "fixtures"
MAY, JUNE = date(2024, 5, 31), date(2024, 6, 30)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
SPAN = {"mulai": date(2024, 5, 1), "selesai": date(2024, 12, 31), "tgl_spk": date(2024, 5, 1)}
PALEMBANG = "16.71"
EVERY = 12


def grown(world, home):
    """Put the world's newest state into the ledger, which holds nothing else, and publish it."""
    if home.ledger_path.exists():
        with open_ledger(home) as ledger:
            for table in ("batch", "person", *world["rows"]):
                ledger.execute(f"delete from {table}")
    load_world(home, world)
    return publish(home, as_of=JUNE)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Edition 1: May reported as 40 of 100, P registered, Q not. 2: May as 44, P for six instead of four. 3: of 80."""
    home = Home(tmp_path_factory.mktemp("revisions") / "home")
    world = empty_world(JUNE, denominator_sources=["BPS"])
    projects = ({**SPAN, "kode_proyek": code, "tenaga_kerja": 10} for code in ("P", "Q"))
    deliver(world, "proyek", *projects)
    paid = {"kode_proyek": "P", "tgl_daftar": date(2024, 5, 2), "tgl_bayar": date(2024, 5, 2)}
    deliver(world, "pendaftaran", paid | {"tenaga_kerja": 4}, complete_for="16", period=YEAR)
    deliver(world, "rekap", {"wilayah": PALEMBANG, "bulan": MAY, "peserta_aktif": 40})
    deliver(world, "penduduk_bekerja", {"wilayah": PALEMBANG, "per_tanggal": date(2024, 1, 31), "pekerja": 100})
    assert grown(world, home) == 1
    deliver(world, "rekap", {"wilayah": PALEMBANG, "bulan": MAY, "peserta_aktif": 44}, as_of=JUNE)
    deliver(world, "rekap", {"wilayah": PALEMBANG, "bulan": JUNE, "peserta_aktif": 50}, as_of=JUNE)
    newer = paid | {"tenaga_kerja": 6}
    deliver(world, "pendaftaran", newer, as_of=JUNE, complete_for="16", period=YEAR)
    assert grown(world, home) == 2
    estimate = {"wilayah": PALEMBANG, "per_tanggal": date(2024, 1, 31), "pekerja": 80}
    deliver(world, "penduduk_bekerja", estimate, as_of=JUNE)
    assert grown(world, home) == 3
    return home


def through(home, measure, place=PALEMBANG, grant=EVERYTHING, most=EVERY, month=JUNE):
    newest = published_edition(home, grant)
    asked = Asked(measure, month, Scope(place))
    return revisions(earlier_editions(newest, home, most), asked, most_months=EVERY)


def values(found, month):
    rows = (found.said.get((edition.number, month)) for edition in found.editions)
    return [row.value if row else None for row in rows]


def moved(found):
    return {
        (change.month, change.from_edition, change.to_edition): {
            reason.kind: reason.amount if reason.amount is None else pytest.approx(reason.amount)
            for reason in change.reasons
        }
        for change in found.changes
    }


def test_each_edition_says_what_it_said_when_it_was_published(home):
    found = through(home, "population_coverage")
    assert found.months == (MAY, JUNE)
    assert values(found, MAY) == [100 * 40 / 100, 100 * 44 / 100, 100 * 44 / 80]
    assert values(found, JUNE) == [None, 100 * 50 / 100, 100 * 50 / 80]


def test_first_published_and_known_now_stand_beside_each_other(home):
    found = through(home, "population_coverage")
    first, now = found.first_said(JUNE), found.known_now(JUNE)
    assert first and now
    assert (first.value, found.first_edition(JUNE), now.value) == (50.0, 2, 62.5)


def test_a_change_says_why_as_far_as_the_editions_show(home):
    assert moved(through(home, "population_coverage")) == {
        (MAY, 1, 2): {"correction": 44 - 40},
        (JUNE, 1, 2): {"appeared": None},
        (MAY, 2, 3): {"denominator": 100 * 44 / 80 - 44},
        (JUNE, 2, 3): {"denominator": 100 * 50 / 80 - 50},
    }


def test_placements_say_what_was_put_right(home):
    changes = moved(through(home, "placement_coverage"))
    # P is registered for six of the twenty workers instead of four.
    assert changes == {
        (month, 1, 2): {"correction": pytest.approx(100 * 6 / 20 - 100 * 4 / 20)} for month in (MAY, JUNE)
    }


def test_other_measures_tell_numerator_and_denominator_apart_and_the_parts_add_up(home):
    found = through(home, "gap_to_estimate")
    assert moved(found) == {
        (MAY, 1, 2): {"numerator": 40 - 44},
        (JUNE, 1, 2): {"appeared": None},
        (MAY, 2, 3): {"denominator": 80 - 100},
        (JUNE, 2, 3): {"denominator": 80 - 100},
    }
    for change in found.changes:
        told = [reason.amount for reason in change.reasons if reason.amount is not None]
        assert not told or sum(told) == pytest.approx(change.now.value - change.then.value)


def test_what_no_edition_changed_is_no_revision(home):
    assert through(home, "project_registration").changes == ()


def test_only_so_many_editions_are_looked_at_the_newest_ones(home):
    assert [edition.number for edition in through(home, "active_members", most=2).editions] == [2, 3]


def test_months_after_the_one_asked_for_are_left_out(home):
    assert through(home, "active_members", month=MAY).months == (MAY,)


def test_a_grant_sees_its_own_place_in_every_edition_and_no_other(home):
    within = Grant(frozenset({PALEMBANG}), None)
    assert values(through(home, "population_coverage", grant=within), MAY) == [40.0, 44.0, 55.0]
    with pytest.raises(OutsideScope):
        through(home, "population_coverage", "16", grant=within)


def test_a_group_put_together_otherwise_is_not_compared(home, tmp_path):
    found = through(home, "placement_coverage", "branch:kota")
    assert {edition.why for edition in found.editions} == {None}
    newest = published_edition(home, EVERYTHING)
    asked = replace(found.asked, scope=Scope("branch:kota"))
    other = Home(tmp_path / "home")
    world = empty_world(JUNE, branches={"branch:kota": [PALEMBANG]})
    deliver(world, "proyek", {**SPAN, "kode_proyek": "P", "tenaga_kerja": 10})
    grown(world, other)
    both = revisions([published_edition(other, EVERYTHING), newest], asked, most_months=EVERY)
    assert [edition.why for edition in both.editions] == ["other_members", None]


@pytest.mark.parametrize(("measure", "why"), [("project_registration", "edition_older"), ("active_members", None)])
def test_an_edition_of_the_first_schema_tells_as_far_as_it_can(home, tmp_path, measure, why):
    old = Home(tmp_path / "old")
    old.editions_dir.mkdir(parents=True)
    packed = (FIXTURES / "edition-schema-1.duckdb.gz").read_bytes()
    (old.editions_dir / "000001.duckdb").write_bytes(gzip.decompress(packed))
    newest = published_edition(home, EVERYTHING)
    asked = Asked(measure, JUNE, Scope("16"))
    found = revisions([open_edition(old, 1), newest], asked, most_months=EVERY)
    assert found.editions[0].schema_version == 1
    assert found.editions[0].why == why


def test_demonstration_and_real_data_never_stand_beside_each_other(home, tmp_path):
    copy = Home(tmp_path / "home")
    shutil.copytree(home.root, copy.root)
    with duckdb.connect(str(copy.editions_dir / "000002.duckdb")) as edition:
        edition.execute("update meta set value = '1' where key = 'demo'")
    newest = published_edition(copy, EVERYTHING)
    assert [edition.number for edition in earlier_editions(newest, copy, EVERY)] == [1, 3]
    assert [edition.number for edition in earlier_editions(open_edition(copy, 2), copy, EVERY)] == [2]


def test_a_gap_is_no_share_even_where_both_are_fifty_and_may_be_that_of_nobody(tmp_path):
    home, lahat = Home(tmp_path / "home"), "16.04"
    world = empty_world(JUNE, denominator_sources=["BPS"])
    for place, workers, members in ((PALEMBANG, 100, 50), (lahat, 0, 0)):
        deliver(world, "penduduk_bekerja", {"wilayah": place, "per_tanggal": date(2024, 1, 31), "pekerja": workers})
        deliver(world, "rekap", {"wilayah": place, "bulan": MAY, "peserta_aktif": members})
    grown(world, home)
    deliver(world, "rekap", {"wilayah": PALEMBANG, "bulan": MAY, "peserta_aktif": 60}, as_of=JUNE)
    estimate = {"wilayah": lahat, "per_tanggal": date(2024, 1, 31), "pekerja": 80}
    deliver(world, "penduduk_bekerja", estimate, as_of=JUNE)
    grown(world, home)
    assert moved(through(home, "gap_to_estimate")) == {(MAY, 1, 2): {"numerator": (100 - 60) - (100 - 50)}}
    assert moved(through(home, "gap_to_estimate", lahat)) == {(MAY, 1, 2): {"denominator": 80 - 0}}
