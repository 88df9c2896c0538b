"""The recapitulation: every number as the indicators say it, and the true total beside what the rows add up to."""

import gzip
import os
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from analytics import compute
from analytics.recap import INDICATOR_OF, PERSONS_ONCE, SHARES, Difference, recap
from analytics.row import Scope
from data.access import Grant, OutsideScope
from data.editions import current_edition, open_edition, publish
from data.home import Home
from tests import naive, naive_recap
from tests.strategies import FUNDS, OWNERS, worlds
from tests.test_rollup_properties import described
from tests.worlds import deliver, empty_world, load_world

JUNE, SUMSEL = date(2024, 6, 30), Scope("16")
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
PUPR, PERKIM, PRIVATE, FORMER = "Dinas PUPR", "Dinas Perkim", "PT Contoh", "Dinas Lama"
CITY, STATE = "APBD kabupaten/kota", "APBN"
FIXTURES = Path(__file__).parents[1] / "fixtures"


def project(code, owner, place, fund, **columns):
    days = {"mulai": YEAR[0], "selesai": YEAR[1]}
    return {"kode_proyek": code, "pemilik": owner, "wilayah": place, "sumber_dana": fund, **days, **columns}


def registered(code, paid_rp, workers):
    day = date(2024, 1, 15)
    return {"kode_proyek": code, "tgl_daftar": day, "tgl_bayar": day, "iuran_dibayar": paid_rp, "tenaga_kerja": workers}


def small_world():
    """Palembang and OKI, a project placed in the province alone, and an owner of whom no registrations are known."""
    world = empty_world(JUNE)
    deliver(
        world,
        "proyek",
        project("A1", PUPR, "16.71", CITY, tenaga_kerja=10, nilai_kontrak=Decimal(100)),
        project("A2", PUPR, "16.02", STATE, tenaga_kerja=20, nilai_kontrak=Decimal("250.50")),
        project("B1", PERKIM, "16.71", STATE),
        project("B2", PERKIM, "16", STATE, tenaga_kerja=8, nilai_kontrak=Decimal(40)),
        project("C1", PRIVATE, "16.02", "Swasta", tenaga_kerja=5, nilai_kontrak=Decimal(60)),
        project("D1", FORMER, "16.71", CITY, selesai=date(2024, 3, 31), tenaga_kerja=4),
    )
    own = {PUPR: [registered("A1", Decimal(300), 7)], FORMER: [registered("D1", Decimal(90), 4)]}
    own[PERKIM] = [registered("B1", None, 2), registered("B2", Decimal(50), 3)]
    for owner, rows in own.items():
        deliver(world, "pendaftaran", *rows, complete_for=owner, period=YEAR)
    roster = [{"person_id": 1, "kode_proyek": "A1"}, {"person_id": 2, "kode_proyek": "A1"}]
    roster.append({"person_id": 1, "kode_proyek": "B2"})
    days = {"mulai": YEAR[0], "selesai": YEAR[1]}
    deliver(world, "tenaga_kerja", *(row | days for row in roster), complete_for="16", period=YEAR)
    member = {"person_id": 1, "kode_proyek": "A1", "tgl_bayar": YEAR[0], **days}
    deliver(world, "kepesertaan", member, complete_for="16", period=YEAR)
    return world


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("rekap") / "home")
    load_world(home, small_world())
    publish(home, JUNE)
    return home


@pytest.fixture(scope="module")
def edition(made):
    return current_edition(made)


def told(row, *columns):
    return tuple(getattr(row, column) for column in columns)


def total_of(found):
    assert found.total is not None
    return found.total


def by_group(found):
    return {row.group: row for row in found.rows}


PROJECTS = ("projects", "registered", "unregistered", "untold")
WORK = ("contract_value_rp", "workers", "covered", "contributions_rp")


def test_projects_are_registered_not_registered_or_unknown(edition):
    found = recap(edition, JUNE, SUMSEL, "owner")
    rows = by_group(found)
    assert told(rows[PUPR], *PROJECTS) == (2, 1, 1, 0)
    assert told(rows[PERKIM], *PROJECTS) == (2, 2, 0, 0)
    assert told(rows[PRIVATE], *PROJECTS) == (1, 0, 0, 1)
    assert told(found.total, *PROJECTS) == (2 + 2 + 1, 1 + 2, 1, 1)
    assert total_of(found).registered_pct is None  # of one project nobody knows
    assert rows[PUPR].registered_pct == 100 * 1 / 2


def test_value_workers_cover_and_contributions_are_those_of_the_indicators(edition):
    rows = by_group(recap(edition, JUNE, SUMSEL, "owner"))
    named, unnamed = 1, min(10 - 2, 7 - 1)
    assert told(rows[PUPR], *WORK) == (Decimal("350.50"), 10 + 20, named + unnamed, Decimal(300))
    assert rows[PUPR].covered_pct == 100 * 7 / 30
    assert told(rows[PERKIM], *WORK) == (Decimal(40), 8, min(8 - 1, 3), Decimal(50))
    assert told(rows[PERKIM], "unsized_projects", "unpriced_projects", "unpriced_payments") == (1, 1, 1)


def test_who_has_no_project_left_but_paid_in_the_year_is_a_row(edition):
    former = by_group(recap(edition, JUNE, SUMSEL, "owner"))[FORMER]
    assert told(former, "projects", "workers", "contributions_rp") == (0, None, Decimal(90))
    assert former.why_unknown("workers") == "no_project"
    fewer = recap(edition, JUNE, Scope("16.02"), "owner")
    assert [row.group for row in fewer.rows] == [PUPR, PRIVATE]


def test_what_is_not_known_of_one_is_not_known_of_all_and_says_why(edition):
    found = recap(edition, JUNE, SUMSEL, "owner")
    private = by_group(found)[PRIVATE]
    assert told(private, *WORK) == (Decimal(60), 5, None, None)
    assert {total_of(found).why_unknown(name) for name in ("covered", "contributions_rp")} == {"not_complete"}
    assert told(found.total, *WORK) == (Decimal("350.50") + 40 + 60, 30 + 8 + 5, None, None)
    assert found.known("contributions_rp") == (Decimal(300 + 50 + 90), 3)
    assert found.known("covered") == (7 + 3, 2)


def test_persons_do_not_add_up_over_owners(edition):
    found = recap(edition, JUNE, SUMSEL, "owner")
    persons = [row.persons for row in found.rows if row.persons is not None]
    assert (sum(persons), total_of(found).persons) == (2 + 1 + 0, 2)  # person 1 works for two owners
    # By PUPR alone person 1 is protected on every project; not by both together.
    assert (by_group(found)[PUPR].protected_persons, total_of(found).protected_persons) == (1, 0)
    assert found.differences == [
        Difference("persons", 2 - 3, "persons_once"),
        Difference("protected_persons", 0 - 1, "persons_once"),
    ]


def test_work_placed_in_the_province_alone_is_in_the_total_and_no_row(edition):
    found = recap(edition, JUNE, SUMSEL, "place")
    assert len(found.rows) == 17
    assert told(by_group(found)["16.71"], *PROJECTS) == (2, 2, 0, 0)
    away = {found.column: (found.amount, found.reason) for found in found.differences}
    assert away["projects"] == away["registered"] == (1, "elsewhere")
    assert away["contract_value_rp"] == (Decimal(40), "elsewhere")
    assert away["workers"] == (8, "elsewhere")
    assert away["protected_persons"] == (-1, "persons_once")
    assert "persons" not in away  # both work in Palembang as well


def test_a_place_without_a_project_knows_nothing_rather_than_zero(edition):
    empty = by_group(recap(edition, JUNE, SUMSEL, "place"))["16.01"]
    assert {getattr(empty, column) for column in INDICATOR_OF} == {None}
    assert empty.why_unknown("projects") == "no_project"


def test_branches_that_share_a_place_hold_more_than_the_total(edition):
    found = recap(edition, JUNE, SUMSEL, "branch")
    away = {found.column: (found.amount, found.reason) for found in found.differences}
    shared = 2  # A2 and C1 in OKI, which both branches hold; B2 is in neither
    assert away["projects"] == (1 - shared, "overlap")


def test_one_owner_by_fund_is_the_owner_divided(edition):
    found = recap(edition, JUNE, Scope("16", owner=PUPR), "fund")
    assert {row.group: row.workers for row in found.rows} == {CITY: 10, STATE: 20}
    assert (total_of(found).workers, found.differences) == (10 + 20, [])


def test_payers_have_no_persons(edition):
    found = recap(edition, JUNE, SUMSEL, "payer")
    assert {row.why_unknown("persons") for row in found.rows} == {"not_told"}
    assert total_of(found).persons == 2


def test_who_sees_some_owners_gets_no_total_of_all(made):
    edition = open_edition(made, 1, Grant(None, frozenset({PUPR, PRIVATE})))
    found = recap(edition, JUNE, SUMSEL, "owner")
    assert (found.total, found.differences) == (None, [])
    assert [row.group for row in found.rows] == [PUPR, PRIVATE]
    assert total_of(recap(edition, JUNE, Scope("16", owner=PUPR), "fund")).projects == 2
    with pytest.raises(OutsideScope):
        recap(edition, JUNE, SUMSEL, "fund")


def test_every_number_is_one_of_the_shell_s_rows(edition):
    found = recap(edition, JUNE, SUMSEL, "fund")
    for row in found.rows:
        shown = {code: compute.rows(edition, code, JUNE, Scope("16", fund=row.group))[0] for code in row.rows}
        registration = shown["project_registration"].as_json()
        assert row.projects == registration["denominator"]
        assert row.registered == registration.get("known_numerator", registration["numerator"])
        assert row.untold == (row.projects - registration["known_projects"] if "known_projects" in registration else 0)
        assert row.covered == shown["placement_coverage"].numerator
        assert row.contributions_rp == shown["contributions_paid_rp"].value


@pytest.mark.parametrize("version", [1, 2, 3])
def test_an_older_edition_says_what_it_does_not_know(home, version):
    home.editions_dir.mkdir()
    packed = (FIXTURES / f"edition-schema-{version}.duckdb.gz").read_bytes()
    (home.editions_dir / "000001.duckdb").write_bytes(gzip.decompress(packed))
    found = recap(open_edition(home, 1), date(2024, 7, 31), SUMSEL, "owner")
    assert found.rows
    assert found.total is not None
    why = {row.why_unknown("contributions_rp") for row in (*found.rows, found.total)}
    assert ("edition_older" in why) == (version == 1)
    assert total_of(found).workers is not None


@settings(
    max_examples=3 * int(os.environ.get("CAKUPAN_EXAMPLES", "1")),
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(worlds(), st.sampled_from([None, *OWNERS]), st.sampled_from([*FUNDS, "all"]), st.data())
def test_rows_are_the_twin_s_and_with_the_differences_they_are_the_total(world, owner, fund, data):
    assume(naive.months(world))
    m = data.draw(st.sampled_from(naive.months(world)))
    fund = None if fund == "all" else fund or naive.UNKNOWN
    note(f"{m} {owner} {fund}\n{described(world)}")
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        load_world(home, world)
        publish(home, as_of=world["as_of"])
        for place in ("00", "16", "branch:musi"):
            for by in ("place", "branch", "owner", "fund"):
                edition = current_edition(home)
                assert edition is not None
                found = recap(edition, m, Scope(place, owner, fund), by)
                assert_as_the_twin(found, *naive_recap.recap(world, m, place, by, owner, fund))
                assert_adds_up(found)


def assert_as_the_twin(found, groups, whole):
    where = (found.month, found.scope, found.by)
    assert [row.group for row in found.rows] == sorted(groups), where
    for row, twin in [*((row, groups[row.group]) for row in found.rows), (found.total, whole)]:
        for column, expected in twin.items():
            # No project that runs: the edition may know so, and says 0 then, or know none at all.
            value = getattr(row, column)
            blank = expected is None and not row.projects
            assert value == expected or (blank and value in (0, None)), (where, row.group, column, value, expected)


def assert_adds_up(found):
    away = {difference.column: difference.amount for difference in found.differences}
    for column in INDICATOR_OF.keys() - set(SHARES):
        known, rows = found.known(column)
        whole = getattr(found.total, column)
        if whole is not None and rows:
            assert known + away.get(column, 0) == whole, (found.scope, found.by, column)
        if whole is None:
            assert column not in away
    for row in (*found.rows, found.total):
        assert row.projects is None or row.projects == (row.registered or 0) + (row.unregistered or 0) + (
            row.untold or 0
        )
    if found.by in ("owner", "fund"):
        assert set(away) <= set(PERSONS_ONCE)
