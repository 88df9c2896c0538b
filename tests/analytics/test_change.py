"""The waterfall between two months: every bar has a reason, and together they add up."""

from datetime import date

import pytest

from analytics import change, compute
from analytics.compute import Scope
from data.editions import current_edition, publish
from data.home import Home
from tests.worlds import deliver, empty_world, load_world

JANUARY, FEBRUARY, MARCH, APRIL = date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30)
JUNE = date(2024, 6, 30)
PERSONS, REPORTS, GAP, SWITCHED, NO_ESTIMATE, NEW_ESTIMATE = "16.71", "16.02", "16.03", "16.04", "16.05", "16.06"


def cover(person: int, project: str, first: date, last: date) -> dict:
    """A paid membership of one person on one project."""
    return {"person_id": person, "kode_proyek": project, "mulai": first, "selesai": last, "tgl_bayar": first}


def project(code: str, place: str, **columns) -> dict:
    days = {"mulai": date(2024, 1, 1), "selesai": date(2024, 12, 31)}
    return {"kode_proyek": code, "wilayah": place, "tenaga_kerja": 20, **days, **columns}


def estimate(place: str, workers: int, day: date = date(2023, 8, 31)) -> dict:
    return {"wilayah": place, "per_tanggal": day, "pekerja": workers}


def report(place: str, month: date, members: int, source: str = "Kanwil") -> dict:
    return {"wilayah": place, "bulan": month, "peserta_aktif": members, "sumber": source}


def small_world() -> dict:
    """Six kabupaten, one for each way in which two months can be compared."""
    world = empty_world(date(2024, 6, 30))
    deliver(
        world,
        "proyek",
        *(project(f"P-{place}", place) for place in (PERSONS, GAP, SWITCHED, NEW_ESTIMATE)),
        project("Q", PERSONS, pemilik="Dinas Perkim", mulai=date(2024, 3, 1)),
        complete_for="16",
        period=(date(2024, 1, 1), date(2024, 12, 31)),
    )
    add_persons(world)
    add_reports(world)
    deliver(
        world,
        "penduduk_bekerja",
        *(estimate(place, 100) for place in (PERSONS, REPORTS, GAP, SWITCHED, NEW_ESTIMATE)),
        estimate(NEW_ESTIMATE, 80, date(2024, 3, 15)),
    )
    return world


def add_persons(world: dict) -> None:
    """Palembang: 1 stays, 2 and 3 leave, 4, 5 and 6 join, 7 comes and goes between; 10 unnamed become 7."""
    first, end = date(2024, 1, 1), date(2024, 12, 31)
    deliver(
        world,
        "kepesertaan",
        cover(1, f"P-{PERSONS}", first, end),
        cover(2, f"P-{PERSONS}", first, date(2024, 2, 10)),
        cover(3, f"P-{PERSONS}", first, date(2024, 4, 10)),
        *(cover(person, f"P-{PERSONS}", date(2024, 3, 5), end) for person in (4, 5, 6)),
        cover(7, f"P-{PERSONS}", date(2024, 2, 5), date(2024, 5, 10)),
        complete_for=PERSONS,
        period=(first, end),
    )
    deliver(
        world,
        "pendaftaran",
        {"kode_proyek": f"P-{PERSONS}", "tgl_daftar": first, "tgl_bayar": first, "tenaga_kerja": 13},
        complete_for=PERSONS,
        period=(first, end),
    )
    for place, begin, last in ((GAP, 1, 2), (SWITCHED, 2, 6), (NEW_ESTIMATE, 1, 6)):
        complete(world, place, begin, last, *(cover(person, f"P-{place}", first, end) for person in (10, 11)))
    stayed = [cover(person, f"P-{GAP}", first, end) for person in (10, 11)]
    complete(world, GAP, 4, 4, *stayed, cover(12, f"P-{GAP}", date(2024, 4, 5), end), as_of=date(2024, 5, 1))


def complete(world: dict, place: str, begin: int, last: int, *rows: dict, as_of: date = date(2024, 1, 1)) -> None:
    """Memberships complete for a place from one month of 2024 to another."""
    period = (date(2024, begin, 1), compute.month_end(date(2024, last, 1)))
    deliver(world, "kepesertaan", *rows, as_of=as_of, complete_for=place, period=period)


def add_reports(world: dict) -> None:
    deliver(
        world,
        "rekap",
        report(REPORTS, JANUARY, 40),
        report(REPORTS, FEBRUARY, 46),
        report(REPORTS, MARCH, 30, source="Dinas Tenaga Kerja"),
        report(SWITCHED, JANUARY, 25),
        report(NO_ESTIMATE, JANUARY, 5),
        report(NO_ESTIMATE, FEBRUARY, 6),
    )


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    world = small_world()
    home = Home(tmp_path_factory.mktemp("perubahan") / "home")
    load_world(home, world)
    publish(home, world["as_of"])
    return current_edition(home)


def moves(bars: list[change.Step]) -> list[tuple[str, int | None]]:
    """The bars between start and end, with their persons."""
    assert (bars[0].kind, bars[-1].kind) == ("start", "end")
    return [(bar.kind, bar.persons) for bar in bars[1:-1]]


def assert_adds_up(bars: list[change.Step]) -> None:
    """Each bar begins where the one before ended, and the last one reaches the value of the month: exactly."""
    start, *between, end = bars
    assert (start.from_pct, end.from_pct) == (0.0, 0.0)
    for before, after in zip([start, *between], between, strict=False):
        assert after.from_pct == before.to_pct
    assert (between[-1] if between else start).to_pct == end.to_pct


def test_between_counted_months_joined_ended_and_unnamed_are_told_apart(edition):
    bars = change.steps(edition, Scope(PERSONS), JUNE, JANUARY)
    joined, ended = 3 + 1, 2 + 1  # person 7 joined and ended in between
    named_before, named_after = 3, 4
    assert moves(bars) == [
        ("joined", joined),
        ("ended", -ended),
        ("unnamed", (13 - named_after) - (13 - named_before)),
    ]
    assert_adds_up(bars)


def test_a_bar_says_points_of_the_denominator_compared_with(edition):
    bars = change.steps(edition, Scope(PERSONS), JUNE, JANUARY)
    assert bars[1].points == pytest.approx(100 * 4 / 100)
    assert (bars[0].to_pct, bars[-1].to_pct) == (100 * 13 / 100, 100 * 13 / 100)


def test_between_reports_of_one_source_only_the_net_change_is_known(edition):
    bars = change.steps(edition, Scope(REPORTS), FEBRUARY, JANUARY)
    assert moves(bars) == [("net", 46 - 40)]
    assert_adds_up(bars)


def test_between_reports_of_two_sources_the_change_is_one_of_source(edition):
    bars = change.steps(edition, Scope(REPORTS), MARCH, FEBRUARY)
    assert moves(bars) == [("source", 30 - 46)]
    assert_adds_up(bars)


def test_from_a_report_to_counted_persons_the_change_is_one_of_source(edition):
    bars = change.steps(edition, Scope(SWITCHED), FEBRUARY, JANUARY)
    assert moves(bars) == [("source", 2 - 25)]
    assert_adds_up(bars)


def test_a_month_not_counted_in_between_leaves_the_net_change(edition):
    bars = change.steps(edition, Scope(GAP), APRIL, JANUARY)
    assert moves(bars) == [("net", 3 - 2), ("unnamed", 0)]
    assert_adds_up(bars)


def test_another_estimate_is_a_bar_of_its_own(edition):
    bars = change.steps(edition, Scope(NEW_ESTIMATE), APRIL, FEBRUARY)
    assert moves(bars) == [("joined", 0), ("ended", 0), ("unnamed", 0), ("denominator", None)]
    assert (bars[-2].from_pct, bars[-2].to_pct) == (100 * 2 / 100, 100 * 2 / 80)
    assert_adds_up(bars)


def test_with_an_owner_in_scope_placements_move_named_and_unnamed(edition):
    bars = change.steps(edition, Scope(PERSONS, owner="Dinas PUPR"), JUNE, JANUARY)
    assert [kind for kind, _ in moves(bars)] == ["named", "unnamed"]
    assert_adds_up(bars)


def test_without_an_estimate_the_bars_are_persons_and_add_up(edition):
    bars = change.steps_in_persons(edition, Scope("branch:kota"), FEBRUARY, JANUARY)
    assert bars == []  # Palembang counts persons, OKI reports: a sum of both is not compared
    start, *between, end = change.steps_in_persons(edition, Scope(PERSONS), JUNE, JANUARY)
    assert [(bar.kind, bar.persons) for bar in between] == [
        ("joined", 3 + 1),
        ("ended", -(2 + 1)),
        ("unnamed", -1),
    ]  # 10 → 9
    assert (start.to_persons, end.to_persons) == (13, 13)
    reported = change.steps_in_persons(edition, Scope(NO_ESTIMATE), FEBRUARY, JANUARY)
    assert [(bar.kind, bar.persons) for bar in reported] == [("start", 5), ("net", 6 - 5), ("end", 6)]


def test_more_workers_on_the_projects_are_a_bar_of_their_own(edition):
    bars = change.steps(edition, Scope(PERSONS, fund="belum diisi"), JUNE, JANUARY)
    assert [kind for kind, _ in moves(bars)] == ["named", "unnamed", "more_workers"]
    assert (bars[-2].from_pct, bars[-2].to_pct) == (100 * 13 / 20, 100 * 13 / (20 + 20))
    assert_adds_up(bars)


def test_without_a_value_at_either_month_there_are_no_bars(edition):
    assert change.steps(edition, Scope(REPORTS), APRIL, JANUARY) == []


def test_months_outside_the_edition_are_not_replaced_by_its_first_or_last(edition):
    assert change.steps(edition, Scope(REPORTS), FEBRUARY, date(2023, 12, 31)) == []
    assert change.steps(edition, Scope(PERSONS), date(2024, 7, 31), JANUARY) == []


def test_without_a_denominator_there_are_no_bars(edition):
    assert change.steps(edition, Scope(NO_ESTIMATE), FEBRUARY, JANUARY) == []


def test_a_month_compared_with_itself_has_no_bars(edition):
    assert change.steps(edition, Scope(REPORTS), FEBRUARY, FEBRUARY) == []


def test_every_pair_of_months_of_every_place_adds_up(edition):
    months = compute.months(edition)
    drawn = 0
    for place in (PERSONS, REPORTS, GAP, SWITCHED, NO_ESTIMATE, NEW_ESTIMATE, "16", "branch:kota"):
        for compared in months:
            for month in [later for later in months if later > compared]:
                if bars := change.steps(edition, Scope(place), month, compared):
                    assert_adds_up(bars)
                    assert (bars[-1].persons or 0) == (bars[0].persons or 0) + sum(n or 0 for _, n in moves(bars))
                    drawn += 1
    assert drawn > 30
