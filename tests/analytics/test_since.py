"""Since the last meeting: the bars add up exactly, and each says the same as a second counting of the projects."""

import gzip
import os
import tempfile
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from analytics.change import PersonsStep, Step
from analytics.row import Scope
from analytics.since import Position, since
from data.access import EVERYTHING, Grant, OutsideScope
from data.editions import Edition, open_edition, publish
from data.home import Home
from tests import naive, naive_since
from tests.strategies import with_undone
from tests.test_rollup_properties import described
from tests.worlds import deliver, empty_world, load_world

APRIL, MAY, JUNE, JULY = date(2024, 4, 30), date(2024, 5, 31), date(2024, 6, 30), date(2024, 7, 31)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
# One kabupaten for each way in which a month can be told otherwise.
LATE, WRONG, BOTH, NO_ESTIMATE = "16.71", "16.02", "16.03", "16.04"
RESTATED, OTHER_SOURCE, WITHDRAWN, NEW = "16.05", "16.06", "16.07", "16.08"
PUPR = Scope("16.72", owner="Dinas PUPR")
FIXTURES = Path(__file__).parents[1] / "fixtures"


def member(person, code, first=YEAR[0], **columns):
    return {"person_id": person, "kode_proyek": code, "mulai": first, "selesai": YEAR[1], "tgl_bayar": first, **columns}


def project(code, place, first=YEAR[0], workers=10):
    days = {"mulai": first, "selesai": YEAR[1]}
    return {"kode_proyek": code, "wilayah": place, "tenaga_kerja": workers, **days}


def registration(code, workers, day=YEAR[0]):
    return {"kode_proyek": code, "tgl_daftar": day, "tgl_bayar": day, "tenaga_kerja": workers}


def members(world, place, *persons, as_of=YEAR[0]):
    """A delivery of everybody in the place; a later one replaces it. Returns its number."""
    rows = [member(person, f"P-{place}", *first) for person, *first in persons]
    return deliver(world, "kepesertaan", *rows, as_of=as_of, complete_for=place, period=YEAR)


def report(world, place, count, month=APRIL, source="Kanwil", as_of=YEAR[0]):
    row = {"wilayah": place, "bulan": month, "peserta_aktif": count, "sumber": source}
    return deliver(world, "rekap", row, as_of=as_of)


def estimate(world, place, workers=100, day=YEAR[0]):
    deliver(world, "penduduk_bekerja", {"wilayah": place, "per_tanggal": day, "pekerja": workers})


def two_worlds():
    """What was known when April was spoken of, and what is known in June; the second holds all of the first."""
    world = empty_world(MAY)
    for place in (LATE, WRONG, BOTH, NO_ESTIMATE):
        deliver(world, "proyek", project(f"P-{place}", place), complete_for=place, period=YEAR)
    members(world, LATE, [1], [2], [3], [4])
    members(world, WRONG, [11], [12], [13])
    members(world, BOTH, [21], [22], [23])
    members(world, NO_ESTIMATE, [31], [32], [33], [34, date(2024, 5, 5)])
    undone = {members(world, WRONG, [11], [12], [13], [14], as_of=APRIL)}
    undone.add(members(world, BOTH, [21], [22], [23], [24], as_of=APRIL))
    report(world, RESTATED, 40)
    report(world, OTHER_SOURCE, 25)
    undone.add(report(world, WITHDRAWN, 7))
    deliver(world, "angka_resmi", {"wilayah": "16", "per_tanggal": date(2024, 4, 9), "peserta": 100})
    for place in ("16", LATE, WRONG, BOTH, RESTATED, OTHER_SOURCE, WITHDRAWN, NEW):
        estimate(world, place)
    add_projects(world)
    meeting = world | {"batches": list(world["batches"]), "rows": {k: list(v) for k, v in world["rows"].items()}}
    add_news(world)
    add_news_of_projects(world)
    return meeting, with_undone(world, undone) | {"as_of": JUNE}


def add_news(world):
    members(world, LATE, [1], [2], [3], [4], [5, date(2024, 4, 10)], [6, date(2024, 5, 5)], as_of=MAY)
    members(world, BOTH, [21], [22], as_of=MAY)
    report(world, RESTATED, 35, as_of=MAY)
    report(world, RESTATED, 44, MAY, as_of=MAY)
    report(world, OTHER_SOURCE, 30, MAY, "Dinas", as_of=MAY)
    report(world, NEW, 9, as_of=MAY)
    report(world, NEW, 9, MAY, as_of=MAY)
    report(world, WITHDRAWN, 8, MAY, as_of=MAY)
    for day, count in ((APRIL, 130), (MAY, 150)):
        deliver(world, "angka_resmi", {"wilayah": "16", "per_tanggal": day, "peserta": count}, as_of=MAY)
    estimate(world, LATE, 120, date(2024, 5, 10))


def add_projects(world):
    deliver(world, "proyek", *(project(code, PUPR.place) for code in "ABCD"))
    rows = [registration("A", 6), registration("B", 4), registration("D", 2)]
    deliver(world, "pendaftaran", *rows, complete_for=PUPR.place, period=YEAR)


def add_news_of_projects(world):
    """A registers more in May; B stated 3, not 4; C's registration and project E come late; a person appears at D."""
    newer = [project("E", PUPR.place, date(2024, 4, 1), 8), project("F", PUPR.place, date(2024, 5, 1))]
    deliver(world, "proyek", *newer, as_of=MAY, complete_for=PUPR.place, period=(JULY, JULY))
    more = [registration("A", 6), registration("A", 4, date(2024, 5, 10)), registration("B", 3), registration("D", 2)]
    more += [registration("C", 5, date(2024, 4, 20)), registration("E", 8, date(2024, 4, 5))]
    deliver(world, "pendaftaran", *more, as_of=MAY, complete_for=PUPR.place, period=YEAR)
    seen = {"person_id": 91, "kode_proyek": "D", "mulai": date(2024, 4, 1)}
    deliver(world, "tenaga_kerja", seen, as_of=MAY, complete_for=PUPR.place, period=YEAR)
    own = member(91, None, segmen="PU", wilayah=PUPR.place, sektor="perdagangan")
    deliver(world, "kepesertaan", own, as_of=MAY, complete_for=PUPR.place, period=YEAR)


def published(folder, world):
    home = Home(folder)
    load_world(home, world)
    publish(home, world["as_of"])
    return home


@pytest.fixture(scope="module")
def homes(tmp_path_factory):
    return [published(tmp_path_factory.mktemp("edisi") / "home", world) for world in two_worlds()]


@pytest.fixture(scope="module")
def editions(homes):
    return [open_edition(home, 1) for home in homes]


def moved(editions, place, month_then=APRIL, month_now=MAY, vintage=None):
    scope = place if isinstance(place, Scope) else Scope(place)
    before, after = editions
    return since(Position(before, month_then), Position(after, month_now), scope, vintage)


def persons(found):
    return [(step.kind, step.persons) for step in found.steps]


def assert_adds_up(found):
    """Each bar begins where the one before it ended: exactly. The totals are the months' own."""
    start, *between, end = found.steps
    for before, after in pairwise([start, *between]):
        assert ends_at(before) == begins_at(after)
    assert ends_at([start, *between][-1]) == ends_at(end)
    assert (ends_at(start), ends_at(end)) == (found.then.value, found.now.value)
    assert start.persons + sum(step.persons or 0 for step in between) == end.persons


def begins_at(step):
    return step.from_persons if isinstance(step, PersonsStep) else step.from_pct


def ends_at(step):
    return step.to_persons if isinstance(step, PersonsStep) else step.to_pct


def test_real_movement_late_data_and_another_estimate_are_told_apart(editions):
    found = moved(editions, LATE)
    real, late = 6 - 5, 5 - 4
    assert persons(found) == [("start", 4), ("real", real), ("late", late), ("denominator", None), ("end", 6)]
    assert [ends_at(step) for step in found.steps] == [4.0, 5.0, 6.0, 100 * 6 / 120, 100 * 6 / 120]
    assert (found.reason, found.unsplit, found.unit) == (None, None, "percent")
    assert_adds_up(found)


def test_an_undone_delivery_is_a_correction(editions):
    assert persons(moved(editions, WRONG)) == [("start", 4), ("real", 0), ("correction", 3 - 4), ("end", 3)]


def test_what_arrived_and_what_was_undone_cannot_be_told_apart_without_persons(editions):
    found = moved(editions, BOTH)
    assert persons(found) == [("start", 4), ("real", 0), ("revised", 2 - 4), ("end", 2)]
    assert found.unsplit == "both_deliveries"


def test_a_report_of_the_same_position_that_says_otherwise_is_a_correction(editions):
    found = moved(editions, RESTATED)
    assert persons(found) == [("start", 40), ("real", 44 - 35), ("correction", 35 - 40), ("end", 44)]


def test_a_report_of_a_later_position_is_late_data(editions):
    found = moved(editions, "16")
    assert persons(found) == [("start", 100), ("real", 150 - 130), ("late", 130 - 100), ("end", 150)]


def test_what_another_reporter_counts_is_no_real_change(editions):
    found = moved(editions, OTHER_SOURCE)
    assert persons(found) == [("start", 25), ("source", 30 - 25), ("end", 30)]
    assert_adds_up(found)


def test_without_an_estimate_the_bars_are_persons(editions):
    found = moved(editions, NO_ESTIMATE)
    assert (found.unit, persons(found)) == ("persons", [("start", 3), ("real", 4 - 3), ("end", 4)])
    assert all(isinstance(step, PersonsStep) for step in found.steps)
    assert_adds_up(found)


def test_of_projects_each_is_judged_by_what_was_known_of_it(editions):
    found = moved(editions, PUPR)
    then, restated, now = 6 + 4 + 0 + 2, 6 + 3 + 5 + (2 + 1) + 8, (6 + 4) + 3 + 5 + (2 + 1) + 8
    late = 5 + 8 + 1  # C's registration, project E, the person at D
    assert restated - then == late + (3 - 4)
    assert persons(found) == [
        ("start", then),
        ("real", now - restated),
        ("late", late),
        ("correction", 3 - 4),
        ("revised_workers", None),
        ("more_workers", None),
        ("end", now),
    ]
    workers = (4 * 10, 4 * 10 + 8, 4 * 10 + 8 + 10)
    shares = [step.to_pct for step in found.steps if isinstance(step, Step)]
    assert (shares[0], shares[-3], shares[-1]) == (
        100 * then / workers[0],
        100 * now / workers[1],
        100 * now / workers[2],
    )
    assert_adds_up(found)


def test_within_one_edition_there_is_nothing_late_or_wrong(editions):
    _before, after = editions
    found = moved((after, after), PUPR)
    assert [step.kind for step in found.steps] == ["start", "real", "more_workers", "end"]
    assert_adds_up(found)


def test_the_same_month_in_a_later_edition_has_not_moved_really(editions):
    assert persons(moved(editions, LATE, APRIL, APRIL)) == [("start", 4), ("late", 5 - 4), ("end", 5)]


def test_what_cannot_be_compared_says_why(editions):
    before, after = editions
    assert moved(editions, NEW).reason == "no_value_then"
    assert moved(editions, WITHDRAWN).reason == "no_value_restated"
    assert moved(editions, RESTATED, APRIL, JUNE).reason == "no_value_now"
    assert moved((after, after), LATE, MAY, MAY).reason == "same_position"
    assert moved((before, after), LATE, MAY, APRIL).reason == "earlier_month"
    told = moved(editions, NEW)
    assert (told.steps, told.then.value, told.now.value) == ((), None, 9.0)


def test_an_estimate_or_place_that_the_other_edition_lacks_is_not_compared(editions, tmp_path):
    _before, after = editions
    world = empty_world(MAY, branches={"branch:kota": ["16.71"]})
    estimate(world, LATE)
    report(world, LATE, 4)
    other = open_edition(published(tmp_path / "home", world), 1)
    assert moved((other, after), LATE, vintage="BPS").reason is None
    assert moved((other, after), "branch:kota").reason == "other_members"
    assert moved((other, after), "branch:musi").reason == "other_place"
    world = empty_world(MAY)
    report(world, LATE, 4)
    without = open_edition(published(tmp_path / "other", world), 1)
    assert moved((without, after), LATE, vintage="BPS").reason == "other_denominator"


def test_deliveries_outside_a_grant_leave_the_cause_open(tmp_path):
    world = empty_world(MAY)
    deliver(world, "proyek", project("P", LATE), complete_for=LATE, period=YEAR)
    deliver(world, "kepesertaan", member(1, "P"), complete_for="16", period=YEAR)
    estimate(world, LATE)
    then = published(tmp_path / "then", world)
    deliver(world, "kepesertaan", member(2, "P"))  # declared for nobody: it may hold anybody's rows
    now = published(tmp_path / "now", world)

    def seen_by(grant):
        return moved([open_edition(home, 1, grant) for home in (then, now)], LATE)

    assert persons(seen_by(EVERYTHING)) == [("start", 1), ("real", 0), ("late", 1), ("end", 2)]
    limited = seen_by(Grant(frozenset({LATE}), None))
    assert persons(limited) == [("start", 1), ("real", 0), ("revised", 1), ("end", 2)]
    assert limited.unsplit == "hidden_deliveries"


def test_a_limited_reader_gets_the_same_bars_of_what_may_be_seen_and_no_others(homes, editions):
    limited = [open_edition(home, 1, Grant(frozenset({LATE, "16.72"}), None)) for home in homes]
    assert persons(moved(limited, LATE)) == persons(moved(editions, LATE))
    assert persons(moved(limited, PUPR)) == persons(moved(editions, PUPR))
    with pytest.raises(OutsideScope):
        moved(limited, "16")


def older(home, version) -> Edition:
    home.editions_dir.mkdir(parents=True)
    packed = (FIXTURES / f"edition-schema-{version}.duckdb.gz").read_bytes()
    (home.editions_dir / "000001.duckdb").write_bytes(gzip.decompress(packed))
    return open_edition(home, 1)


def test_of_an_older_edition_late_data_and_corrections_stay_together(tmp_path):
    world = empty_world(JULY)
    estimate(world, "16", 270_000, date(2023, 12, 31))
    deliver(world, "angka_resmi", {"wilayah": "16", "per_tanggal": date(2024, 7, 9), "peserta": 130_000})
    after = open_edition(published(tmp_path / "home", world), 1)
    before = older(Home(tmp_path / "older"), 3)
    found = moved((before, after), "16", JULY, JULY)
    assert persons(found)[:2] == [("start", 123_000), ("revised", 130_000 - 123_000)]
    assert found.unsplit == "other_schema"
    assert_adds_up(found)
    oldest = older(Home(tmp_path / "oldest"), 1)
    assert moved((oldest, after), Scope("16", sector="semua sektor"), JULY, JULY).reason == "edition_older"


SEASON = (date(2024, 1, 1), MAY)
DAYS = st.sampled_from([date(2023, 12, 20), date(2024, 1, 31), date(2024, 3, 10), date(2024, 5, 2)])
CODES, PERSONS = st.sampled_from(["P1", "P2", "P3"]), st.integers(1, 4)
WHERE, WHOSE = st.sampled_from(["16.71", "16.02"]), st.sampled_from(["Dinas PUPR", "BBPJN"])
NEWS = {
    "proyek": st.builds(
        lambda code, place, owner, workers: project(code, place, workers=workers) | {"pemilik": owner},
        CODES, WHERE, WHOSE, st.sampled_from([5, 9, None]),
    ),
    "pendaftaran": st.builds(
        lambda code, day, paid, workers: registration(code, workers, day) | {"tgl_bayar": paid},
        CODES, DAYS, st.one_of(DAYS, DAYS, st.none()), st.integers(1, 6),
    ),
    "tenaga_kerja": st.builds(
        lambda person, code, day: {"person_id": person, "kode_proyek": code, "mulai": day}, PERSONS, CODES, DAYS
    ),
    "kepesertaan": st.builds(member, PERSONS, CODES, DAYS),
}  # fmt: skip


@st.composite
def pairs_of_worlds(draw):
    """Everything declared complete long ago, so that it can be told; then news, and deliveries that are undone."""
    world = empty_world(MAY, denominator_sources=["BPS"])
    for place in ("00", "16", "16.71", "16.02"):
        estimate(world, place, 30, date(2023, 10, 1))
    deliver(world, "proyek", *(project(code, "16.71", workers=5) for code in ("P1", "P2")), as_of=date(2019, 1, 1))
    for kind, rows in list(NEWS.items())[1:]:
        deliver(world, kind, as_of=date(2018, 1, 1), complete_for="00", period=SEASON)
        for _ in range(2):
            deliver(world, kind, *draw(st.lists(rows, min_size=1, max_size=2)), as_of=date(2019, 1, 1))
    said = [batch["batch_id"] for batch in world["batches"] if batch["delivery"] == "tambahan"]
    undone = set(draw(st.lists(st.sampled_from(said[5:]), max_size=1)))
    known = len(world["batches"])
    for kind in draw(st.lists(st.sampled_from(sorted(NEWS)), max_size=3)):
        scope = draw(st.sampled_from([None, None, "16.71", "16.02"]))
        rows = draw(st.lists(NEWS[kind], min_size=1, max_size=3))
        deliver(world, kind, *rows, as_of=date(2024, 1, 5), complete_for=scope, period=scope and SEASON)
    later = {batch["batch_id"] for batch in world["batches"]} - set(range(known + 1))
    return with_undone(world, later), with_undone(world, undone)


@settings(
    max_examples=4 * int(os.environ.get("CAKUPAN_EXAMPLES", "1")),
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(pairs_of_worlds(), st.data())
def test_bars_add_up_exactly_and_say_what_the_twin_counts(pair, data):
    then, now = pair
    months = [month for month in naive.months(now) if month in naive.months(then)]
    assume(months)
    first, last = sorted(data.draw(st.tuples(st.sampled_from(months), st.sampled_from(months))))
    note(f"{first} {last}\n{described(then)}\n{described(now)}")
    with tempfile.TemporaryDirectory() as folder:
        editions = [
            open_edition(published(Path(folder) / name, world), 1) for name, world in (("then", then), ("now", now))
        ]
        for place in ("16", "16.71", "branch:musi"):
            for owner, fund in ((None, None), ("Dinas PUPR", None), (None, naive.UNKNOWN)):
                found = moved(editions, Scope(place, owner, fund), first, last)
                if found.steps:
                    assert_adds_up(found)
                    assert_as_the_twin(found, then, now, first, (place, owner, fund))


def assert_as_the_twin(found, then, now, month, scope):
    told = {step.kind: step.persons for step in found.steps if step.kind in ("late", "correction", "revised")}
    if found.indicator == "placement_coverage":
        assert told == naive_since.revision(then, now, month, *scope), scope
    elif found.then.origin == found.restated.origin == "persons":
        counted = [naive.MonthEnd(naive.settled(world), month).population(scope[0]) for world in (then, now)]
        revised = counted[1]["numerator"] - counted[0]["numerator"]
        kind = naive_since.kind_of_deliveries(then, now, scope[0], ("kepesertaan", "pendaftaran", "proyek"))
        assert told == ({kind: revised} if revised else {}), scope
