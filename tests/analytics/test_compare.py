"""Groups beside each other: intervals, limits and who differs, by hand, as properties, and against plain lists."""

import tempfile
from datetime import date
from math import sqrt
from pathlib import Path
from statistics import mean

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from analytics import compute
from analytics.compare import (
    Comparison,
    Entry,
    average_pct,
    compared,
    effective_number,
    funnel_limits,
    overdispersion_of,
    t_95,
    wilson_interval,
)
from analytics.compute import Scope, Spread
from data.editions import Edition, current_edition, publish
from data.home import Home
from tests import naive
from tests.strategies import worlds
from tests.worlds import deliver, empty_world, load_world

MONTH = date(2024, 7, 31)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def projects_of(owner: str, count: int, **columns) -> list[dict]:
    days = {"mulai": date(2024, 6, 1), "selesai": date(2024, 12, 31)}
    named = [f"{owner}-{number}" for number in range(count)]
    return [{"kode_proyek": code, "pemilik": owner, "tenaga_kerja": 10, **days, **columns} for code in named]


def registrations_of(owner: str, count: int, workers: int = 10) -> list[dict]:
    paid = {"tgl_daftar": date(2024, 6, 1), "tgl_bayar": date(2024, 6, 1), "tenaga_kerja": workers}
    return [{"kode_proyek": f"{owner}-{number}", **paid} for number in range(count)]


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """Five owners of ten projects, of whom 9, 9, 8, 9 and 0 are registered, one of four, and one nobody reports on.

    Dinas A registers 10 workers on each of nine projects and none on the tenth; Dinas C 5 of 10 on eight.
    """
    world = empty_world(MONTH)
    owners = {"Dinas A": 9, "Dinas B": 9, "Dinas C": 8, "Dinas D": 9, "Dinas E": 0}
    for owner in owners:
        deliver(world, "proyek", *projects_of(owner, 10, sumber_dana="APBN" if owner == "Dinas A" else "Swasta"))
    deliver(world, "proyek", *projects_of("Dinas F", 4, sumber_dana="APBD provinsi"))
    deliver(world, "proyek", *projects_of("Dinas G", 6, sumber_dana="APBD kabupaten/kota"))
    for owner, count in owners.items():
        rows = registrations_of(owner, count, 5 if owner == "Dinas C" else 10)
        deliver(world, "pendaftaran", *rows, complete_for=owner, period=YEAR)
    deliver(world, "pendaftaran", *registrations_of("Dinas F", 1), complete_for="Dinas F", period=YEAR)
    deliver(world, "rekap", {"wilayah": "16.71", "bulan": MONTH, "peserta_aktif": 50})
    deliver(world, "rekap", {"wilayah": "16.02", "bulan": MONTH, "peserta_aktif": 90})
    estimates = [{"wilayah": place, "per_tanggal": date(2024, 1, 31), "pekerja": 100} for place in ("16.71", "16.02")]
    deliver(world, "penduduk_bekerja", estimates[0] | {"bawah": 80, "atas": 125}, estimates[1])
    return published(Home(tmp_path_factory.mktemp("compared") / "home"), world)


def entry_of(comparison: Comparison, group: str) -> Entry:
    return next(entry for entry in comparison.entries if entry.row.group == group)


def test_owners_are_ranked_by_their_share_and_those_without_data_come_last(edition) -> None:
    found = compared(edition, "project_registration", MONTH, Scope("16"), "owner")
    assert found.is_ranked
    assert [(entry.row.group, entry.row.value) for entry in found.entries] == [
        ("Dinas A", 90), ("Dinas B", 90), ("Dinas D", 90), ("Dinas C", 80), ("Dinas F", 25), ("Dinas E", 0),
        ("Dinas G", None),
    ]  # fmt: skip


def test_the_average_and_the_overdispersion_are_those_of_the_groups_with_a_figure(edition) -> None:
    found = compared(edition, "project_registration", MONTH, Scope("16"), "owner")
    average = 100 * (9 + 9 + 8 + 9 + 0 + 1) / (5 * 10 + 4)
    assert found.average_pct == pytest.approx(average)
    spread = sqrt(average * (100 - average) / 10)
    scores = [(share - average) / spread for share in (90, 90, 80, 90, 0)]  # Dinas F has four projects only
    middle = [scores[0], scores[0], scores[2], scores[0], scores[2]]  # the lowest counts as the next, the highest too
    assert found.overdispersion == pytest.approx(sum(score**2 for score in middle) / 5)
    assert found.whole.value is None and found.whole.reason == "not_complete"


def test_an_owner_differs_only_beyond_the_widened_limits_and_few_projects_are_not_judged(edition) -> None:
    found = compared(edition, "project_registration", MONTH, Scope("16"), "owner")
    words = {entry.row.group: entry.judgement for entry in found.entries}
    assert words == {
        "Dinas A": "average", "Dinas B": "average", "Dinas C": "average", "Dinas D": "average",
        "Dinas E": "below", "Dinas F": "too_few", "Dinas G": None,
    }  # fmt: skip
    assert found.average_pct is not None and found.overdispersion is not None
    assert funnel_limits(found.average_pct, 10, found.overdispersion)[0] > 0


@pytest.mark.parametrize("others", [5, 11])
def test_of_many_alike_the_one_above_and_the_one_below_are_found(tmp_path, others: int) -> None:
    """The others register 6 or 7 of 10 projects by turns; one registers 40 of 40, one none of 40."""
    counts = {f"Dinas {number:02}": (6 + number % 2, 10) for number in range(others)}
    counts |= {"Tinggi": (40, 40), "Rendah": (0, 40)}
    world = empty_world(MONTH)
    for owner, (registered, projects) in counts.items():
        deliver(world, "proyek", *projects_of(owner, projects))
        deliver(world, "pendaftaran", *registrations_of(owner, registered), complete_for=owner, period=YEAR)
    found = compared(published(Home(tmp_path), world), "project_registration", MONTH, Scope("16"), "owner")
    judged = {entry.row.group: entry.judgement for entry in found.entries}
    assert {owner: word for owner, word in judged.items() if word != "average"} == {
        "Tinggi": "above", "Rendah": "below",
    }  # fmt: skip


def shares(*pairs: tuple[int, int]) -> list[Entry]:
    """Entries of (registered, projects)."""
    nothing = dict.fromkeys(("low", "high", "named_persons", "unnamed_headcount", "source", "as_of"))
    return [
        Entry(
            compute.Row(
                group=f"Dinas {number}", label=f"Dinas {number}", month="2024-07", numerator=registered,
                denominator=projects, value=100 * registered / projects, status="ok", **nothing,
            ),
            projects=projects,
        )
        for number, (registered, projects) in enumerate(pairs)
    ]  # fmt: skip


def test_a_tenth_at_either_end_does_not_widen_the_limits() -> None:
    """Eight owners at 80 and 82 of 100, one at 0 and one at 100: the outer two count as the next ones in."""
    entries = shares(*[(80, 100), (82, 100)] * 4, (0, 100), (100, 100))
    average = 100 * (4 * 80 + 4 * 82 + 0 + 100) / 1000
    assert average_pct(entries) == average
    spread = sqrt(average * (100 - average) / 100)
    low, high = (80 - average) / spread, (82 - average) / spread
    assert overdispersion_of(entries, average) == pytest.approx(max(1, (5 * low**2 + 5 * high**2) / 10))


@pytest.mark.parametrize(("groups", "expected"), [(4, None), (5, 1.0)])
def test_of_fewer_than_five_groups_no_spread_is_measured(groups: int, expected: float | None) -> None:
    entries = shares(*[(50, 100)] * groups)
    assert overdispersion_of(entries, 50.0) == expected


@pytest.mark.parametrize("registered", [0, 10])
def test_where_all_groups_are_at_one_end_nothing_can_differ(registered: int) -> None:
    entries = shares(*[(registered, 10)] * 6)
    assert overdispersion_of(entries, 100.0 * registered / 10) is None


def test_limits_are_the_normal_ones_of_a_share() -> None:
    low, high = funnel_limits(60.0, 25, 4.0, z=1.96)
    reach = 1.96 * sqrt(4 * 60 * 40 / 25)
    assert (low, high) == pytest.approx((60 - reach, 60 + reach))
    assert funnel_limits(60.0, 1, 4.0) == (0.0, 100.0)


def test_the_interval_of_a_share_is_wilsons() -> None:
    """81 of 263: 25,5 to 36,6 % (Newcombe 1998, table I, method 3)."""
    low, high = wilson_interval(100 * 81 / 263, 263)
    assert (round(low, 2), round(high, 2)) == (25.53, 36.62)


@given(st.floats(0, 100), st.floats(1, 1e6))
def test_an_interval_holds_its_share_and_never_leaves_0_to_100(share: float, number: float) -> None:
    low, high = wilson_interval(share, number)
    assert 0 <= low <= share + 1e-9 and share - 1e-9 <= high <= 100


def spread_of(projects: list[tuple[int, int]]) -> Spread:
    """From (covered, workers) of each project."""
    return Spread(
        projects=len(projects),
        covered=sum(c for c, _ in projects),
        workers=sum(w for _, w in projects),
        covered_squares=sum(c * c for c, _ in projects),
        covered_by_workers=sum(c * w for c, w in projects),
        workers_squares=sum(w * w for _, w in projects),
    )


def test_projects_that_are_covered_wholly_or_not_at_all_tell_as_much_as_so_many_draws() -> None:
    """Ten projects of ten workers, six of them covered: the variance of a mean of ten, 0,6 × 0,4 / 9."""
    spread = spread_of([(10, 10)] * 6 + [(0, 10)] * 4)
    assert effective_number(spread) == pytest.approx(9 * (1.96 / t_95(9)) ** 2)


@pytest.mark.parametrize(("freedom", "point"), [(4, 2.776), (9, 2.262), (30, 2.042), (1000, 1.962)])
def test_the_point_of_students_t_is_that_of_the_tables(freedom: int, point: float) -> None:
    assert t_95(freedom) == pytest.approx(point, abs=0.01)


def test_projects_that_are_all_alike_tell_as_much_as_their_workers_and_no_more() -> None:
    assert effective_number(spread_of([(6, 10)] * 10)) == pytest.approx(100 * (1.96 / t_95(9)) ** 2)


def test_where_everybody_is_covered_each_project_counts_once() -> None:
    assert effective_number(spread_of([(10, 10)] * 7)) == 7


project_lists = st.lists(
    st.tuples(st.integers(0, 50), st.integers(1, 50)).map(lambda pair: (min(pair), pair[1])), min_size=5, max_size=40
)


@given(project_lists)
@settings(max_examples=200)
def test_the_effective_number_is_that_of_the_residuals_of_each_project(projects: list[tuple[int, int]]) -> None:
    share = sum(c for c, _ in projects) / sum(w for _, w in projects)
    assume(0 < share < 1)
    residuals = [(c - share * w) / mean(w for _, w in projects) for c, w in projects]
    variance = sum(r**2 for r in residuals) / (len(projects) - 1) / len(projects)
    workers = sum(w for _, w in projects)
    expected = workers if variance * workers <= share * (1 - share) else share * (1 - share) / variance
    reduced = expected * (1.96 / t_95(len(projects) - 1)) ** 2
    assert effective_number(spread_of(projects)) == pytest.approx(reduced, rel=1e-6)


def test_the_interval_of_placements_rests_on_projects_not_on_workers(edition) -> None:
    found = compared(edition, "placement_coverage", MONTH, Scope("16"), "owner")
    assert found.interval == "chance" and found.overdispersion is None
    a = entry_of(found, "Dinas A")
    # Nine projects of ten covered wholly, one not at all; 0,9 × 0,1 / 9 as the variance of a mean of ten.
    assert a.row.value == 100 * 90 / 100
    assert (a.low, a.high) == pytest.approx(wilson_interval(90, 9 * (1.96 / t_95(9)) ** 2))
    assert entry_of(found, "Dinas C").row.value == 100 * (8 * 5) / 100
    few = entry_of(found, "Dinas F")
    assert (few.row.value, few.low, few.high, few.judgement) == (25, None, None, "too_few")


def test_estimates_of_kabupaten_keep_the_order_of_their_codes_and_their_published_error(edition) -> None:
    found = compared(edition, "population_coverage", MONTH, Scope("16"), "place")
    assert not found.is_ranked
    assert found.interval == "published"
    codes = [entry.row.group for entry in found.entries]
    assert codes == sorted(codes)
    palembang = entry_of(found, "16.71")
    assert (palembang.row.value, palembang.low, palembang.high) == (50, 100 * 50 / 125, 100 * 50 / 80)
    assert entry_of(found, "16.02").low is None
    assert all(entry.judgement is None for entry in found.entries)


def test_central_and_regional_funds_are_the_sums_of_theirs(edition) -> None:
    """Pusat is APBN (Dinas A); daerah holds both APBD, of which one has no registrations; swasta the rest."""
    rows = {row.group: row for row in compute.rows(edition, "project_registration", MONTH, Scope("16"), "level")}
    assert sorted(rows) == ["daerah", "pusat", "swasta"]
    assert (rows["pusat"].numerator, rows["pusat"].denominator) == (9, 10)
    assert (rows["daerah"].value, rows["daerah"].denominator, rows["daerah"].reason) == (None, 4 + 6, "not_complete")
    assert (rows["swasta"].numerator, rows["swasta"].denominator) == (9 + 8 + 9 + 0, 40)
    payers = {
        row.group: row.value for row in compute.rows(edition, "project_registration", MONTH, Scope("16"), "payer")
    }
    assert payers == {"KPPN": 90, "BPKAD provinsi": 25, "BPKAD kabupaten/kota": None, "Swasta": 100 * 26 / 40}


@pytest.mark.parametrize("by", ["place", "owner", "fund", "payer", "level"])
def test_the_trends_of_all_groups_are_those_of_each(edition, by: str) -> None:
    months = compute.months(edition)
    found = compute.trends(edition, "placement_coverage", Scope("16"), (months[0], months[-1]), by)
    for month in months:
        alone = {row.group: row for row in compute.rows(edition, "placement_coverage", month, Scope("16"), by)}
        together = {group: row for group, rows in found.items() for row in rows if row.month == f"{month:%Y-%m}"}
        assert {group: together[group] for group in alone} == alone
        assert all(together[group].value is None for group in together.keys() - alone.keys())


@pytest.fixture(scope="module")
def sectors_edition(tmp_path_factory):
    """Half of the traders and a quarter of the builders are members, 4 of 10 of everybody; five targets."""
    world = empty_world(MONTH)
    counts = {("PU", "perdagangan"): 30, ("BPU", "perdagangan"): 20, ("JAKON", None): 25}
    counts |= {("PU", None): 60, ("BPU", None): 315}
    rows = [
        {"wilayah": "16", "bulan": MONTH, "segmen": segment, "sektor": sector, "peserta_aktif": members}
        for (segment, sector), members in counts.items()
    ]
    deliver(world, "rekap", *rows)
    workers = {"perdagangan": 100, "konstruksi": 100, "semua sektor": 1000}
    day = {"wilayah": "16", "per_tanggal": date(2024, 1, 31)}
    deliver(world, "penduduk_bekerja", *({**day, "sektor": name, "pekerja": count} for name, count in workers.items()))
    stated = {"tahun": 2024, "nilai": 50}
    everybody = {**stated, "segmen": "semua segmen"}
    deliver(
        world,
        "target",
        {**stated, "penerbit": "Provinsi"},
        {**everybody, "penerbit": "Kemendagri"},
        {**everybody, "penerbit": "Dinas", "sektor": "perdagangan"},
        {**stated, "penerbit": "Cabang", "unit": "16.71"},
        {**stated, "penerbit": "Lama", "tahun": 2023},
    )
    return published(Home(tmp_path_factory.mktemp("sectors") / "home"), world)


def test_sectors_stand_beside_all_sectors(sectors_edition) -> None:
    found = compared(sectors_edition, "population_coverage", MONTH, Scope("16"), "sector")
    assert [(entry.row.group, entry.row.value) for entry in found.entries] == [
        ("perdagangan", 100 * (30 + 20) / 100), ("konstruksi", 100 * 25 / 100),
    ]  # fmt: skip
    assert found.is_ranked
    assert found.whole.value == 100 * (25 + 60 + 315) / 1000


def test_each_group_has_the_targets_of_its_own_sector_place_and_year(sectors_edition) -> None:
    def issuers(scope: Scope, by: str | None) -> dict[str, list[str]]:
        found = compute.targets_beside(sectors_edition, "population_coverage", 2024, scope, by)
        return {group: [target.issuer for target in targets] for group, targets in found.items()}

    by_sector = {"konstruksi": ["Provinsi"], "semua sektor": ["Kemendagri"], "perdagangan": ["Dinas"]}
    assert issuers(Scope("16"), "sector") == by_sector
    assert issuers(Scope("16"), "place") == {"16.71": ["Cabang"]}
    assert issuers(Scope("16"), None) == {"16": ["Provinsi"]}
    assert issuers(Scope("16", sector="semua sektor"), None) == {"16": ["Kemendagri"]}


LEVELS = {
    "APBN": "pusat", "APBD provinsi": "daerah", "APBD kabupaten/kota": "daerah", "Swasta": "swasta",
    "BLUD/BUMD": "badan usaha dan layanan",
}  # fmt: skip


@settings(
    max_examples=4,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(worlds(), st.sampled_from(["00", "16", "16.71", "branch:kota"]))
def test_a_level_counts_what_it_would_if_its_funds_had_one_name(world: dict, place: str) -> None:
    renamed = world | {"rows": world["rows"] | {"proyek": [with_level(row) for row in world["rows"]["proyek"]]}}
    activity = naive.activity(renamed)
    with tempfile.TemporaryDirectory() as folder:
        edition = published(Home(Path(folder)), world)
        for month in compute.months(edition)[-2:]:
            for code in naive.ACTIVITY_INDICATORS:
                for row in compute.rows(edition, code, month, Scope(place), "level"):
                    twin = naive.activity_indicator(code, activity.get((place, naive.ALL, row.group, month)))
                    assert_same(row, twin, code)
            for row in compute.rows(edition, "placement_coverage", month, Scope(place), "level"):
                twin = naive.indicator(renamed, "placement_coverage", month, place, naive.ALL, row.group)
                assert_same(row, twin, "placement_coverage")


def assert_same(row: compute.Row, twin: dict, code: str) -> None:
    value = None if row.value is None else float(row.value)
    expected = None if twin["value"] is None else float(twin["value"])
    assert (row.status, value) == (twin["status"], pytest.approx(expected)), (code, row.group, row.month)


def with_level(project: dict) -> dict:
    return project | {"sumber_dana": LEVELS.get(project["sumber_dana"], project["sumber_dana"])}


def published(home: Home, world: dict) -> Edition:
    load_world(home, world)
    publish(home, as_of=world["as_of"])
    edition = current_edition(home)
    assert edition
    return edition
