"""The tab Definisi: what a number means, where it comes from and how it was told before, in both languages."""

import gzip
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from analytics.indicators import INDICATORS
from data.home import Home
from tests.pages.conftest import HOSTILE_OWNER, html_of, text_of
from tests.pages.roles import OTHER_OWNER
from tests.pages.test_roles import foreign_to, taken, told  # noqa: F401 - taken is a fixture
from ui.asked_number import MEASURES

FIXTURES = Path(__file__).parents[1] / "fixtures"
PARTS = ("indikator", "asal", "revisi")
DEFINITIONS = {"bagian": "definisi"}


def part(look, home, name, **params):
    return look(home, "data_definisi", bagian="definisi", isi=name, **params)


def addresses_of(app, start):
    """Every address in the HTML of the page that begins so."""
    return [
        unescape(found) for found in re.findall(r'href="([^"]*)"', html_of(app)) if unescape(found).startswith(start)
    ]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", PARTS)
def test_every_part_opens_in_both_languages(look, small_home, name, language):
    text = text_of(part(look, small_home, name, lang=language))
    label = INDICATORS["population_coverage"].label.in_language(language)
    assert label in text
    assert ("Sumatera Selatan" in text) and ("{" not in text)


@pytest.mark.parametrize("name", PARTS)
def test_every_measure_can_be_asked_for(look, small_home, name):
    app = part(look, small_home, name)
    for code in INDICATORS if name == "indikator" else MEASURES:
        app.query_params["measure"] = code
        app.run()
        assert not app.exception, (code, app.exception)
        assert INDICATORS[code].label.id in text_of(app)


def test_from_a_number_to_the_rows_of_a_file_in_three_steps(look, small_home):
    ways = [link.proto.query_string for link in look(small_home).get("page_link") if link.proto.label == "Asal angka"]
    address = ways[0]  # beside the headline; another leads from the rankings
    asked = {name: values[0] for name, values in parse_qs(address).items()}
    assert asked == {
        "bagian": "definisi", "isi": "asal", "measure": "population_coverage", "month": "2024-07", "place": "16",
    }  # fmt: skip
    app = look(small_home, "data_definisi", **asked)
    # In July two persons and 6 − 2 unnamed, of twenty.
    assert "Cakupan pekerja konstruksi · Sumatera Selatan · Juli 2024: 6 ÷ 20 = 30,0 %" in text_of(app)
    assert "2 + 4 = 6" in text_of(app)
    [delivery] = [address for address in addresses_of(app, "?") if "kepesertaan" in address]
    app = look(small_home, "data_definisi", **{name: value[0] for name, value in parse_qs(delivery[1:]).items()})
    assert "2 baris dari kiriman 3, kepesertaan.csv" in text_of(app)
    assert "A · Peningkatan Jalan Kota Palembang 2 2–3" in text_of(app)
    [dossier] = [address for address in addresses_of(app, "proyek?") if "proyek=" in address]
    assert parse_qs(dossier.partition("?")[2])["proyek"] == ["A"]


def test_projects_are_listed_with_what_each_adds_and_the_sum_is_the_number(look, small_home):
    text = text_of(part(look, small_home, "asal", measure="placement_coverage"))
    assert "Cakupan penempatan kerja · Sumatera Selatan · Juli 2024: 6 ÷ 16 = 37,5 %" in text
    assert "Jumlah proyek di bawah sama dengan angka di atas." in text
    assert "A · Peningkatan Jalan Dinas PUPR 6 10" in text


def test_names_from_files_are_text_everywhere(look, small_home):
    for name in PARTS:
        written = html_of(part(look, small_home, name, measure="placement_coverage", place="16.02"))
        assert "<img" not in written
    assert HOSTILE_OWNER in text_of(part(look, small_home, "asal", measure="placement_coverage", place="16.02"))


def test_what_an_address_says_wrongly_is_ignored_with_a_sentence(look, small_home):
    app = part(look, small_home, "asal", measure="luas", kiriman="99-proyek", hal="7")
    assert "Ukuran “luas” pada tautan tidak dikenal atau tidak ada untuk pilihan ini; diabaikan." in text_of(app)
    assert "Kiriman “99-proyek” pada tautan tidak ada di balik angka ini; diabaikan." in text_of(app)


def test_another_scope_begins_without_the_delivery_of_the_one_before(look, small_home):
    app = part(look, small_home, "asal", kiriman="3-kepesertaan", hal="1")
    app.selectbox(key="scope-measure").select("placement_coverage").run()
    assert {"kiriman", "hal"}.isdisjoint(app.query_params)
    assert "kiriman di balik angka ini" in text_of(app)


def test_a_measure_that_no_owner_has_gives_way_to_that_of_projects(look, small_home):
    app = part(look, small_home, "asal", measure="population_coverage", owner="Dinas PUPR")
    assert "Cakupan penempatan kerja · Dinas PUPR, Sumatera Selatan" in text_of(app)


def test_an_unknown_number_says_why_and_lists_nothing(look, unjudged_home):
    text = text_of(part(look, unjudged_home, "asal", measure="placement_coverage"))
    assert "Datanya belum lengkap untuk semua proyek pilihan ini" in text
    assert "kiriman di balik angka ini" not in text


def test_the_definition_is_worked_out_with_the_numbers_of_the_scope(look, small_home):
    text = text_of(part(look, small_home, "indikator"))
    assert "(Bernama + Tanpa nama) ÷ Perkiraan jumlah pekerja × 100 %" in text
    assert "(2 + 4) ÷ 20 × 100 % = 30,0 %" in text


def test_the_citation_says_all_that_one_needs_to_find_the_number_again(look, small_home):
    [citation] = [code.value for code in part(look, small_home, "indikator").code]
    assert citation.startswith("Cakupan pekerja konstruksi · Sumatera Selatan, Juli 2024: 30,0 % (6 dari 20). ")
    assert "Penyebut: BPS, per 31 Januari 2024." in citation
    assert re.search(
        r"edisi 1, diterbitkan .* dihitung per 31 Juli 2024; definisi population_coverage versi 2", citation
    )
    assert re.search(r"Sidik edisi [0-9a-f]{16}\.$", citation)


def test_a_conclusion_that_hangs_on_the_denominator_is_called_so(look, two_estimates_home):
    text = text_of(part(look, two_estimates_home, "indikator"))
    # 123.000 of 270.000 are 45,6 %, of 174.890 they are 70,3 %.
    assert "Lebih dari separuh terlindungi? Kanwil 31 Mei 2024 270.000 45,6 % 50,0 % tidak ▲ bergantung" in text
    assert "Lebih dari separuh terlindungi? BPS Sakernas 29 Februari 2024 174.890 70,3 % 50,0 % ya ▲ bergantung" in text
    none = text_of(part(look, two_estimates_home, "indikator", measure="project_registration"))
    assert "Ukuran ini tidak dibagi perkiraan jumlah pekerja" in none


def test_one_edition_alone_has_no_revision(look, small_home):
    assert "baru satu edisi, jadi belum ada revisi" in text_of(part(look, small_home, "revisi"))


@pytest.mark.parametrize("name", PARTS)
def test_an_edition_of_an_older_program_still_opens(look, tmp_path, name):
    home = Home(tmp_path / "home")
    home.editions_dir.mkdir(parents=True)
    packed = (FIXTURES / "edition-schema-4.duckdb.gz").read_bytes()
    (home.editions_dir / "000001.duckdb").write_bytes(gzip.decompress(packed))
    home.current_path.write_text("1")
    text = text_of(part(look, home, name))
    assert ("terbitkan edisi baru untuk melihatnya" in text) == (name == "asal")


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("account", ["cabang", "opd", "opd.kota"])
def test_no_part_shows_anything_beyond_the_scope_of_an_account(look_as, taken, roles_home, account, name):  # noqa: F811
    for address in ({}, {"place": "16.04"}, {"place": "16", "owner": OTHER_OWNER}, {"measure": "placement_coverage"}):
        everything = told(look_as(roles_home, account, "data_definisi", **DEFINITIONS, isi=name, **address), taken)
        echoed = OTHER_OWNER if OTHER_OWNER in address.values() else None
        assert [text for text in foreign_to(account) if text in everything and text != echoed] == []


@pytest.mark.parametrize("name", ["asal", "revisi"])
def test_a_file_that_tells_of_a_number_says_of_which_and_in_what_unit(look, taken, small_home, name):  # noqa: F811
    part(look, small_home, name)
    files = [file.decode("utf-8-sig") for file in taken if not file.startswith(b"PK")]
    label = INDICATORS["population_coverage"].label.id
    [first, *_others] = [file for file in files if '"Lingkup: ukuran";"Lingkup: satuan";"Lingkup: bulan"' in file]
    assert f'"{label}";"persen";"2024-07"' in first
