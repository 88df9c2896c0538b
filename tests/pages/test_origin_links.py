"""From the rows of every page's tables to their origins: each link leads to the number that it stands on."""

import re
from collections import Counter
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from analytics import provenance
from analytics.indicators import INDICATORS
from data.access import EVERYTHING
from data.editions import published_edition
from tests.pages.conftest import html_of
from tests.pages.roles import OTHER_OWNER
from tests.pages.targets_home import make_targets_home
from tests.pages.test_roles import taken  # noqa: F401 - taken is a fixture
from ui import aims, asked_number, cached, formats, recap_columns

LANGUAGES = ("id", "en")
# What an address may carry: what is measured, and of which scope; never anything of a person.
CARRIED = {"bagian", "isi", "measure", "month", "place", "owner", "fund", "sector", "vintage", "lang"}
CELL = r"<t[hd][^>]*>(.*?)</t[hd]>"
WAY = r'<a aria-label="[^"]*, (?:asal angka|where it comes from)" href="([^"]*)">([^<]*)</a>'
# Columns of a recapitulation that show a part of their indicator, by the part.
PARTS = {"contract_value_rp": "denominator"} | dict.fromkeys(
    ("registered", "covered", "protected_persons"), "numerator"
)


@pytest.fixture(scope="module")
def targets_home(tmp_path_factory):
    return make_targets_home(tmp_path_factory.mktemp("targets"))


def linked_cells(app):
    """(header, text, address) of every number of a table that leads to its origin."""
    found = []
    for table in re.findall(r'<table class="ck-table">.*?</table>', html_of(app), re.DOTALL):
        head, *rows = (re.findall(CELL, row, re.DOTALL) for row in re.findall("<tr>(.*?)</tr>", table, re.DOTALL))
        for row in rows:
            found += [(unescape(header), *way) for header, cell in zip(head, row, strict=True) for way in ways_in(cell)]
    return found


def ways_in(html):
    """(text, address) of every link that says it leads to an origin."""
    return [(unescape(text), unescape(address)) for address, text in re.findall(WAY, html)]


def asked_for(address):
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def told(row, measure, part, language):
    """The ways in which a page words a number of a row."""
    amount, indicator = getattr(row, part), INDICATORS[measure]
    share = indicator.unit == "percent" and part == "value"
    unit = indicator.unit if part == "value" else "persons"
    return {
        formats.number(amount, language, 1 if share else 0),
        formats.in_unit(amount, unit, language),
        aims.amount(amount, unit, language),
    }


def followed(monkeypatch, home, app, language):
    """Every link of the page's tables, opened: how many by header, and that each tells the number it stands on."""
    monkeypatch.setenv("CAKUPAN_HOME", str(home.root))
    edition, served = published_edition(home, EVERYTHING), cached.served_edition(EVERYTHING)
    assert served is not None
    parts = {recap_columns.column_names(language)[name]: part for name, part in PARTS.items()}
    cells = linked_cells(app)
    for header, text, address in cells:
        params = asked_for(address)
        assert address.startswith("data_definisi?") and params.keys() <= CARRIED, address
        number = asked_number.read(params, served, language)
        assert not number.ignored, (address, number.ignored)
        [origin] = provenance.origin(edition, number.asked)
        part = parts.get(header) or ("numerator" if origin.row.value is None else "value")
        assert text in told(origin.row, number.measure, part, language), (header, text, address)
        assert origin.parts, address
    return Counter(header for header, _text, _address in cells)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_of_ringkasan_leads_to_its_numbers(look, monkeypatch, small_home, language):
    found = followed(monkeypatch, small_home, look(small_home, lang=language), language)
    trend, lacking, moved = (
        ("Cakupan, %", "Belum terlindungi", "Poin persen")
        if language == "id"
        else ("Coverage, %", "Not covered", "Percentage points")
    )
    # June and July on the line; the two bars at the ends; two places, owners and funds without protection.
    assert found == {trend: 2, moved: 2, lacking: 6}


@pytest.mark.parametrize("params", [{}, {"vintage": "BPS Sakernas"}])
def test_a_number_divided_by_a_chosen_estimate_leads_to_that_one(look, monkeypatch, two_estimates_home, params):
    found = followed(monkeypatch, two_estimates_home, look(two_estimates_home, **params), "id")
    assert found == {"Cakupan, %": 1}


def test_counts_without_a_percentage_lead_to_their_reports(look, monkeypatch, rounded_home):
    app = look(rounded_home, place="16.02")
    assert followed(monkeypatch, rounded_home, app, "id") == {"Peserta aktif": 2, "Gerak, orang": 2}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("params", [
    {}, {"measure": "active_members"}, {"measure": "placement_coverage"}, {"by": "branch"},
    {"tab": "pemilik"}, {"tab": "pemilik", "measure": "value_registration"}, {"tab": "dana"},
])  # fmt: skip
def test_every_table_of_perbandingan_leads_to_its_numbers(look, monkeypatch, small_home, params, language):
    found = followed(monkeypatch, small_home, look(small_home, "perbandingan", lang=language, **params), language)
    names = recap_columns.column_names(language)
    assert found[names["registered_pct"]] >= 2 and found[names["contract_value_rp"]] == 0  # nobody states a value
    assert len(found) >= 3  # of the comparison, the recapitulation and the months


def test_a_recapitulation_leads_to_the_numbers_of_every_owner_and_of_the_total(look, monkeypatch, owners_home):
    app = look(owners_home, "perbandingan", tab="pemilik", measure="value_registration")
    found = followed(monkeypatch, owners_home, app, "id")
    names = recap_columns.column_names("id")
    # Six owners and JUMLAH; the groups above lead to the value of their contracts as a share.
    assert [found[names[name]] for name in ("contract_value_rp", "registered", "registered_pct")] == [6 + 1] * 3


def test_only_the_total_of_payers_leads_anywhere_for_no_scope_names_one(look, monkeypatch, small_home):
    app = look(small_home, "perbandingan", tab="dana", by="payer")
    found = followed(monkeypatch, small_home, app, "id")
    assert set(found.values()) == {1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_of_capaian_target_leads_to_its_numbers(look, monkeypatch, targets_home, language):
    app = look(targets_home, "capaian_target", lang=language)
    found = followed(monkeypatch, targets_home, app, language)
    now, before = ("Sekarang", "Bulan yang sama tahun lalu") if language == "id" else ("Now", "Same month last year")
    assert found[now] >= 1 and found[before] >= 1
    assert re.findall(r'<b><a aria-label="[^"]*" href="data_definisi\?', html_of(app))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", ["indikator", "revisi"])
def test_conclusions_and_revisions_lead_to_their_numbers(look, monkeypatch, two_estimates_home, part, language):
    app = look(two_estimates_home, "data_definisi", bagian="definisi", isi=part, lang=language)
    assert followed(monkeypatch, two_estimates_home, app, language)


def test_rankings_lead_to_the_number_of_each_bar(look, small_home):
    app = look(small_home)
    bars = [way for bar in re.findall("<b>.*?</b>", html_of(app)) for way in ways_in(bar)]
    assert len(bars) == 6
    served = cached.served_edition(EVERYTHING)
    assert served is not None
    for text, address in bars:
        number = asked_number.read(asked_for(address), served, "id")
        [origin] = provenance.origin(published_edition(small_home, EVERYTHING), number.asked)
        assert text == formats.number(origin.row.value, "id")


@pytest.mark.usefixtures("taken")
@pytest.mark.parametrize("name", ["opd", "opd.kota", "petugas", "inspektorat"])
@pytest.mark.parametrize("page", ["", "perbandingan"])
def test_a_limited_account_is_led_nowhere_beyond_its_grant(look_as, roles_home, name, page):
    app = look_as(roles_home, name, page)
    for _header, _text, address in linked_cells(app):
        params = asked_for(address)
        assert params["place"] != "16.04" and params.get("owner") != (OTHER_OWNER if name.startswith("opd") else "")
        opened = look_as(roles_home, name, "data_definisi", **params)
        assert "kiriman di balik angka ini" in html_of(opened) and "diabaikan" not in html_of(opened), address


def test_files_carry_the_numbers_and_no_address(look, small_home, taken):  # noqa: F811
    assert linked_cells(look(small_home))
    tables = [content.decode("utf-8-sig") for content in taken if not content.startswith(b"PK")]
    assert any('"30"' in table for table in tables) and not any("data_definisi" in table for table in tables)
