"""Targets, their history, course, pace, projection and closing list on paper; the naive twin must say the same."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from analytics.attainment import BELOW_COURSE, ON_COURSE, target_rows
from analytics.closing import closing_list
from analytics.compute import Scope
from analytics.ends import known_ends
from analytics.pace import pace
from analytics.projection import KNOWN_ENDS, SEASONAL, Projection, TooFew, projection
from data.access import Grant, OutsideScope
from data.editions import current_edition, open_edition, publish
from data.home import Home
from data.ledger import open_ledger
from tests import naive_targets
from tests.naive import month_end
from tests.worlds import deliver, empty_world, load_world

JUNE, LAST_DECEMBER, DECEMBER = date(2024, 6, 30), date(2023, 12, 31), date(2024, 12, 31)
SUMSEL, PALEMBANG, GROUP = Scope("16"), Scope("16.71"), Scope("group:satu")
MEMBERS = {2021: (60, 30), 2022: (80, 40), 2023: (100, 60)}  # in June and December
NOW = 170  # in June 2024
UCJ = {"segmen": "semua segmen", "penerbit": "Kemendagri"}


def published(home, world, as_of=None):
    publish(home, as_of=as_of or world["as_of"])
    edition = current_edition(home)
    assert edition is not None
    return edition


def reports():
    """Four years of reports for the province; the estimate of its workers doubles in March 2023."""
    world = empty_world(JUNE)
    for year, (june, december) in MEMBERS.items():
        deliver(world, "rekap", report(year, 6, june), report(year, 12, december))
    deliver(world, "rekap", report(2024, 6, NOW))
    deliver(world, "penduduk_bekerja", estimate(date(2021, 1, 1), 1000), estimate(date(2023, 3, 1), 2000))
    version = {"tahun": 2024, "nilai": Decimal(5), "dokumen": "SK 1"}
    for day in (date(2024, 1, 10), date(2024, 2, 1)):
        deliver(world, "target", version, {"tahun": 2024, "nilai": Decimal(40), **UCJ}, as_of=day)
    deliver(world, "target", version | {"nilai": Decimal("4.5"), "dokumen": "SK 2"}, as_of=date(2024, 5, 1))
    deliver(world, "target", version | {"nilai": Decimal(4), "dokumen": "Rancangan"}, as_of=date(2023, 12, 1))
    deliver(world, "target", {"tahun": 2024, "nilai": Decimal(10), "penerbit": "Dinas"})
    deliver(world, "target", {"tahun": 2023, "nilai": Decimal(4)}, {"tahun": 2023, "nilai": 10, "penerbit": "Dinas"})
    return world


def report(year, month, members):
    return {"wilayah": "16", "bulan": month_end(date(year, month, 1)), "peserta_aktif": members}


def estimate(day, workers, place="16"):
    return {"wilayah": place, "per_tanggal": day, "pekerja": workers}


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    world, home = reports(), Home(tmp_path_factory.mktemp("reported") / "home")
    load_world(home, world)
    return published(home, world), world


def of_issuer(rows, issuer):
    [row] = [row for row in rows if row.target.issuer == issuer and not row.is_superseded]
    return row


def test_the_version_of_the_latest_position_is_in_force_and_the_others_are_its_history(reported):
    edition, world = reported
    versions = [row for row in target_rows(edition, JUNE, SUMSEL) if row.target.issuer == "Kanwil"]
    told = [(row.target.document, row.target.target, row.target.data_as_of, row.is_superseded) for row in versions]
    assert told == [
        ("SK 2", Decimal("4.5"), date(2024, 5, 1), False),
        ("SK 1", 5, date(2024, 1, 10), True),  # repeated in February, which changed nothing
        ("Rancangan", 4, date(2023, 12, 1), True),  # came last and is older
    ]
    assert [row.superseded_by and row.superseded_by.document for row in versions] == [None, "SK 2", "SK 1"]
    assert [(row.pct, row.course, row.gap) for row in versions[1:]] == [(None, None, None)] * 2
    [twin] = [found for key, found in naive_targets.versions(world, "16", 2024).items() if key[-1] == "Kanwil"]
    assert [row["dokumen"] for row in twin] == ["SK 2", "SK 1", "Rancangan"]


def test_a_target_of_all_workers_stands_beside_no_measure_of_construction(reported):
    row = of_issuer(target_rows(reported[0], JUNE, SUMSEL), "Kemendagri")
    assert (row.obstacle, row.value, row.pct, row.course, row.gap) == ("segment", None, None, None, None)
    assert row.as_json()["obstacle"] == "segment"


def test_attainment_gap_and_the_same_month_last_year(reported):
    edition, world = reported
    row = of_issuer(target_rows(edition, JUNE, SUMSEL), "Dinas")
    assert row.last_year is not None
    assert (row.value, row.pct, row.last_year.value) == (100 * NOW / 2000, 100 * Decimal("8.5") / 10, 5)
    assert (row.gap, row.gap_unit) == (Decimal("0.10") * 2000 - NOW, "persons")
    assert row.gap_at(4) == (Decimal("0.10") - Decimal("0.04")) * 2000
    twin = naive_targets.attainment(world, JUNE, "16", naive_targets.in_force(world, "16", 2024)["Dinas"])
    assert (twin["pct"], twin["gap"]) == (85, 200 - NOW)


def test_before_the_target_date_the_course_is_the_share_reached_in_the_same_month_of_three_years(reported):
    edition, world = reported
    reached = Fraction(60, 30) + Fraction(80, 40) + Fraction(100, 60)  # members: estimates are held constant
    rows = target_rows(edition, JUNE, SUMSEL)
    for issuer, goal, course in (("Kanwil", Fraction(9, 2), ON_COURSE), ("Dinas", Fraction(10), BELOW_COURSE)):
        row = of_issuer(rows, issuer)
        assert row.path is not None
        assert (row.path.method, row.path.years) == ("seasonal", (2021, 2022, 2023))
        assert float(row.path.expected) == pytest.approx(goal * reached / 3)
        assert (row.course, row.rating) == (course, None)
        twin = naive_targets.attainment(world, JUNE, "16", naive_targets.in_force(world, "16", 2024)[issuer])
        assert twin["expected"] == goal * reached / 3
    # Exactly on the line is on course.
    assert Fraction(9, 2) * reached / 3 == Fraction(100 * NOW, 2000)


def test_with_two_years_before_the_course_is_a_straight_line_from_last_years_end(reported):
    edition, world = reported
    june = date(2023, 6, 30)
    rows = target_rows(edition, june, SUMSEL)
    line, level = of_issuer(rows, "Dinas"), of_issuer(rows, "Kanwil")
    begin = Fraction(100 * 40, 2000)  # the members of December 2022 in the estimate of June 2023
    assert line.path is not None and level.path is not None
    assert (line.path.method, line.path.years) == ("linear", ())
    assert float(line.path.expected) == pytest.approx(begin + (10 - begin) * Fraction(181, 365))
    assert float(level.path.expected) == pytest.approx(begin + (4 - begin) * Fraction(181, 365))
    assert (level.value, level.course, line.course) == (100 * 100 / 2000, ON_COURSE, BELOW_COURSE)
    twin = naive_targets.attainment(world, june, "16", naive_targets.in_force(world, "16", 2023)["Dinas"])
    assert twin["expected"] == begin + (10 - begin) * Fraction(181, 365)


def test_at_the_target_date_a_word_takes_the_place_of_the_course(reported):
    rows = target_rows(reported[0], LAST_DECEMBER, SUMSEL)
    reached = Decimal(100 * 60) / 2000
    told = {row.target.issuer: (row.pct, row.rating and row.rating.id, row.course) for row in rows}
    # 75 % exactly is not above 75 %.
    assert told == {"Kanwil": (100 * reached / 4, "Cukup", None), "Dinas": (100 * reached / 10, "Sangat Kurang", None)}
    assert target_rows(reported[0], LAST_DECEMBER, SUMSEL)[0].as_json()["rating"] in ("Cukup", "Sangat Kurang")


def test_the_pace_needed_stands_beside_the_same_weeks_of_earlier_years(reported):
    found = pace(reported[0], JUNE, SUMSEL)
    weeks = Fraction(184, 7)
    assert (found.seen_on, found.deadline, float(found.weeks_left)) == (JUNE, DECEMBER, pytest.approx(weeks))
    assert naive_targets.weeks(JUNE, DECEMBER) == weeks
    by_issuer = {row.target.issuer: row for row in found.rows}
    dinas = by_issuer["Dinas"]
    assert (dinas.remaining, dinas.unit) == (200 - NOW, "persons")
    assert dinas.needed_per_week == pytest.approx(Decimal((200 - NOW) * 7) / 184)
    assert found.needed_per_week_workers == dinas.needed_per_week
    earlier = {past.year: float(past.per_week) for past in dinas.same_period_earlier}
    assert earlier == pytest.approx({2021: (30 - 60) / weeks, 2022: (40 - 80) / weeks, 2023: (60 - 100) / weeks})
    assert dinas.this_year_per_week == pytest.approx(Decimal((NOW - 60) * 7) / 182)
    assert (by_issuer["Kanwil"].reason, by_issuer["Kanwil"].needed_per_week) == ("reached", None)


def test_at_the_target_date_no_week_is_left(reported):
    found = pace(reported[0], LAST_DECEMBER, SUMSEL)
    assert (found.weeks_left, {row.reason for row in found.rows}) == (0, {"deadline_over"})


def test_the_projection_is_the_mean_season_and_its_band_the_largest_error_of_earlier_years(reported):
    edition, world = reported
    found = projection(edition, JUNE, SUMSEL)
    assert isinstance(found, Projection)
    assert (found.method, found.seasons, found.is_demonstration) == (SEASONAL, (2021, 2022, 2023), False)
    [point] = found.points  # no month between has figures
    value = NOW * (30 / 60 + 40 / 80 + 60 / 100) / 3
    assert (point.month, point.known) == (DECEMBER, None)
    assert point.value == pytest.approx(100 * value / 2000)
    # 2022: 80 × 30/60 = 40, and 40 came. 2023: 100 × (30/60 + 40/80) / 2 = 50, and 60 came.
    told = [(test.year, test.projected, test.actual, test.error_pct, test.is_within) for test in found.backtest.tests]
    assert told == [
        (2022, 100 * 40 / 2000, 100 * 40 / 2000, 0, None),
        (2023, 100 * 50 / 2000, 100 * 60 / 2000, 100 * (60 - 50) / 50, False),
    ]
    test = found.backtest
    assert (test.n, test.mean_error_pct, test.mean_absolute_error_pct, test.within, test.judged) == (2, 10, 10, 0, 1)
    assert (point.low, point.high) == pytest.approx((100 * value * 0.8 / 2000, 100 * value * 1.2 / 2000))
    assert "2 dari 3" in found.band.id
    past = {year: (*pair, 0) for year, pair in naive_targets.seasons(world, JUNE, DECEMBER, "16").items()}
    twin = naive_targets.projected(past, NOW)
    assert [float(100 * amount / 2000) for amount in twin[:3]] == pytest.approx([point.value, point.low, point.high])


def test_fewer_than_three_seasons_are_not_projected(reported):
    found = projection(reported[0], date(2023, 6, 30), SUMSEL)
    assert found == TooFew("population_coverage", "too_few_seasons", (2021, 2022))


def test_a_year_that_is_over_or_a_month_without_a_figure_is_not_projected(reported):
    edition, _world = reported
    told = [projection(edition, month, SUMSEL) for month in (LAST_DECEMBER, date(2023, 9, 30))]
    assert [found.reason for found in told if isinstance(found, TooFew)] == ["year_over", "no_value"]


def test_a_year_in_which_the_source_changed_is_no_season(home):
    world = reports()
    for row in world["rows"]["rekap"]:
        if row["bulan"] == date(2022, 12, 31):
            row["sumber"] = "Dinas"
    load_world(home, world)
    edition = published(home, world)
    assert projection(edition, JUNE, SUMSEL) == TooFew("population_coverage", "too_few_seasons", (2021, 2023))
    assert list(naive_targets.seasons(world, JUNE, DECEMBER, "16")) == [2021, 2023]


# Work of the city in four years: A ends in September, B lasts the year, C comes in October.
WORKERS = {2021: (6, 4, 3), 2022: (6, 4, 3), 2023: (6, 4, 25), 2024: (6, 14, 0)}


def works():
    world = empty_world(JUNE)
    for place in ("16.71", "16.07"):
        for kind in ("pendaftaran", "kepesertaan", "tenaga_kerja"):
            deliver(world, kind, complete_for=place, period=(date(2021, 1, 1), DECEMBER))
    for year, (first, whole, last) in WORKERS.items():
        project(world, f"A{year}", first, (date(year, 1, 1), date(year, 9, 30)), registered=first)
        project(world, f"B{year}", whole, (date(year, 1, 1), date(year, 12, 31)), registered=whole)
        if last:
            project(world, f"C{year}", last, (date(year, 10, 1), date(year, 12, 31)), registered=last)
    year, spk = (date(2024, 1, 1), DECEMBER), {"wilayah": "16.07", "tgl_spk": date(2024, 6, 3)}
    value = {"nilai_kontrak": Decimal(111_000_000), "termasuk_ppn": True}
    project(world, "U1", 10, year, **spk, **value, penyedia="PT Contoh", pemilik="BBPJN", sumber_dana="APBN")
    project(world, "U2", 7, year, wilayah="16.07", registered=3)
    project(world, "U3", None, year, wilayah="16.07")
    project(world, "U4", 5, (date(2024, 1, 1), date(2024, 7, 5)), wilayah="16.07")
    project(world, "U5", 8, year, wilayah="16.07", registered=8)
    project(world, "N1", 9, year, wilayah="16.02")
    deliver(world, "rekap", report(2024, 6, 40))
    deliver(world, "penduduk_bekerja", estimate(date(2021, 1, 1), 100), estimate(date(2021, 1, 1), 100, "16.71"))
    year_to_date = {"tahun": 2024, "unit": "kelompok SATU", "jenis_hitungan": "kumulatif tahun berjalan"}
    deliver(
        world,
        "target",
        {"tahun": 2024, "nilai": Decimal(60)},
        {"tahun": 2024, "unit": "Kelompok satu", "nilai": Decimal(90), "indikator": "placement_coverage"},
        year_to_date | {"nilai": Decimal(6), "indikator": "projects_registered_ytd", "satuan": "proyek"},
        year_to_date | {"nilai": Decimal(40), "indikator": "workers_registered_ytd", "satuan": "orang"},
        year_to_date | {"nilai": Decimal(5000), "indikator": "contributions_paid_rp", "satuan": "rupiah"},
    )
    return world


def project(world, code, workers, span, registered=None, **columns):
    row = {"kode_proyek": code, "tenaga_kerja": workers, "mulai": span[0], "selesai": span[1]}
    deliver(world, "proyek", row | columns)
    if registered:
        paid = {
            "tgl_daftar": span[0],
            "tgl_bayar": span[0],
            "tenaga_kerja": registered,
            "iuran_dibayar": 100 * registered,
        }
        deliver(world, "pendaftaran", {"kode_proyek": code, **paid})


@pytest.fixture(scope="module")
def working(tmp_path_factory):
    """Also of July, when the position lies within a month; B2021 was prolonged by an addendum of August 2021."""
    world, home = works(), Home(tmp_path_factory.mktemp("working") / "home")
    load_world(home, world)
    batch = next(row["batch_id"] for row in world["rows"]["proyek"] if row["kode_proyek"] == "B2021")
    with open_ledger(home) as ledger:
        ledger.execute(
            "insert into nilai_lama (batch_id, row_number, data_as_of, kode_proyek, versi, tgl, selesai)"
            " values (?, ?, ?, ?, ?, ?, ?)",
            [batch, 3, date(2020, 1, 1), "B2021", 0, date(2021, 8, 1), date(2021, 9, 30)],
        )
    june = published(home, world)
    return june, published(home, world, as_of=date(2024, 7, 10)), world


def beside(rows, indicator):
    [row] = [row for row in rows if row.target.indicator == indicator]
    return row


def test_known_ends_are_those_that_were_known_on_the_day(working):
    edition, _later, world = working
    ends = known_ends(edition, JUNE, PALEMBANG)
    assert ends and ends.covered_by_day == ((date(2024, 9, 30), 6), (DECEMBER, 14))
    assert (ends.covered, ends.left_on(DECEMBER), ends.left_on(date(2024, 9, 30))) == (20, Fraction(14, 20), 1)
    # 30 September is the 92nd day after 30 June.
    assert (ends.ending_within(), ends.ending_within(91), ends.ending_within(92)) == (0, 0, 6)
    assert naive_targets.left_on(world, JUNE, DECEMBER, "16.71") == Fraction(14, 20)
    before_addendum = known_ends(edition, date(2021, 6, 30), PALEMBANG)
    assert before_addendum and before_addendum.covered_by_day == ((date(2021, 9, 30), 10),)
    after_addendum = known_ends(edition, date(2021, 8, 31), PALEMBANG)
    assert after_addendum and after_addendum.covered_by_day == ((date(2021, 9, 30), 6), (date(2021, 12, 31), 4))


def test_what_is_known_to_end_is_projected_apart_from_what_comes(working):
    found = projection(working[0], JUNE, PALEMBANG)
    assert isinstance(found, Projection)
    # Members in December of those in June, less the share that was then known to stay: nothing of 2021's.
    came = {2021: 7 / 10 - 0, 2022: 7 / 10 - 4 / 10, 2023: 29 / 10 - 4 / 10}
    value = 20 * (14 / 20 + sum(came.values()) / 3)
    last = found.points[-1]
    assert (found.method, last.month, last.known) == (KNOWN_ENDS, DECEMBER, 14)
    assert last.value == pytest.approx(value)
    # 2022: 10 × (0.4 + 0.7) = 11, and 7 came. 2023: 10 × (0.4 + (0.7 + 0.3) / 2) = 9, and 29 came.
    errors = {test.year: test.error_pct for test in found.backtest.tests}
    assert errors == pytest.approx({2022: 100 * (7 - 11) / 11, 2023: 100 * (29 - 9) / 9})
    assert (last.low, last.high) == pytest.approx((0, value * (1 + 20 / 9)))  # nobody is the least there can be
    assert [point.month.month for point in found.points] == [7, 8, 9, 10, 11, 12]
    assert [point.known for point in found.points] == [20, 20, 20, 14, 14, 14]
    past = {2021: (Fraction(10), Fraction(7), 0)}
    past |= {year: (Fraction(10), Fraction(later), Fraction(4, 10)) for year, later in ((2022, 7), (2023, 29))}
    twin = naive_targets.projected(past, Fraction(20), Fraction(14, 20))
    assert [float(amount) for amount in twin[:3]] == pytest.approx([last.value, last.low, last.high])


def test_a_sum_of_the_year_is_never_projected_below_what_is_reached(working):
    found = projection(working[0], JUNE, PALEMBANG, "contributions_paid_rp")
    assert isinstance(found, Projection)
    last = found.points[-1]
    # 2022: 1.000 × 1,3 came; 2023: 1.000 × 1,3 was projected and 3.500 came.
    assert last.value == round(Decimal(100 * 20) * (13 + 13 + 35) / 30)
    assert [test.error_pct for test in found.backtest.tests] == [0, pytest.approx(100 * (3500 - 1300) / 1300)]
    assert (found.method, last.known, last.low) == (SEASONAL, None, 100 * 20)


def test_a_gap_of_workers_is_closed_by_the_fewest_projects_largest_first(working):
    edition, _later, world = working
    row = beside(target_rows(edition, JUNE, GROUP), "placement_coverage")
    workers, covered = 6 + 14 + 10 + 7 + 5 + 8, 6 + 14 + 3 + 8
    assert (row.value, row.gap, row.gap_unit) == (
        100 * covered / workers,
        Decimal("0.9") * workers - covered,
        "persons",
    )
    found = closing_list(edition, JUNE, GROUP, row)
    assert found is not None
    assert [(project.kode_proyek, project.closes, project.reached) for project in found.rows] == [
        ("U1", 10, 10),
        ("U4", 5, 10 + 5),
    ]
    assert (found.gap, found.closed, found.is_closed, found.candidates) == (14, 15, True, 3)
    assert [(project.kode_proyek, project.reason) for project in found.unknown] == [("U3", "unsized")]
    known, unknown = naive_targets.uncovered(world, JUNE, "group:satu")
    assert (known, unknown, naive_targets.fewest(known.values(), 14)) == ({"U1": 10, "U2": 4, "U4": 5}, {"U3"}, 2)


def test_a_closing_project_tells_whom_to_ask_and_how_long_is_left(working):
    edition, _later, _world = working
    row = beside(target_rows(edition, JUNE, GROUP), "placement_coverage")
    found = closing_list(edition, JUNE, GROUP, row)
    assert found is not None
    first, second = found.rows
    assert (first.owner, first.fund, first.penyedia, first.place_name) == (
        "BBPJN",
        "APBN",
        "PT Contoh",
        "Kabupaten Banyuasin",
    )
    # Deadline Monday 24 June, four working days before Sunday the 30th.
    assert (first.deadline, first.days_left, first.days_running) == (date(2024, 6, 24), -4, 184)
    assert (second.deadline, second.days_left, second.days_running) == (None, None, 5)
    # What ends in July does not hold the state of December.
    assert (first.runs_at_deadline, second.runs_at_deadline, found.closed_at_deadline) == (True, False, 10)


def test_what_is_not_known_is_listed_apart_and_never_counted(working):
    edition, _later, world = working
    found = closing_list(edition, JUNE, SUMSEL, beside(target_rows(edition, JUNE, SUMSEL), "population_coverage"))
    assert found is not None
    assert (found.gap, found.closed, found.is_closed) == (Decimal("0.6") * 100 - 40, 10 + 5 + 4, False)
    assert {project.kode_proyek: project.reason for project in found.unknown} == {"N1": "unknown", "U3": "unsized"}
    known, _unknown = naive_targets.uncovered(world, JUNE, "16")
    assert naive_targets.fewest(known.values(), 20) is None


def test_gaps_of_the_years_sums_are_closed_by_projects_without_registration(working):
    edition, _later, world = working
    rows = target_rows(edition, JUNE, GROUP)
    projects, workers, money = (
        beside(rows, code) for code in ("projects_registered_ytd", "workers_registered_ytd", "contributions_paid_rp")
    )
    assert (projects.gap, workers.gap, money.gap) == (6 - 4, 40 - (6 + 14 + 3 + 8), 5000 - 100 * (6 + 14 + 3 + 8))
    assert (projects.gap_unit, workers.gap_unit, money.gap_unit) == ("projects", "persons", "rupiah")
    by_project, by_workers = (closing_list(edition, JUNE, GROUP, row) for row in (projects, workers))
    assert by_project is not None and by_workers is not None
    assert [project.kode_proyek for project in by_project.rows] == ["U1", "U4"]
    assert (by_project.candidates, by_project.closed, by_project.unknown) == (3, 2, ())
    assert naive_targets.unregistered(world, JUNE, "group:satu")[0].keys() == {"U1", "U3", "U4"}
    assert [project.kode_proyek for project in by_workers.rows] == ["U1"]
    assert (by_workers.closed_at_deadline, [row.reason for row in by_workers.unknown]) == (10, ["unsized"])
    by_money = closing_list(edition, JUNE, GROUP, money)
    assert by_money is not None
    # Rp100.000.000 without VAT owes 0,24 %; a contract whose value is not stated owes nobody knows what.
    assert [(row.kode_proyek, row.closes) for row in by_money.rows] == [("U1", 100_000_000 * Decimal("0.0024"))]
    assert {row.kode_proyek: row.reason for row in by_money.unknown} == {"U3": "unpriced", "U4": "unpriced"}


def test_what_no_project_of_today_closes_has_no_list(working):
    edition, _later, _world = working
    row = beside(target_rows(edition, JUNE, GROUP), "placement_coverage")
    for measure in ("on_time_registration", None):
        assert closing_list(edition, JUNE, GROUP, replace(row, measure=measure)) is None
    assert closing_list(edition, JUNE, GROUP, replace(row, gap=None)) is None
    assert closing_list(edition, JUNE, replace(GROUP, sector="perdagangan"), row) is None


def test_a_target_that_is_reached_needs_no_project(working):
    edition, _later, _world = working
    row = beside(target_rows(edition, JUNE, GROUP), "placement_coverage")
    reached = closing_list(edition, JUNE, GROUP, replace(row, gap=Decimal(0)))
    assert reached is not None and (reached.rows, reached.is_closed, reached.candidates) == ((), True, 3)


def test_the_owner_and_the_fund_of_the_scope_narrow_the_list_and_not_the_target(working):
    edition, _later, _world = working
    scope = Scope("group:satu", owner="BBPJN", fund="APBN")
    row = beside(target_rows(edition, JUNE, scope), "placement_coverage")
    found = closing_list(edition, JUNE, scope, row)
    assert found is not None
    assert (found.gap, [project.kode_proyek for project in found.rows], found.is_closed) == (14, ["U1"], False)


def test_in_the_last_month_the_reader_stands_at_the_position(working):
    _june, edition, _world = working
    row = beside(target_rows(edition, JUNE, GROUP), "placement_coverage")
    found = closing_list(edition, JUNE, GROUP, row)
    assert found is not None
    # U4 is over on 5 July.
    assert [(project.kode_proyek, project.days_running) for project in found.rows] == [("U1", 174), ("U2", 174)]
    assert pace(edition, JUNE, GROUP).weeks_left == pytest.approx(Decimal(174) / 7)
    assert pace(edition, date(2024, 5, 31), GROUP).seen_on == date(2024, 5, 31)


def test_beyond_a_grant_nothing_is_told_and_a_grant_of_owners_knows_no_targets(working):
    edition, _later, _world = working
    city = open_edition(Home(edition.path.parent.parent), edition.number, Grant(frozenset({"16.71"}), None))
    for ask in (target_rows, pace, projection, known_ends_of):
        with pytest.raises(OutsideScope):
            ask(city, JUNE, SUMSEL)
    with pytest.raises(OutsideScope):
        closing_list(city, JUNE, SUMSEL, beside(target_rows(edition, JUNE, SUMSEL), "population_coverage"))
    owners = open_edition(Home(edition.path.parent.parent), edition.number, Grant(None, frozenset({"BBPJN"})))
    own = Scope("group:satu", owner="BBPJN")
    assert (target_rows(owners, JUNE, own), pace(owners, JUNE, own).rows) == ([], ())
    with pytest.raises(OutsideScope):
        target_rows(owners, JUNE, GROUP)


def known_ends_of(edition, month, scope):
    return known_ends(edition, month, scope)


def test_a_contribution_that_is_owed_closes_the_gap_whether_the_project_is_registered_or_not(home):
    world, year = empty_world(JUNE), (date(2024, 1, 1), DECEMBER)
    for kind in ("pendaftaran", "kepesertaan", "tenaga_kerja"):
        deliver(world, kind, complete_for="16.71", period=year)
    value = {"nilai_kontrak": Decimal(100_000_000), "termasuk_ppn": False}
    for code in ("paid", "unpaid", "unregistered"):
        project(world, code, 5, year, **value)
    project(world, "named", 0, year, **value | {"nilai_kontrak": Decimal(50_000_000)})
    paid = {"tgl_daftar": year[0], "tgl_bayar": year[0], "iuran_dibayar": 240_000, "tenaga_kerja": 5}
    deliver(world, "pendaftaran", {"kode_proyek": "paid", **paid})
    for code in ("unpaid", "named"):
        deliver(world, "pendaftaran", {"kode_proyek": code, "tgl_daftar": year[0], "tenaga_kerja": 5})
    target = {"jenis_hitungan": "kumulatif tahun berjalan", "indikator": "contributions_paid_rp", "satuan": "rupiah"}
    deliver(world, "target", {"unit": "16.71", "tahun": 2024, "nilai": Decimal(820_000)} | target)
    load_world(home, world)
    edition = published(home, world)
    found = closing_list(
        edition, JUNE, PALEMBANG, beside(target_rows(edition, JUNE, PALEMBANG), "contributions_paid_rp")
    )
    assert found is not None
    # 0,24 % of Rp100.000.000, of the two that are not paid; of Rp50.000.000 half as much.
    owed = [(row.kode_proyek, row.closes) for row in found.rows]
    assert owed == [("unpaid", 240_000), ("unregistered", 240_000), ("named", 120_000)]
    assert (found.gap, found.closed, found.is_closed) == (820_000 - 240_000, 600_000, True)
