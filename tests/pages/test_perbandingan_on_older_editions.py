"""Both pages on editions of earlier schemas: what those cannot tell is said to be missing, never shown as zero."""

import gzip
import re
from pathlib import Path

import pytest

from data.home import Home
from tests.pages.conftest import html_of, text_of

FIXTURES = Path(__file__).parents[1] / "fixtures"
VERSIONS = (1, 2)
GROUPED = {
    "owner": {"tab": "pemilik"},
    "fund": {"tab": "dana"},
    "payer": {"tab": "dana", "by": "payer"},
    "level": {"tab": "dana", "by": "level"},
}
# What the one project of either edition is called by each breakdown; the first knew no fund of it.
GROUPS = {
    1: {"owner": "Dinas PUPR", "fund": "belum diisi", "payer": "belum diisi", "level": "belum diisi"},
    2: {
        "owner": "Dinas PUPR",
        "fund": "APBD kabupaten/kota",
        "payer": "BPKAD kabupaten/kota",
        "level": "daerah",
    },
}
# One of each that an edition holds apart: placements, registrations, days of the month, the year to date.
OF_PROJECTS = ("placement_coverage", "project_registration", "uncovered_worker_days", "contributions_paid_rp")


@pytest.fixture(scope="module")
def older_homes(tmp_path_factory):
    """By schema, a home that serves its edition: 123.000 of 270.000, and one project of Dinas PUPR in Palembang.

    Of schema 1 nobody has reported registrations; of schema 2 they are complete in Palembang.
    """
    homes = {version: Home(tmp_path_factory.mktemp("older") / "home") for version in VERSIONS}
    for version, home in homes.items():
        home.editions_dir.mkdir(parents=True)
        packed = (FIXTURES / f"edition-schema-{version}.duckdb.gz").read_bytes()
        (home.editions_dir / "000001.duckdb").write_bytes(gzip.decompress(packed))
        home.current_path.write_text("1")
    return homes


@pytest.fixture
def compare(look):
    return lambda home, **params: look(home, page="perbandingan", **params)


def groups_of(app):
    """What stands in the first column of the tables; in a recapitulation, the second, without its total."""
    cells = re.findall(r"<tr>(?:<td[^>]*>\d*</td>)?<td[^>]*>(.*?)</td>", html_of(app))
    return {re.sub(r"<[^>]*>", "", cell) for cell in cells} - {"JUMLAH"}


def has_a_zero(text):
    """Whether any figure is nothing: 0, 0,0 or 0.0, but not the 0 of 20 or of 10,0."""
    return re.search(r"(?<![\d.,])0([.,]0)?(?![\d.,])", text) is not None


def has_zero_percent(text):
    """Whether a share is nothing; the 0 % of an axis has no decimals."""
    return re.search(r"(?<!\d)0[.,]0 ?%", text) is not None


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("params", [{}, {"month": "2024-12"}, {"owner": "Dinas PUPR"}, {"lang": "en"}])
def test_the_summary_shows_an_older_edition_without_a_share_of_nothing(look, older_homes, version, params):
    text = text_of(look(older_homes[version], **params))
    assert re.search(r"Edi(si|tion) 1, ", text)
    assert not has_zero_percent(text)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_summary_of_an_older_edition_has_its_headline(look, older_homes, version):
    assert f"{100 * 123 / 270:.1f} %".replace(".", ",") in text_of(look(older_homes[version]))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "params", [{}, {"place": "00"}, {"by": "branch"}, {"measure": "site_coverage"}, {"measure": "on_time_registration"}]
)
def test_places_are_compared_on_an_older_edition(compare, older_homes, version, params):
    app = compare(older_homes[version], **params)
    assert not has_zero_percent(text_of(app))
    assert not any("Dinas PUPR" in group for group in groups_of(app))


@pytest.mark.parametrize("by", GROUPED)
@pytest.mark.parametrize("measure", OF_PROJECTS)
def test_without_registrations_no_owner_or_fund_of_the_first_schema_is_at_zero(compare, older_homes, by, measure):
    app = compare(older_homes[1], **GROUPED[by], measure=measure)
    assert "belum ada data" in text_of(app)
    assert not has_a_zero(text_of(app))
    assert groups_of(app) <= {GROUPS[1][by]}
    assert all(set(box.value) <= {"Dinas PUPR"} for box in app.multiselect)


@pytest.mark.parametrize("by", GROUPED)
@pytest.mark.parametrize("measure", OF_PROJECTS)
def test_owners_and_funds_of_the_second_schema_are_compared(compare, older_homes, by, measure):
    app = compare(older_homes[2], **GROUPED[by], measure=measure)
    assert groups_of(app) == {GROUPS[2][by]}
    assert not has_zero_percent(text_of(app))


def test_the_second_schema_tells_what_it_knew_by_owner(compare, older_homes):
    # 1 named and 3 unnamed of 5 workers of the only project.
    app = compare(older_homes[2], tab="pemilik", month="2024-12")
    assert f"Dinas PUPR 4 5 {100 * 4 / 5:.1f}".replace(".", ",") in text_of(app)
    app = compare(older_homes[2], tab="pemilik", measure="project_registration", month="2024-12")
    assert "Dinas PUPR 1 1 100,0" in text_of(app)


@pytest.mark.parametrize("version", VERSIONS)
def test_sectors_are_unknown_to_an_older_edition(look, compare, older_homes, version):
    home = older_homes[version]
    assert "Rincian “sector” pada tautan tidak dapat dipakai di sini" in text_of(compare(home, by="sector"))
    assert not has_zero_percent(text_of(look(home, sector="semua sektor")))
