"""Published figures from their file to a number: what is known is said, and nothing is invented beside it."""

from datetime import date
from pathlib import Path

import pytest

from analytics import compute
from analytics.compute import Scope
from data.categories import CONSTRUCTION
from data.editions import Edition, current_edition
from data.home import Home
from data.places import all_places
from tests.shell import landed, refused, run_child

OFFICIAL_FIGURES = Path(__file__).parents[3] / "shared" / "data" / "angka-resmi.csv"
KANWIL = "Kanwil BPJS Ketenagakerjaan Sumbagsel pada FGD Perda 2/2022"

pytestmark = pytest.mark.skipif(not OFFICIAL_FIGURES.exists(), reason="the published figures are not on this machine")


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    """An empty home into which only the published figures came, by the commands of the shell."""
    home = Home(tmp_path_factory.mktemp("angka resmi") / "home")
    [result] = landed(home, "import", OFFICIAL_FIGURES, run=run_child)
    assert (result["kind"], result["rows_read"], result["rows_accepted"]) == ("angka_resmi", 8, 8)
    landed(home, "publish", "--as-of", "2025-12-31", run=run_child)
    return home


@pytest.fixture(scope="module")
def edition(home) -> Edition:
    edition = current_edition(home)
    assert edition is not None
    return edition


def trend(edition: Edition, indicator: str, place: str) -> list[compute.Row]:
    months = compute.months(edition)
    return compute.trend(edition, indicator, Scope(place), months[0], months[-1])


def test_the_headline_of_july_2024_is_45_point_6_percent_with_its_band(home):
    [row] = landed(home, "show", "population_coverage", "--month", "2024-07", run=run_child)
    assert (row["group"], row["numerator"], row["denominator"]) == ("16", 123_000, 270_000)
    assert row["value"] == pytest.approx(100 * 123_000 / 270_000)
    assert row["low"] == pytest.approx(100 * (123_000 - 500) / (270_000 + 5_000))
    assert row["high"] == pytest.approx(100 * (123_000 + 500) / (270_000 - 5_000))
    assert (round(row["value"], 2), round(row["low"], 3), round(row["high"], 3)) == (45.56, 44.545, 46.604)
    assert (row["status"], row["source"], row["as_of"]) == ("ok", KANWIL, "2024-07-09")


def test_a_report_does_not_pretend_to_know_names(home):
    [row] = landed(home, "show", "population_coverage", "--month", "2024-07")
    assert (row["named_persons"], row["unnamed_headcount"]) == (None, None)


def test_the_399_percent_of_december_2017_is_shown_and_flagged(home):
    [row] = landed(home, "show", "population_coverage", "--month", "2017-12")
    assert (row["numerator"], row["denominator"], row["status"]) == (689_970, 172_882, "implausible")
    assert round(row["value"], 2) == 399.10
    assert (row["low"], row["high"]) == (
        pytest.approx(100 * 689_969.5 / 172_882.5),
        pytest.approx(100 * 689_970.5 / 172_881.5),
    )


def test_the_province_has_a_figure_in_these_two_months_alone(edition):
    told = {row.month: row.status for row in trend(edition, "population_coverage", "16") if row.status != "no_data"}
    assert told == {"2017-12": "implausible", "2024-07": "ok"}


def test_months_run_from_the_first_figure_to_the_position(edition):
    months = compute.months(edition)
    assert (months[0], months[-1], len(months)) == (date(2017, 12, 31), date(2025, 12, 31), 12 * 8 + 1)


def test_the_month_first_shown_is_the_latest_with_the_headline(edition):
    assert compute.default_month(edition, Scope(compute.default_place(edition))) == date(2024, 7, 31)


def test_no_other_place_has_a_figure_of_its_own(edition):
    everywhere = {"places": [code for code in all_places() if code not in ("00", "16")]}
    assert edition.query("population_rows", **everywhere, first=date(1990, 1, 1), last=date(2100, 1, 1)) == []


def test_no_kabupaten_gets_a_denominator_from_the_province(edition):
    estimates = edition.query("vintage_rows", places=list(all_places()), sectors=[CONSTRUCTION])
    assert {row["place"] for row in estimates} == {"16"}


def test_the_nation_has_no_percentage_at_any_month(edition):
    rows = trend(edition, "population_coverage", "00")
    assert {row.status for row in rows if row.month == "2023-12"} == {"no_denominator"}
    assert [row.value for row in rows if row.value is not None] == []


def test_the_nations_construction_members_of_2023_are_a_count_with_its_rounding(home):
    [row] = landed(home, "show", "active_members", "--month", "2023-12", "--place", "00")
    assert (row["value"], row["low"], row["high"], row["status"]) == (7_360_000, 7_355_000, 7_365_000, "ok")


def test_the_undated_figure_of_bali_is_kept_and_never_plotted(edition):
    kept = [row for row in official_figures(edition) if row[0] == "51"]
    assert kept == [("51", None, "semua segmen", 935_079)]
    assert {row.status for row in trend(edition, "active_members", "51")} == {"no_data"}


@pytest.mark.parametrize(
    ("place", "month"), [("16", "2023-12"), ("16.06", "2025-07"), ("16.05", "2025-08"), ("16.04", "2024-07")]
)
def test_a_figure_of_all_segments_is_no_construction_figure(home, place, month):
    [row] = landed(home, "show", "active_members", "--month", month, "--place", place)
    assert (row["status"], row["numerator"], row["value"]) == ("no_data", None, None)


def test_measures_of_projects_have_no_data_without_projects(home):
    for indicator in ("placement_coverage", "site_coverage", "unprotected_placements", "new_members", "ended_members"):
        [row] = landed(home, "show", indicator, "--month", "2024-07")
        assert (row["status"], row["value"]) == ("no_data", None), indicator


def test_musi_banyuasin_has_48_26_percent_of_all_sectors(home):
    told = ("show", "population_coverage", "--month", "2025-07", "--place", "16.06")
    [row] = landed(home, *told, "--sector", "semua sektor", run=run_child)
    assert (row["numerator"], row["denominator"], row["sector"]) == (103_079, 213_582, "semua sektor")
    assert row["value"] == pytest.approx(100 * 103_079 / 213_582)
    assert (round(row["value"], 2), row["status"], row["source"]) == (48.26, "ok", "press 2025")
    [construction] = landed(home, *told, run=run_child)
    assert (construction["status"], construction["numerator"], construction["value"]) == ("no_data", None, None)
    by_sector = landed(home, *told, "--by", "sector")
    assert {row["group"]: row["value"] for row in by_sector} == {"konstruksi": None, "semua sektor": row["value"]}


def test_lahat_and_musi_rawas_have_their_own_percentages_of_all_sectors(edition):
    for place, month, members, workers in (
        ("16.04", date(2024, 7, 31), 51_398, 239_799),
        ("16.05", date(2025, 8, 31), 70_337, 153_103),
    ):
        [row] = compute.rows(edition, "population_coverage", month, Scope(place, sector=compute.ALL_SECTORS))
        assert row.value == pytest.approx(100 * members / workers)


def test_all_sectors_of_the_province_are_its_own_report_or_a_sum_of_parts_without_percentage(edition):
    months, scope = compute.months(edition), Scope("16", sector=compute.ALL_SECTORS)
    found = compute.trend(edition, "population_coverage", scope, months[0], months[-1])
    assert {row.month: (row.status, row.numerator) for row in found if row.status != "no_data"} == {
        "2023-12": ("no_denominator", 915_142),
        "2024-07": ("mixed_sources", 51_398),
        "2025-07": ("mixed_sources", 103_079),
        "2025-08": ("mixed_sources", 70_337),
    }


def test_an_unknown_sector_is_refused_with_what_may_be_meant(home):
    said = refused(home, "show", "active_members", "--sector", "pertani")
    assert said == "Sektor 'pertani' tidak dikenal; mungkin pertanian / pertambangan."


def test_the_gap_is_what_the_estimate_leaves_uncovered(home):
    [row] = landed(home, "show", "gap_to_estimate", "--month", "2024-07")
    assert (row["value"], row["low"], row["high"]) == (
        270_000 - 123_000, (270_000 - 5_000) - (123_000 + 500), (270_000 + 5_000) - (123_000 - 500),
    )  # fmt: skip


def official_figures(edition: Edition) -> list[tuple]:
    import duckdb

    with duckdb.connect(str(edition.path), read_only=True) as opened:
        opened.execute("set threads = 2")
        return opened.execute(
            "select place, per_tanggal, segment, members from official_figure order by all"
        ).fetchall()
