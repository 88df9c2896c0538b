"""How far the projects of a group differ in cover: the sums that intervals rest on, against the twin's projects."""

import tempfile
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from analytics import compute
from analytics.compare import compared, effective_number, wilson_interval
from analytics.compute import Scope, Spread
from data.editions import Edition, current_edition, publish
from data.home import Home
from tests import naive
from tests.naive_rows import LEVEL, PAYER
from tests.strategies import worlds
from tests.worlds import deliver, empty_world, load_world

MONTH = date(2024, 7, 31)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
RUNNING = {"mulai": date(2024, 6, 1), "selesai": date(2024, 12, 31)}
SPLITS = ("place", "branch", "owner", "owner_type", "fund", "payer", "level")


def published(home: Home, world: dict) -> Edition:
    load_world(home, world)
    publish(home, as_of=world["as_of"])
    edition = current_edition(home)
    assert edition
    return edition


def expected_spreads(at: naive.MonthEnd, scope: Scope, by: str) -> dict[str, Spread]:
    """Of every group with a running project of the scope, the sums over its judged projects, one by one."""
    members: dict[str, list[str]] = {}
    for code in sorted(at.running):
        for group in groups_of(at, code, scope, by):
            members.setdefault(group, []).append(code)
    return {group: summed(at, [code for code in codes if at.is_judged(code)]) for group, codes in members.items()}


def summed(at: naive.MonthEnd, judged: list[str]) -> Spread:
    pairs = [(at.covered_placements(code), at.workers(code)) for code in judged]
    return Spread(
        projects=len(pairs),
        covered=sum(covered for covered, _ in pairs),
        workers=sum(workers for _, workers in pairs),
        covered_squares=sum(covered**2 for covered, _ in pairs),
        covered_by_workers=sum(covered * workers for covered, workers in pairs),
        workers_squares=sum(workers**2 for _, workers in pairs),
    )


def groups_of(at: naive.MonthEnd, code: str, scope: Scope, by: str) -> list[str]:
    """The groups of a breakdown that a project is in; none where it lies outside the scope."""
    project = at.projects[code]
    owner, fund = project["pemilik"], project["sumber_dana"] or naive.UNKNOWN
    if scope.owner not in (None, owner) or scope.fund not in (None, fund):
        return []
    if by == "branch":
        branches = [name for name in at.world["branches"] if name.startswith("branch:")]
        asked = branches if scope.place in ("00", "16") else []
        return [name for name in asked if at.lies_in(project["wilayah"], name)]
    if by == "place":
        return [place for place in at.children(scope.place) if at.lies_in(project["wilayah"], place)]
    named = {
        "owner": owner,
        "owner_type": project["jenis_pemilik"] or naive.UNKNOWN,
        "fund": fund,
        "payer": PAYER.get(fund, fund),
        "level": LEVEL.get(fund, fund),
    }
    return [named[by]] if at.lies_in(project["wilayah"], scope.place) else []


def assert_same_spreads(edition: Edition, at: naive.MonthEnd, scope: Scope, by: str) -> None:
    if by == "owner_type" and scope.owner:
        # The edition keeps no owner's numbers by type; nobody asks for the type of one owner.
        assert compute.spreads(edition, at.m, scope, by) == {}
        return
    assert compute.spreads(edition, at.m, scope, by) == expected_spreads(at, scope, by), (at.m, scope, by)


@settings(
    max_examples=3,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(worlds(), st.sampled_from(["Dinas PUPR", "BBPJN", "PT Contoh"]))
def test_the_sums_of_a_group_are_those_over_its_projects(world: dict, owner: str) -> None:
    months = naive.months(world)
    assume(months)
    with tempfile.TemporaryDirectory() as folder:
        edition, settled = published(Home(Path(folder)), world), naive.settled(world)
        for month in months[-2:]:
            at = naive.MonthEnd(settled, month)
            for place, chosen, fund in product(("00", "16", "16.71", "branch:kota"), (None, owner), (None, "APBN")):
                for by in SPLITS:
                    assert_same_spreads(edition, at, Scope(place, chosen, fund), by)


@pytest.fixture(scope="module")
def crowded() -> dict:
    """Six judged projects of each of two owners, half of their workers covered or all, in two kabupaten; and a third
    owner of whom nobody reports."""
    world = empty_world(MONTH)
    pupr = {"pemilik": "Dinas PUPR", "jenis_pemilik": "OPD kabupaten/kota", "sumber_dana": "APBD kabupaten/kota"}
    bbpjn = {"pemilik": "BBPJN", "jenis_pemilik": "Kementerian", "sumber_dana": "APBN", "wilayah": "16.02"}
    rest = {"pemilik": "PT Contoh", "sumber_dana": None}
    owned = {"Dinas PUPR": pupr, "BBPJN": bbpjn, "PT Contoh": rest}
    for owner, columns in owned.items():
        projects = [
            {"kode_proyek": f"{owner}-{size}", "tenaga_kerja": size, **columns, **RUNNING} for size in range(2, 14, 2)
        ]
        deliver(world, "proyek", *projects)
    paid = {"tgl_daftar": date(2024, 6, 1), "tgl_bayar": date(2024, 6, 1)}
    for owner, share in (("Dinas PUPR", 2), ("BBPJN", 1)):
        rows = [{"kode_proyek": f"{owner}-{size}", "tenaga_kerja": size // share, **paid} for size in range(2, 14, 2)]
        deliver(world, "pendaftaran", *rows, complete_for=owner, period=YEAR)
    return world


def test_the_sums_of_a_crowded_world_are_known_by_every_breakdown(crowded, tmp_path) -> None:
    edition, at = published(Home(tmp_path / "home"), crowded), naive.MonthEnd(naive.settled(crowded), MONTH)
    scopes = product(("00", "16", "16.71", "branch:kota"), (None, "BBPJN", "PT Contoh"), (None, "APBN", naive.UNKNOWN))
    for (place, owner, fund), by in product(list(scopes), SPLITS):
        assert_same_spreads(edition, at, Scope(place, owner, fund), by)
    sizes = [2, 4, 6, 8, 10, 12]
    squares = sum(size**2 for size in sizes)
    assert compute.spreads(edition, MONTH, Scope("16"), "owner") == {
        "Dinas PUPR": Spread(6, sum(sizes) // 2, sum(sizes), squares // 4, squares // 2, squares),
        "BBPJN": Spread(6, sum(sizes), sum(sizes), squares, squares, squares),
        "PT Contoh": Spread(0, 0, 0, 0, 0, 0),
    }


HUGE = 2_000_000_000


@pytest.fixture(scope="module")
def huge(tmp_path_factory) -> Edition:
    """Six projects of 10 workers paid by the province, all covered; as many of two thousand million by the kota, and
    six of 10 by the ministry, half of them covered.

    6 × (2 × 10^9)² is 2,4 × 10^19 and does not fit into 64 bits.
    """
    world = empty_world(MONTH)
    owned = {
        "Dinas Provinsi": ("APBD provinsi", 10, 10),
        "Dinas Kota": ("APBD kabupaten/kota", HUGE, HUGE),
        "Balai": ("APBN", 10, 5),
    }
    paid = {"tgl_daftar": date(2024, 6, 1), "tgl_bayar": date(2024, 6, 1)}
    for owner, (fund, workers, covered) in owned.items():
        codes = [f"{owner}-{number}" for number in range(6)]
        shared = {"pemilik": owner, "sumber_dana": fund, "tenaga_kerja": workers, **RUNNING}
        deliver(world, "proyek", *({"kode_proyek": code, **shared} for code in codes))
        rows = [{"kode_proyek": code, "tenaga_kerja": covered, **paid} for code in codes]
        deliver(world, "pendaftaran", *rows, complete_for=owner, period=YEAR)
    return published(Home(tmp_path_factory.mktemp("huge") / "home"), world)


def intervals(edition: Edition, by: str) -> dict[str, tuple]:
    found = compared(edition, "placement_coverage", MONTH, Scope("16"), by).entries
    return {entry.row.group: (entry.row.value, entry.low, entry.high) for entry in found}


# All covered: each of the 6 projects counts once. Half of every project covered: as much as 60 placements, less what
# the uncertain variance of 6 projects takes (Student's t of 5 degrees of freedom is 2,571).
ALIKE = 60 * (1.96 / 2.571) ** 2
WHOLLY = pytest.approx((100, *wilson_interval(100, 6)))
HALF = pytest.approx((50, *wilson_interval(50, ALIKE)), rel=0.01)


def test_where_a_sum_is_too_large_to_keep_the_value_stands_without_an_interval(huge) -> None:
    assert set(compute.spreads(huge, MONTH, Scope("16"), "owner")) == {"Dinas Provinsi", "Balai"}
    assert intervals(huge, "owner") == {
        "Dinas Provinsi": WHOLLY, "Balai": HALF, "Dinas Kota": (100 * 6 * HUGE / (6 * HUGE), None, None),
    }  # fmt: skip


def test_a_level_of_which_one_fund_is_too_large_has_no_interval_of_the_others(huge) -> None:
    assert compute.spreads(huge, MONTH, Scope("16"), "level")["daerah"].workers == 6 * 10
    daerah = 100 * (6 * 10 + 6 * HUGE) / (6 * 10 + 6 * HUGE)
    assert intervals(huge, "level") == {"pusat": HALF, "daerah": (daerah, None, None)}
    assert intervals(huge, "payer") == {
        "KPPN": HALF, "BPKAD provinsi": WHOLLY, "BPKAD kabupaten/kota": (100, None, None),
    }  # fmt: skip


def test_the_half_that_is_covered_alike_counts_its_workers(huge) -> None:
    spread = compute.spreads(huge, MONTH, Scope("16"), "owner")["Balai"]
    assert spread == Spread(6, 6 * 5, 6 * 10, 6 * 5**2, 6 * 5 * 10, 6 * 10**2)
    assert effective_number(spread) == pytest.approx(ALIKE, rel=0.01)
