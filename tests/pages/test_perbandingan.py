"""Perbandingan on homes small enough to know every number on it."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.pages.conftest import OTHER_OWNERS, html_of, language_link_of, links_of, text_of


@pytest.fixture
def compare(look):
    return lambda home, **params: look(home, page="perbandingan", **params)


def links_in_html(app):
    """Text → parameters of the links that the page wrote itself."""
    found = re.findall(r'<a href="(\?[^"]*)"[^>]*>([^<]*)</a>', html_of(app))
    return {text: parse_qs(urlsplit(address.replace("&amp;", "&")).query) for address, text in found}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    "params",
    [
        {},
        {"by": "branch"},
        {"place": "16.71", "measure": "active_members"},
        {"place": "00"},
        {"place": "branch:kota"},
        {"fund": "APBN", "measure": "unprotected_placements"},
        {"tab": "pemilik"},
        {"tab": "pemilik", "owner": "Dinas PUPR", "measure": "value_registration"},
        {"tab": "pemilik", "measure": "uncovered_worker_days"},
        {"tab": "dana", "measure": "site_coverage"},
        {"tab": "dana", "by": "payer", "measure": "contributions_paid_rp"},
        {"tab": "dana", "by": "level", "measure": "on_time_registration"},
    ],
)
def test_the_page_runs_for_every_tab_and_breakdown(compare, small_home, language, params):
    assert "ck-title" in html_of(compare(small_home, lang=language, **params))


@pytest.mark.parametrize("tab", ["wilayah", "pemilik", "dana"])
def test_a_home_with_official_figures_only_says_what_is_missing(compare, official_home, tab):
    assert "belum ada data" in text_of(compare(official_home, tab=tab))


def test_places_are_indicative_and_named_in_the_order_of_their_codes(compare, small_home):
    # Placements in July: 6 of 10 on A in Palembang, 0 of 6 on B in OKI.
    app = compare(small_home, measure="placement_coverage")
    text = text_of(app)
    assert (
        "Cakupan penempatan kerja: tertinggi Kota Palembang 60,0 %, terendah Kabupaten Ogan Komering Ilir 0,0 %" in text
    )
    assert "2 dari 17 ada angkanya" in text
    assert "Tanpa proyek berjalan: Kabupaten Banyuasin, Kabupaten Empat Lawang," in text
    assert "dan 3 lainnya." in text  # 15 without a project, 12 of them named


def test_estimates_by_place_are_not_ranked(compare, two_estimates_home):
    text = text_of(compare(two_estimates_home))
    assert "menurut kabupaten/kota, Sumatera Selatan: belum ada data" in text
    assert "Kesimpulan menurut penyebut: 45,6 % dari 270 ribu; 70,3 % dari 174.890" in text


def test_each_source_of_estimates_is_a_link_that_switches_to_it(compare, two_estimates_home):
    app = compare(two_estimates_home, month="2024-07")
    assert links_in_html(app)["BPS Sakernas"] == {"month": ["2024-07"], "vintage": ["BPS Sakernas"]}
    app = compare(two_estimates_home, vintage="BPS Sakernas")
    assert app.selectbox(key="scope-vintage").value == "BPS Sakernas"


def test_members_without_an_estimate_are_told_without_a_percentage(compare, rounded_home):
    text = text_of(compare(rounded_home, place="16"))
    assert "Cakupan pekerja konstruksi menurut kabupaten/kota, Sumatera Selatan: belum ada penyebut" in text
    assert "Kabupaten Lahat 200 – – ◇ belum ada penyebut" in text


def test_owners_are_ranked_judged_and_counted(compare, owners_home):
    # 12/12, 3 × 6/10, 2/12 of those with 5 projects or more; 0/3 is not judged. Together 32 of 57.
    text = text_of(compare(owners_home, tab="pemilik", measure="project_registration"))
    assert f"rata-rata {100 * 32 / 57:.1f} %".replace(".", ",") in text
    # Wherever chance alone could put them, nobody is called the highest or the lowest.
    assert "Tidak satu pun dari 5 pemilik proyek berbeda dari rata-rata" in text
    assert "tertinggi" not in text
    assert "6 dari 6 ada angkanya" in text
    assert "PT Contoh 0,0 % ○ tidak dinilai" in text
    assert "Di bawah 5 proyek tidak dinilai" in text


def test_the_table_holds_counts_judgement_and_contract_value(compare, owners_home):
    text = text_of(compare(owners_home, tab="pemilik", measure="project_registration"))
    assert re.search(r"BBPJN 12 12 100,0 [\d,]+ 100,0 .* ● ada 12 12\.000\.000", text)  # 12 projects of Rp1 juta


def test_only_project_based_measures_have_a_funnel(compare, owners_home):
    def figures(**params):
        return len(compare(owners_home, tab="pemilik", **params).get("plotly_chart"))

    assert figures(measure="project_registration") == figures(measure="value_registration") + 1


def test_a_name_narrows_the_scope_and_stays_on_the_page(compare, owners_home):
    app = compare(owners_home, tab="pemilik", month="2024-07", lang="en")
    assert links_in_html(app)["BBPJN"] == {
        "tab": ["pemilik"],
        "month": ["2024-07"],
        "lang": ["en"],
        "owner": ["BBPJN"],
    }


def test_the_chosen_owner_stands_out_among_all(compare, owners_home):
    page = html_of(compare(owners_home, tab="pemilik", owner="Dinas A", measure="project_registration"))
    [row] = re.findall(r'<li class="row chosen">(.*?)</li>', page)
    assert "Dinas A" in row
    assert "BBPJN" in page


def test_the_largest_owners_are_followed_unless_others_are_chosen(compare, owners_home):
    def followed(**params):
        app = compare(owners_home, tab="pemilik", measure="project_registration", **params)
        return app.multiselect(key="view-show").value

    assert sorted(followed()) == ["BBPJN", *OTHER_OWNERS, "Dinas PUPR"]  # without PT Contoh, the smallest
    assert followed(show="PT Contoh|Dinas A") == ["PT Contoh", "Dinas A"]


def test_central_and_regional_money_are_set_against_each_other(compare, owners_home):
    text = text_of(compare(owners_home, tab="dana", by="level", measure="project_registration"))
    assert "pusat 12 12 100,0" in text  # BBPJN alone
    assert f"daerah {2 + 3 * 6} {12 + 3 * 10} {100 * 20 / 42:.1f}".replace(".", ",") in text


def test_without_registrations_the_projects_are_counted_and_nothing_reads_zero(compare, unjudged_home):
    app = compare(unjudged_home, tab="pemilik", measure="project_registration")
    text = text_of(app)
    assert "Proyek terdaftar menurut pemilik proyek, Sumatera Selatan: belum ada data" in text
    assert "1 proyek berjalan tercatat, tetapi datanya belum lengkap" in text
    assert "○ belum ada data" in text
    assert re.search(r"\d ?%", text) is None


def test_the_measure_of_people_is_refused_by_owner_with_its_reason(compare, owners_home):
    text = text_of(compare(owners_home, tab="pemilik", measure="population_coverage"))
    assert "tidak ada survei pekerja menurut keduanya; yang ditampilkan cakupan penempatan kerja" in text


def test_every_table_can_be_taken_away_twice(compare, owners_home):
    app = compare(owners_home, tab="pemilik", measure="project_registration")
    tables = html_of(app).count('<table class="ck-table">')
    labels = [button.label for button in app.get("download_button")]
    assert (labels.count("Unduh CSV"), labels.count("Unduh XLSX")) == (tables, tables)


def test_every_panel_of_the_trend_is_told_in_words(compare, small_home):
    # Dinas PUPR: 6 of 10 in June (1 named, 5 unnamed) and in July (2 and 4).
    page = html_of(compare(small_home, tab="pemilik", measure="placement_coverage"))
    assert 'alt="Dinas PUPR: 60,0 % pada Juni 2024, 60,0 % pada Juli 2024"' in page


def test_the_way_to_the_summary_and_the_other_language_keep_the_view(compare, owners_home):
    app = compare(owners_home, tab="pemilik", measure="project_registration", month="2024-07")
    view = {"tab": ["pemilik"], "measure": ["project_registration"], "month": ["2024-07"]}
    assert parse_qs(links_of(app)["Ringkasan"]) == view
    assert parse_qs(language_link_of(app)[1]) == view | {"lang": ["en"]}
    assert '<span class="ck-here" aria-current="page">Perbandingan</span>' in html_of(app)


def test_the_tabs_write_the_address_and_drop_a_measure_that_does_not_fit(compare, owners_home):
    app = compare(owners_home, measure="gap_to_estimate", by="branch")
    app.button_group(key="view-tab").set_value("dana").run()
    assert not app.exception
    assert app.query_params == {"tab": "dana"}


def test_a_home_without_an_edition_says_how_to_begin(compare, home):
    assert "Belum ada edisi berisi data" in text_of(compare(home))
