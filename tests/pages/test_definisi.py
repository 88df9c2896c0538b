"""The tab Definisi: what a number means, where it comes from and how it was told before, in both languages."""

import gzip
import re
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from analytics.indicators import INDICATORS
from data.editions import publish
from data.home import Home
from data.ledger import mark_demo
from tests.analytics.test_provenance import repeated_world
from tests.analytics.test_revisions import grown
from tests.pages.conftest import HOSTILE_OWNER, estimates_world, html_of, text_of
from tests.pages.roles import OTHER_OWNER
from tests.pages.targets_home import IN_PROVINCE, make_targets_home
from tests.pages.test_roles import foreign_to, taken, told  # noqa: F401 - taken is a fixture
from tests.worlds import deliver, empty_world, load_world
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


def test_rows_beyond_the_year_of_a_number_are_told_apart(look, tmp_path):
    home = Home(tmp_path / "home")
    load_world(home, repeated_world())
    publish(home, as_of=date(2024, 6, 30))
    text = text_of(part(look, home, "asal", measure="contributions_paid_rp", place="16.71"))
    assert (
        "Dari 4 baris di bawah 2 membentuk angka ini; 2 lainnya tentang proyek yang sama, tetapi di luar masanya"
        in text
    )
    rows = text_of(
        part(look, home, "asal", measure="contributions_paid_rp", place="16.71", kiriman="2-pendaftaran", lang="en")
    )
    assert "some of them may lie beyond the time of this number" in rows
    whole = text_of(part(look, home, "asal", measure="project_registration", place="16.71"))
    assert "membentuk angka ini" not in whole


def test_of_all_sectors_it_is_said_which_rows_of_a_recapitulation_are_added(look, tmp_path):
    home, world = Home(tmp_path / "home"), empty_world(date(2024, 6, 30))
    told = {"wilayah": "16", "bulan": date(2024, 6, 30)}
    totals = [{**told, "segmen": segment, "peserta_aktif": 100} for segment in ("JAKON", "PU", "BPU")]
    deliver(world, "rekap", *totals)
    grown(world, home)
    all_sectors = {"measure": "active_members", "place": "16", "sector": "semua sektor"}
    caution = "Angka ini menjumlahkan totalnya, atau bagiannya bila totalnya tidak ada"
    assert caution not in text_of(part(look, home, "asal", **all_sectors))  # every row is added
    deliver(world, "rekap", {**told, "segmen": "PU", "sektor": "perdagangan", "peserta_aktif": 30})
    grown(world, home)
    for address in ({}, {"kiriman": "1-rekap"}):
        text = text_of(part(look, home, "asal", **all_sectors, **address))
        assert "Sumatera Selatan · Juni 2024: 300" in text
        assert caution in text
    assert caution not in text_of(part(look, home, "asal", measure="active_members", place="16"))


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


def test_in_english_sources_are_english_and_the_mark_of_a_demonstration_is_explained(look, tmp_path):
    home, world = Home(tmp_path / "home"), estimates_world()
    load_world(home, world)
    mark_demo(home)
    publish(home, as_of=world["as_of"])
    app = part(look, home, "indikator", lang="en")
    assert "memberships, registrations, recapitulations and official figures of BPJS" in text_of(app)
    assert "kepesertaan, pendaftaran" not in text_of(app)
    [citation] = [code.value for code in app.code]
    assert citation.startswith("DATA CONTOH (demonstration data). ")


def test_a_conclusion_that_hangs_on_the_denominator_is_called_so(look, two_estimates_home):
    text = text_of(part(look, two_estimates_home, "indikator"))
    # 123.000 of 270.000 are 45,6 %, of 174.890 they are 70,3 %.
    assert "Lebih dari separuh terlindungi? Kanwil 31 Mei 2024 270.000 45,6 % 50,0 % tidak ▲ bergantung" in text
    assert "Lebih dari separuh terlindungi? BPS Sakernas 29 Februari 2024 174.890 70,3 % 50,0 % ya ▲ bergantung" in text
    none = text_of(part(look, two_estimates_home, "indikator", measure="project_registration"))
    assert "Ukuran ini tidak dibagi perkiraan jumlah pekerja" in none


@pytest.fixture(scope="module")
def aims_home(tmp_path_factory):
    return make_targets_home(tmp_path_factory.mktemp("aims"))


@pytest.fixture(scope="module")
def two_targets_home(tmp_path_factory):
    """A target of coverage beside the two estimates of two_estimates_home."""
    world = estimates_world()
    deliver(world, "target", {**IN_PROVINCE, "tahun": 2024, "nilai": Decimal(48)})
    return make_targets_home(tmp_path_factory.mktemp("goal"), world)


def test_an_attainment_names_the_target_its_measure_its_document_and_what_divides_the_value(look, aims_home):
    app = part(look, aims_home, "indikator", measure="target_attainment", place="16")
    text = text_of(app)
    where = "Cakupan pekerja konstruksi · Sumatera Selatan, Juni 2025"
    assert f"Contoh dengan data sekarang: {where}" in text
    assert "60,0 % ÷ 70 % × 100 % = 85,7 %" in text
    stated = "Penyebut: target 2025 menurut Pemprov, dokumen “Rencana perubahan”."
    divided = "Nilai indikator: 60 ÷ 100 = 60,0 %; penyebutnya BPS, per 1 Januari 2021."
    [citation] = [code.value for code in app.code]
    assert citation.startswith(f"Capaian target · {where}: 85,7 % (60,0 % dari 70 %). ")
    assert f"{stated} {divided}" in citation
    assert stated in text and divided in text
    assert "target lain yang sebanding" not in text


def test_an_attainment_of_money_is_told_in_rupiah_and_says_that_there_are_other_targets(look, aims_home):
    app = part(look, aims_home, "indikator", measure="target_attainment", place="branch:kota")
    [citation] = [code.value for code in app.code]
    assert "Iuran dibayar tahun berjalan · Kelompok kota, Juni 2025: 1,7 % (Rp240.000 dari Rp13.950.000)." in citation
    assert "Penyebut: target 2025 menurut" in citation
    assert "Nilai indikator:" not in citation  # nothing divides it
    assert "2 target lain yang sebanding ada di halaman Capaian Target." in text_of(app)
    assert "Ukuran ini tidak dibagi perkiraan jumlah pekerja" in text_of(app)


def test_of_a_target_of_coverage_the_conclusions_are_those_of_the_coverage(look, two_targets_home):
    text = text_of(part(look, two_targets_home, "indikator", measure="target_attainment"))
    assert "Nilai yang dibandingkan dengan target ini sendiri dibagi perkiraan jumlah pekerja" in text
    assert "Ukuran ini tidak dibagi perkiraan" not in text
    # 123.000 of 270.000 are 45,6 %, of 174.890 they are 70,3 %.
    assert "Di atas target Pemprov 48 %? Kanwil 31 Mei 2024 270.000 45,6 % 48,0 % tidak ▲ bergantung" in text
    assert "Di atas target Pemprov 48 %? BPS Sakernas 29 Februari 2024 174.890 70,3 % 48,0 % ya ▲ bergantung" in text


def test_where_no_target_compares_there_is_no_conclusion_of_one(look, two_targets_home):
    text = text_of(part(look, two_targets_home, "indikator", measure="target_attainment", place="16.71"))
    assert "Di sini tidak ada target yang sebanding, jadi belum ada kesimpulan." in text


def test_one_edition_alone_has_no_revision(look, small_home):
    assert "baru satu edisi, jadi belum ada revisi" in text_of(part(look, small_home, "revisi"))


def test_the_heading_of_revisions_does_not_deny_an_edition_between(look, tmp_path):
    """60 of an estimated 100, of 80 by a delivery that is undone again; last the report itself is undone."""
    home, world = Home(tmp_path / "home"), empty_world(date(2024, 6, 30))
    report = deliver(world, "rekap", {"wilayah": "16", "bulan": date(2024, 6, 30), "peserta_aktif": 60})
    estimate = {"wilayah": "16", "per_tanggal": date(2024, 1, 31), "pekerja": 100}
    deliver(world, "penduduk_bekerja", estimate)
    grown(world, home)
    grown(world, home)
    assert "tidak ada bulan yang berubah sejak pertama terbit" in text_of(part(look, home, "revisi"))
    newer = deliver(world, "penduduk_bekerja", estimate | {"pekerja": 80}, as_of=world["as_of"])
    grown(world, home)
    moved = "1 dari 1 bulan berubah sejak pertama terbit; terbesar Juni 2024, +15,0 poin"
    assert moved in text_of(part(look, home, "revisi"))
    world["batches"][newer - 1]["undone"] = True
    grown(world, home)
    back = "1 dari 1 bulan pernah berubah, dan sekarang sama lagi dengan pertama terbit"
    assert back in text_of(part(look, home, "revisi"))
    world["batches"][report - 1]["undone"] = True
    deliver(world, "rekap", {"wilayah": "16.71", "bulan": date(2024, 6, 30), "peserta_aktif": 9})
    grown(world, home)
    gone = text_of(part(look, home, "revisi", place="16"))
    assert "1 dari 1 bulan pernah berubah sejak pertama terbit" in gone


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
