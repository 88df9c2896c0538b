"""Bahan Rapat on homes small enough to count on paper: the form, the preview, the files and what is kept."""

import gzip
import shutil
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import streamlit as st

from data import journal, packs
from data.access import EVERYTHING, LOCAL
from data.home import Home
from data.packs import PackRequest
from tests.pages.conftest import html_of, language_link_of, links_of, text_of
from ui.pack_files import make_pack
from ui.texts import translator

PAGE = "bahan_rapat"
FIXTURES = Path(__file__).parents[1] / "fixtures"
JULY = {"month": "2024-07", "tanggal": "2024-08-05"}
ASKED = {"rapat": "Rapat Sekda", "isi": "trend,owner"}
FORMATS = {"pptx": b"PK", "xlsx": b"PK", "docx": b"PK", "pdf": b"%PDF", "png": b"\x89PNG", "zip": b"PK"}


@pytest.fixture
def page(look, small_home):
    return lambda **params: look(small_home, page=PAGE, **(JULY | params))


@pytest.fixture
def files(monkeypatch):
    """What the buttons of a page would give, by name."""
    found, offered = {}, st.download_button

    def offer(text, data, name, *arguments, **options):
        pressed = offered(text, data, name, *arguments, **options)
        found[name] = data
        return pressed

    monkeypatch.setattr(st, "download_button", offer)
    return found


def value_of(app, name):
    return app.session_state[f"meeting-{name}"]


def titles_of(app):
    return html_of(app).split('class="ck-pack"')[1].split("<h2>")[1:]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("audience", ["pimpinan", "cabang", "opd", "inspektorat"])
def test_every_audience_has_a_pack_in_both_languages(page, audience, language):
    app = page(untuk=audience, lang=language)
    _ = translator(language)
    assert _("Buat bahan rapat") in [button.label for button in app.button]
    assert value_of(app, "rapat").startswith({"id": "Rapat", "en": ""}[language])
    assert value_of(app, "isi") != []
    assert "ck-notice" not in html_of(app)


def test_the_preview_says_what_the_screen_says(look, page, small_home):
    """July: 1 on B and … of A are named; the sentence above the line is one and the same."""
    screen = html_of(look(small_home, month="2024-07"))
    above_the_line = screen.split('<h2 class="ck-title">')[1].split("</h2>")[0]
    assert above_the_line in [title.split("</h2>")[0] for title in titles_of(page())]


def test_the_address_reproduces_the_form(page):
    app = page(rapat="Rapat Sekda", untuk="opd", isi="fund,trend")
    assert value_of(app, "rapat") == "Rapat Sekda"
    assert value_of(app, "tanggal") == date(2024, 8, 5)
    assert value_of(app, "untuk") == "opd"
    assert set(value_of(app, "isi")) == {"trend", "fund"}
    assert "Rapat Sekda · 5 Agustus 2024" in text_of(app)
    assert len(titles_of(app)) == 1 + 2  # the cover and two sections


def test_what_is_taken_out_is_in_the_address_and_not_in_the_pack(page):
    app = page(untuk="pimpinan")
    before = value_of(app, "isi")
    app.session_state["meeting-isi"] = before[:-1]
    assert len(before) > 1
    app = page(untuk="pimpinan", isi=",".join(before[:-1]))
    assert value_of(app, "isi") == before[:-1]


def test_another_name_of_the_meeting_goes_into_the_address(page):
    app = page()
    app.text_input(key="meeting-rapat").input("Rapat Sekda").run()
    assert app.query_params["rapat"] == "Rapat Sekda"
    assert "Rapat Sekda · 5 Agustus 2024" in text_of(app)


@pytest.mark.parametrize(
    ("params", "told"),
    [
        ({"untuk": "gubernur"}, "Peserta rapat “gubernur” pada tautan tidak dikenal; diabaikan."),
        ({"isi": "trend,gosip"}, "Isi “gosip” pada tautan tidak ada untuk lingkup ini; diabaikan."),
        ({"tanggal": "2024-02-30"}, "Tanggal “2024-02-30” pada tautan bukan tanggal; diabaikan."),
        ({"tanggal": "1024-02-03"}, "Tanggal “1024-02-03” pada tautan bukan tanggal; diabaikan."),
        ({"rapat": "Rapat 1671012345670001"}, "Nama rapat dengan 16 angka, seperti NIK, tidak dipakai."),
        ({"arsip": "99"}, "Bahan rapat “99” tidak ada dalam lingkup akun ini; yang tampil bahan baru."),
        ({"arsip": "x" * 50}, "Bahan rapat “" + "x" * 39 + "…” tidak ada"),
        ({"place": "16.99"}, "Wilayah “16.99” pada tautan tidak dikenal; diabaikan."),
    ],
)
def test_what_means_nothing_in_an_address_is_told(page, params, told):
    app = page(**params)
    assert told in text_of(app)
    assert "1671012345670001" not in text_of(app)
    assert titles_of(app)


def test_a_hostile_name_of_a_meeting_is_only_text(page):
    app = page(rapat="<img src=x onerror=alert(1)> {0} =cmd|x")
    assert "<img src=x" not in html_of(app)
    assert "<img src=x onerror=alert(1)> {0} =cmd|x · 5 Agustus 2024" in text_of(app)


def test_a_long_name_is_cut_to_what_the_journal_keeps(page):
    app = page(rapat="Rapat " + "a" * 300)
    assert len(value_of(app, "rapat")) == 120


def test_a_scope_without_a_number_says_so_in_the_place_of_a_picture(look, unjudged_home):
    app = look(unjudged_home, page=PAGE, isi="trend", **JULY)
    assert 'class="empty"' in html_of(app)
    assert "Sumatera Selatan: belum ada angka untuk Juli 2024" in text_of(app)
    assert "Tidak ada bukan berarti nol." in text_of(app)


@pytest.mark.parametrize("language", ["id", "en"])
def test_without_an_edition_the_page_says_what_to_do(look, tmp_path, language):
    app = look(Home(tmp_path / "home"), page=PAGE, lang=language)
    assert {"id": "Belum ada data", "en": "No data yet"}[language] in text_of(app)
    assert "meeting-make" not in [button.key for button in app.button]


def test_the_link_to_the_other_language_keeps_the_meeting(page):
    _text, query = language_link_of(page(rapat="Rapat Sekda"))
    assert parse_qs(urlsplit("?" + query).query)["rapat"] == ["Rapat Sekda"]


def test_every_page_leads_here_with_its_scope(look, small_home):
    assert parse_qs(links_of(look(small_home, place="16", month="2024-06"))["Bahan Rapat"]) == {
        "place": ["16"],
        "month": ["2024-06"],
    }


@pytest.fixture(scope="module")
def made(small_home, tmp_path_factory):
    """A copy of the home in which the pack of ASKED was made, as the button makes it, and nothing else."""
    home = Home(shutil.copytree(small_home.root, tmp_path_factory.mktemp("made") / "home"))
    request = PackRequest(
        "Rapat Sekda", date(2024, 8, 5), "pimpinan", date(2024, 7, 31), "16", sections=("trend", "owner")
    )
    make_pack(home, LOCAL, request, list(FORMATS))
    return home


def press(app):
    app.button(key="meeting-make").click().run()
    assert not app.exception, app.exception
    return app


def test_one_press_makes_and_keeps_every_file_and_offers_it(look, small_home, tmp_path, files):
    home = Home(shutil.copytree(small_home.root, tmp_path / "home"))
    app = press(look(home, page=PAGE, **ASKED, **JULY))
    text = text_of(app)
    assert "● Berkas siap, dibuat" in text
    assert "1 bahan rapat tersimpan" in text
    assert "meeting-make" not in [button.key for button in app.button]
    stem = "cakupan-rapat-sekda-2024-08-05-16"
    offered = {name.rpartition(".")[2]: data() for name, data in files.items() if name.startswith(stem)}
    assert {format_: content[: len(FORMATS[format_])] for format_, content in offered.items()} == FORMATS
    [kept] = packs.packs_of(home, EVERYTHING)
    assert (kept.request.meeting, kept.request.sections) == ("Rapat Sekda", ("trend", "owner"))


def test_a_file_that_is_taken_is_journaled_with_its_pack(look, made, files):
    look(made, page=PAGE, **ASKED, **JULY)
    [kept] = packs.packs_of(made, EVERYTHING)
    before = journal.count(made, kind="export")
    content = next(data for name, data in files.items() if name.endswith(".pdf"))()
    [entry] = journal.entries(made, kind="export", limit=1)
    assert journal.count(made, kind="export") == before + 1
    assert (entry.facts["pack"], entry.facts["format"], entry.facts["bytes"]) == (kept.number, "pdf", len(content))


def test_what_was_made_once_is_offered_at_once_and_what_differs_is_not(look, made):
    assert "● Berkas siap, dibuat" in text_of(look(made, page=PAGE, **ASKED, **JULY))
    for other in ({"isi": "trend"}, {"rapat": "Rapat lain"}, {"month": "2024-06"}, {"lang": "en"}):
        app = look(made, page=PAGE, **(ASKED | JULY | other))
        assert "meeting-make" in [button.key for button in app.button], other


def test_a_kept_pack_opens_again_by_its_address_and_says_the_same_when_rebuilt(look, made):
    [kept] = packs.packs_of(made, EVERYTHING)
    app = look(made, page=PAGE, arsip=str(kept.number))
    text = text_of(app)
    assert "Rapat Sekda, 5 Agustus 2024" in text
    assert all(file.sha256 in text for file in kept.files)
    assert f"dari edisi 1; entri jurnal {kept.number}." in text
    app.button(key="pack-check").click().run()
    assert "● Sama: dibangun ulang dari edisi 1, isinya tidak berbeda satu angka pun." in text_of(app)


def test_the_next_meeting_of_a_kept_pack_has_its_name_scope_and_sections(look, made):
    [kept] = packs.packs_of(made, EVERYTHING)
    html = html_of(look(made, page=PAGE, arsip=str(kept.number)))
    address = html.split("Siapkan rapat berikutnya")[0].rsplit('href="?', 1)[1].split('"')[0].replace("&amp;", "&")
    assert parse_qs(address) == {
        "rapat": ["Rapat Sekda"], "untuk": ["pimpinan"], "place": ["16"], "isi": ["trend,owner"],
    }  # fmt: skip


def test_a_refusal_of_the_program_is_told_below_the_button_and_nothing_is_kept(look, small_home, tmp_path):
    home = Home(shutil.copytree(small_home.root, tmp_path / "home"))
    home.packs_dir.write_text("not a folder")
    app = press(look(home, page=PAGE, isi="trend", **JULY))
    assert "Bahan rapat tidak dapat disimpan" in text_of(app)
    assert app.button(key="meeting-make").disabled is False
    assert packs.packs_of(home, EVERYTHING) == []


@pytest.mark.parametrize("version", [1, 2, 3])
def test_an_edition_of_an_earlier_schema_has_a_pack_of_what_it_knows(look, tmp_path, version):
    home = Home(tmp_path / "home")
    home.editions_dir.mkdir(parents=True)
    packed = (FIXTURES / f"edition-schema-{version}.duckdb.gz").read_bytes()
    (home.editions_dir / "000001.duckdb").write_bytes(gzip.decompress(packed))
    home.current_path.write_text("1")
    for audience in ("pimpinan", "inspektorat"):
        app = look(home, page=PAGE, untuk=audience)
        assert "45,6 % ≈ 44,5–46,6 % 123 ribu dari 270 ribu" in text_of(app)
        nothing = "Isi yang lazim bagi Inspektorat belum ada datanya di lingkup ini; pilih isi yang lain."
        assert (value_of(app, "isi") == []) == (nothing in text_of(app))
