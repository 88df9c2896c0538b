"""What an act does to the headlines: each row is what both editions say one by one, and no row is missing."""

import shutil
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from analytics.compute import months, owners, places, rows
from analytics.effect import OF_OWNERS, OF_PLACES, differ, effects
from analytics.row import Scope
from data.access import Grant
from data.editions import open_edition, publish
from data.home import Home
from data.importers import import_file
from data.preview import Figure
from tests.card_home import AS_OF

KABUPATEN = ("00", "16", "16.01", "16.07", "16.71", "32", "32.04")
SEPTEMBER = date(2024, 9, 30)
MEMBERS = "wilayah,bulan,segmen,peserta_aktif,sumber\n16.71,2024-08,JAKON,400,Kanwil\n16.71,2024-09,JAKON,481,Kanwil\n"
ESTIMATE = "wilayah,sektor,per_tanggal,pekerja,sumber\n16.71,konstruksi,2024-01-31,1000,BPS Sakernas\n"


@pytest.fixture(scope="module")
def home(made_card_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Edition 2 knows P-2 as registered in September; edition 3 also members and workers."""
    home = Home(tmp_path_factory.mktemp("akibat") / "rumah")
    shutil.copytree(made_card_home.root, home.root)
    for name, text in (("rekap", MEMBERS), ("penduduk_bekerja", ESTIMATE)):
        path = Path(home.root / f"{name}.csv")
        path.write_text(text, "utf-8")
        import_file(home, path, kind=name, data_as_of=AS_OF)
    assert publish(home, AS_OF) == 3
    return home


@cache
def figures(home: Home, edition: int):
    """Asked one by one, as a page asks: by indicator, place, owner and month."""
    opened = open_edition(home, edition)
    found = {}
    for month in months(opened):
        for place in (*(one["code"] for one in places(opened) if one["kind"] in ("cabang", "kelompok")), *KABUPATEN):
            for indicator in OF_PLACES:
                [row] = rows(opened, indicator, month, Scope(place))
                found[indicator, place, None, month] = figure(row)
        for owner in [owner["owner"] for owner in owners(opened, "00")]:
            for indicator in OF_OWNERS:
                [row] = rows(opened, indicator, month, Scope("00", owner=owner))
                found[indicator, "00", owner, month] = figure(row)
    return found


def figure(row) -> tuple:
    return row.numerator, row.denominator, row.value, row.low, row.high, row.status


def shown(side: Figure) -> tuple:
    return side.numerator, side.denominator, side.value, side.low, side.high, side.status


@pytest.mark.parametrize("month", [None, date(2024, 8, 31), date(2024, 1, 31)])
def test_the_rows_are_all_that_differs_when_each_is_asked_alone(home, month):
    before, after = figures(home, 1), figures(home, 3)
    told = effects(open_edition(home, 1), open_edition(home, 3), month)
    expected = {key: (before[key], after[key]) for key in after if key[3] == told.month and before[key] != after[key]}
    found = {
        (row.indicator, row.place, row.owner, row.month): (shown(row.before), shown(row.after)) for row in told.rows
    }
    assert found == expected
    differing = [key[3] for key in after if before[key] != after[key]]
    assert (told.first_changed, told.last_changed) == (min(differing), max(differing))


def test_a_report_and_an_estimate_give_a_coverage_where_there_was_none(home):
    told = effects(open_edition(home, 2), open_edition(home, 3))
    [row] = [row for row in told.rows if (row.indicator, row.place) == ("population_coverage", "16.71")]
    assert (row.month, row.place_name, row.before.value) == (SEPTEMBER, "Kota Palembang", None)
    assert (row.after.numerator, row.after.denominator, row.after.value) == (481, 1000, 100 * 481 / 1000)


def test_a_late_registration_raises_the_projects_of_its_place_and_owner(home):
    told = effects(open_edition(home, 1), open_edition(home, 2))
    found = {
        (row.place, row.owner): (row.before.value, row.after.value)
        for row in told.rows
        if row.indicator == "project_registration"
    }
    assert found["16.71", None] == (100 * 1 / 2, 100 * 2 / 2)
    assert found["00", "Dinas PUPR"] == (100 * 1 / 2, 100 * 2 / 2)
    assert not [place for place, owner in found if place == "16.07" or owner == "Dinas PUTR"]


def test_an_edition_beside_itself_has_no_effects(home):
    told = effects(open_edition(home, 2), open_edition(home, 2))
    assert (told.month, told.first_changed, told.last_changed, told.rows) == (SEPTEMBER, None, None, [])


def test_beside_no_edition_everything_that_is_told_is_new(home):
    told = effects(None, open_edition(home, 1))
    assert {row.before for row in told.rows} == {Figure()}
    [row] = [r for r in told.rows if (r.indicator, r.place, r.owner) == ("project_registration", "16.71", None)]
    assert row.after.value == 100 * 1 / 2


def test_an_owner_without_a_running_project_may_come_or_go_unsaid():
    none_run = Figure(denominator=0, reason="no_project")
    assert not differ(none_run, Figure())
    assert differ(none_run, Figure(denominator=1))
    assert differ(Figure(numerator=0, denominator=4, value=0.0, status="ok"), none_run)


def test_a_month_in_which_nothing_differs_has_no_rows_and_the_others_are_named(home):
    told = effects(open_edition(home, 1), open_edition(home, 2), date(2024, 5, 31))
    assert (told.month, told.rows) == (date(2024, 5, 31), [])
    assert (told.first_changed, told.last_changed) == (SEPTEMBER, SEPTEMBER)


@pytest.mark.parametrize(
    "grant",
    [
        Grant(frozenset({"16.71"}), None),
        Grant(None, frozenset({"Dinas PUPR"})),
        Grant(frozenset({"16.07"}), frozenset({"Dinas PUTR"})),
    ],
)
def test_a_limited_reader_is_told_of_nothing_beyond_the_grant(home, grant):
    told = effects(open_edition(home, 1, grant), open_edition(home, 3, grant))
    seen = {(row.place, row.owner) for row in told.rows}
    if grant.areas is not None:
        assert {place for place, _owner in seen} <= grant.areas
    if grant.owners is not None:
        assert {owner for _place, owner in seen} <= grant.owners
    assert bool(seen) == (grant.areas != frozenset({"16.07"}))
