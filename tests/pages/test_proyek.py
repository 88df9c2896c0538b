"""Proyek & Syarat Pencairan for every role, in both languages, whatever the address says."""

import re
import shutil

import pytest
import streamlit as st

from data.access import LOCAL
from data.cases import Proof
from data.casework import record_proof
from data.editions import current_edition
from data.home import Home
from tests.pages.conftest import html_of, links_of, text_of
from tests.pages.project_world import ACCOUNTS, DAYS_LEFT, EARLY, HOSTILE, OTHER, OWN, PROJECTS, RESULTS, UNPROTECTED
from tests.pages.test_roles import sent, text_of_file, written
from ui import project_view, register, results
from ui.texts import translator

ROLES = [account.name for account in ACCOUNTS]
LANGUAGES = ("id", "en")
FIELDS = ("text_input", "selectbox", "pills", "checkbox")
IN_PALEMBANG = [code for code, project in PROJECTS.items() if project[2] == "16.71"]


@pytest.fixture
def files(monkeypatch):
    """What each download of the page holds, by its name, made only when it is taken."""
    offered, as_before = {}, st.download_button

    def offer(text, data, name, *arguments, **options):
        offered[name] = data
        return as_before(text, data, name, *arguments, **options)

    monkeypatch.setattr(st, "download_button", offer)
    return offered


def in_order(node):
    """Everything below a node of the page, as it stands on the screen."""
    for _number, child in sorted(node.children.items()):
        if hasattr(child, "children"):
            yield from in_order(child)
        else:
            yield child


def codes_shown(app):
    """Of the table of the register, in its order."""
    return re.findall(r">(P-[A-Z]+) · ", html_of(app))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ROLES)
def test_every_section_opens_for_every_role(look_as, signed_in_home, role, language):
    app = None
    for section in project_view.SECTIONS:
        app = look_as(signed_in_home, role, "proyek", app=app, bagian=section, lang=language)
        name = project_view.section_names(language)[section]
        assert name in sent(app)
        if role in ("opd", "cabang", "pembayar", "inspektorat", "petugas"):
            assert "P-LAHAT" not in sent(app)
        if role == "opd":
            assert OTHER not in sent(app)


@pytest.mark.parametrize(
    ("role", "section"),
    [("opd", "spk"), ("cabang", "spk"), ("pembayar", "cari"), ("inspektorat", "temuan"), ("pembaca", "spk")],
)
def test_a_role_begins_with_what_it_came_for(look_as, signed_in_home, role, section):
    app = look_as(signed_in_home, role, "proyek")
    assert app.session_state["project-section"] == section


def test_the_first_screen_of_an_opd_is_its_own_new_work_orders(look_as, signed_in_home):
    text = text_of(look_as(signed_in_home, "opd", "proyek"))
    assert f"{OWN}, Kota Palembang: 1 SPK baru belum terdaftar" in text
    assert f"{DAYS_LEFT} 7 Juli 2025" in text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_search_is_the_first_thing_a_payer_can_fill_in(look_as, signed_in_home):
    fields = [node for node in in_order(look_as(signed_in_home, "pembayar", "proyek").main) if node.type in FIELDS]
    assert (fields[0].type, fields[0].label) == ("text_input", "Cari proyek")
    assert "selectbox" in [field.type for field in fields]


def test_what_cannot_be_judged_is_told_apart_from_what_is_not_registered(look, projects_home):
    text = text_of(look(projects_home, "proyek", place="16"))
    assert "Sumatera Selatan: 2 SPK baru belum terdaftar" in text
    assert "1 SPK baru lain belum dapat dinilai" in text


def test_those_past_their_deadline_are_one_press_away(look, projects_home):
    html = html_of(look(projects_home, "proyek", place="16.71"))
    assert "1 proyek berjalan sudah lewat batas dan belum memenuhi" in html
    assert "bagian=cari&amp;hasil=belum_memenuhi" in html


def test_a_proof_by_hand_is_past_no_deadline_either(look, projects_home, tmp_path):
    home = Home(tmp_path / "home")
    shutil.copytree(projects_home.root, home.root)
    edition = current_edition(home)
    assert edition is not None
    whole_work = Proof("P-BELUM", "JK/1", "BB/1", EARLY, EARLY, EARLY, PROJECTS["P-BELUM"][4])
    record_proof(home, LOCAL, edition, whole_work)
    assert "sudah lewat batas dan belum memenuhi" not in html_of(look(home, "proyek", place="16.71"))


def test_who_has_shown_proof_by_hand_is_no_longer_called(look, projects_home, tmp_path):
    home = Home(tmp_path / "home")
    shutil.copytree(projects_home.root, home.root)
    edition = current_edition(home)
    assert edition is not None
    record_proof(home, LOCAL, edition, Proof("P-BARU", "JK/1", "BB/1", EARLY, EARLY, EARLY, PROJECTS["P-BARU"][4]))
    assert "Sumatera Selatan: 1 SPK baru belum terdaftar" in text_of(look(home, "proyek", place="16"))


def test_an_owner_of_the_recapitulation_is_a_link_to_its_own(look, projects_home):
    html = html_of(look(projects_home, "proyek", place="16.71"))
    assert re.search(r'href="\?[^"]*owner=Dinas\+PUPR[^"]*">Dinas PUPR</a>', html)


@pytest.mark.parametrize(
    ("searched", "found"),
    [
        ("100%", ["P-TEPAT"]),
        ("%", ["P-TEPAT"]),
        ("_", ["P-LAMBAT"]),
        ("'susun'", ["P-SELESAI"]),
        ('"sewa"', ["P-SELESAI"]),
        ("p-baru", ["P-BARU"]),
        ("600/P-BELUM/SPK", ["P-BELUM"]),
        ("balai rahasia", ["P-ASING"]),
        ("'; drop table project; --", []),
        ("\\", []),
    ],
)
def test_the_search_takes_every_sign_as_it_is_written(look, projects_home, searched, found):
    app = look(projects_home, "proyek", bagian="cari", place="16.71", q=searched)
    assert codes_shown(app) == found
    if not found:
        assert "Tidak ada proyek yang cocok" in text_of(app)
        assert "Hapus pencarian dan saringan" in links_of(app)


@pytest.mark.parametrize("page", ["-1", "0", "999999", "999999999999999999999", "x", "1.5", "²", ""])
def test_a_page_that_does_not_exist_gives_way_to_one_that_does(look, projects_home, page):
    app = look(projects_home, "proyek", bagian="cari", place="16.71", hal=page)
    assert codes_shown(app) == sorted(IN_PALEMBANG)


@pytest.mark.parametrize("language", LANGUAGES)
def test_unknown_values_of_the_address_are_named_and_ignored(look, projects_home, language):
    asked = {"hasil": "lulus,memenuhi", "urut": "'; --", "berjalan": "ya", "hal": "-1", "bagian": "cari"}
    app = look(projects_home, "proyek", place="16.71", lang=language, **asked)
    text = text_of(app)
    for value in ("lulus", "'; --", "ya", "-1"):
        assert f"“{value}”" in text
    assert codes_shown(app) == ["P-TEPAT"]
    assert "“<b>”" in text_of(look(projects_home, "proyek", bagian="<b>"))


@pytest.mark.parametrize("result", sorted(set(RESULTS.values())))
def test_the_register_can_be_narrowed_to_a_result(look, projects_home, result):
    app = look(projects_home, "proyek", bagian="cari", hasil=result, place="16")
    assert sorted(codes_shown(app)) == sorted(code for code, told in RESULTS.items() if told == result)
    assert results.marked(result, "id") in text_of(app)


def test_running_projects_alone_and_the_largest_first(look, projects_home):
    app = look(projects_home, "proyek", bagian="cari", berjalan="1", urut="tanpa-perlindungan", place="16.71")
    # 176 days since 6 January 2025, 56 before 3 March, then 15 since 16 June (twice, by code), and one.
    assert codes_shown(app) == ["P-BELUM", "P-LAMBAT", "P-ASING", "P-BARU", "P-TEPAT"]


@pytest.mark.parametrize(
    "searched",
    [
        "1671014509900001",
        "NIK 1671 0145 0990 0001",
        "1671/0145/0990/0001",
        "１６７１０１４５０９９００００１",
        "1671014509\u200b900001",
    ],
)
def test_a_search_that_may_be_a_nik_is_not_looked_for_and_not_repeated(look, projects_home, searched):
    app = look(projects_home, "proyek", bagian="cari", q=searched)
    assert "Pencarian 16 angka, seperti NIK, tidak dilayani" in text_of(app)
    assert app.text_input(key="register-search").value == ""
    assert searched not in text_of(app)


def test_typing_a_search_writes_it_into_the_address_and_forgets_the_page(look, projects_home):
    app = look(projects_home, "proyek", bagian="cari", place="16.71", hal="2")
    app.text_input(key="register-search").set_value(" gedung ").run()
    assert app.query_params["q"] in ("gedung", ["gedung"])
    assert "hal" not in app.query_params
    assert codes_shown(app) == ["P-LAMBAT"]
    app.text_input(key="register-search").set_value("1671014509900001").run()
    assert app.query_params["q"] in ("gedung", ["gedung"])
    assert "Pencarian 16 angka, seperti NIK, tidak dilayani" in text_of(app)


def test_a_register_longer_than_a_page_is_turned(look, projects_home, monkeypatch):
    monkeypatch.setattr(register.paging, "ON_A_PAGE", 2)
    app = look(projects_home, "proyek", bagian="cari", place="16.71")
    in_order = sorted(IN_PALEMBANG)
    assert codes_shown(app) == in_order[:2]
    app.button(key="paging-after").click().run()
    assert codes_shown(app) == in_order[2:4]
    assert "3–4 dari 6" in text_of(app)
    app = look(projects_home, "proyek", bagian="cari", place="16.71", hal="99")
    assert codes_shown(app) == in_order[4:]


def test_a_file_of_the_register_holds_all_rows_and_says_which_they_are(look, projects_home, files, monkeypatch):
    monkeypatch.setattr(register.paging, "ON_A_PAGE", 2)
    monkeypatch.setattr(register, "READ_TOGETHER", 3)
    look(projects_home, "proyek", bagian="cari", place="16.71", hasil="memenuhi,terlambat,belum_memenuhi")
    [name] = [name for name in files if name.endswith("-proyek.csv")]
    assert name == "cakupan-16.71-2025-06-30-proyek.csv"
    heading, *rows = text_of_file(files[name]()).splitlines()
    assert [row.split(";")[0] for row in rows] == ['"P-BELUM"', '"P-LAMBAT"', '"P-TEPAT"']
    assert '"Saringan: hasil"' in heading
    assert '"memenuhi, terlambat, belum_memenuhi"' in rows[0]
    assert '"2025-06-30"' in rows[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", PROJECTS)
def test_a_dossier_says_result_sentence_rules_and_evidence(look, projects_home, code, language):
    _ = translator(language)
    text = text_of(look(projects_home, "proyek", proyek=code, lang=language))
    assert f"{results.SHAPES[RESULTS[code]]} {results.sentence(RESULTS[code], UNPROTECTED.get(code), language)}" in text
    fixed = {"id": "bukan keputusan pembayaran", "en": "not a decision on payment"}[language]
    assert fixed in text
    assert f"600/{code}/SPK/2025" in text
    assert "Permenaker" in text
    assert _("Bukti dalam data") in text


def test_a_dossier_judges_each_payment_on_its_day(look, projects_home):
    text = text_of(look(projects_home, "proyek", proyek="P-LAMBAT"))
    assert "Posisi 30 Juni 2025 ▲ Memenuhi, terlambat" in text
    assert "56 hari tanpa perlindungan; tidak berlaku surut" in text
    early = text_of(look(projects_home, "proyek", proyek="P-LAMBAT", bayar="1"))
    assert "8 Januari 2025 ◷ Belum jatuh tempo" in early
    unknown = text_of(look(projects_home, "proyek", proyek="P-LAMBAT", bayar="9"))
    assert "Pembayaran “9” pada tautan tidak ada pada proyek ini; diabaikan." in unknown
    assert "Posisi 30 Juni 2025 ▲ Memenuhi, terlambat" in unknown


def test_choosing_a_payment_writes_it_into_the_address(look, projects_home):
    app = look(projects_home, "proyek", proyek="P-LAMBAT")
    app.selectbox(key="dossier-moment").set_value("2").run()
    assert app.query_params["bayar"] in ("2", ["2"])
    app.selectbox(key="dossier-moment").set_value("0").run()
    assert "bayar" not in app.query_params


@pytest.mark.parametrize("role", ["opd", "pembayar", "cabang", "inspektorat"])
def test_another_ones_project_is_answered_as_one_that_does_not_exist(look_as, signed_in_home, role):
    hidden = "P-ASING" if role == "opd" else "P-LAHAT"
    of_hidden = look_as(signed_in_home, role, "proyek", proyek=hidden)
    of_unknown = look_as(signed_in_home, role, "proyek", proyek="P-KARANGAN")
    assert f"Proyek “{hidden}” tidak dikenal dalam lingkup ini" in text_of(of_hidden)
    assert written(sent(of_hidden), hidden) == written(sent(of_unknown), "P-KARANGAN")


@pytest.mark.parametrize("code", ["<script>", "' or 1=1 --", "%", "\0", "x" * 5000, "P-baru"])
def test_a_hostile_code_is_no_project(look, projects_home, code):
    app = look(projects_home, "proyek", proyek=code)
    assert "tidak dikenal dalam lingkup ini" in text_of(app)
    assert "<script>" not in html_of(app)


@pytest.mark.parametrize("asked", [{"proyek": "P-BELUM"}, {"bagian": "cari", "q": "onerror"}], ids=str)
def test_a_hostile_name_is_only_text(look, projects_home, asked):
    app = look(projects_home, "proyek", place="16.71", **asked)
    assert "<img" not in html_of(app)
    assert HOSTILE in text_of(app)


def test_the_card_of_a_dossier_is_a_pdf_named_after_the_project(look, projects_home, files):
    look(projects_home, "proyek", proyek="P-LAMBAT", bayar="2")
    [name] = [name for name in files if name.endswith(".pdf")]
    assert name == "cakupan-kartu-P-LAMBAT-2-2025-06-30.pdf"
    assert files[name]().startswith(b"%PDF-")


def test_another_page_begins_without_the_open_project(look, projects_home):
    ways = links_of(look(projects_home, "proyek", proyek="P-LAMBAT", bayar="1", dari="target", place="16.71"))
    assert ways["Capaian Target"] == "place=16.71"


def test_a_dossier_opened_from_the_targets_leads_back_to_them_with_the_scope(look, projects_home):
    html = html_of(look(projects_home, "proyek", proyek="P-LAMBAT", place="16.71", dari="target"))
    assert 'href="capaian_target?place=16.71"' in html
    assert "Kembali ke Capaian Target" in html
    html = html_of(look(projects_home, "proyek", proyek="P-LAMBAT", place="16.71"))
    assert 'href="?place=16.71"' in html
    assert "Kembali ke daftar" in html
