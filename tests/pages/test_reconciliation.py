"""Rekonsiliasi, and Orang dan laporan: in both languages, for every role, whatever the address says."""

from datetime import date

import pytest

from data.editions import publish
from data.home import Home
from tests.pages.conftest import html_of, links_of, text_of
from tests.pages.project_world import ACCOUNTS, HOSTILE, OTHER
from tests.pages.test_roles import sent
from tests.worlds import deliver, empty_world, load_world

ROLES = [account.name for account in ACCOUNTS]
LANGUAGES = ("id", "en")
RECONCILIATION = {"bagian": "mutu", "isi": "rekonsiliasi"}
PAIRS = {"bagian": "mutu", "isi": "banding"}
MONTHS = (date(2025, 4, 30), date(2025, 5, 31), date(2025, 6, 30))
PERSONS, REPORTED = 5, 8


@pytest.fixture(scope="module")
def paired_home(tmp_path_factory):
    """Five members of Palembang in each of three months, eight reported."""
    world = empty_world(MONTHS[-1])
    since = {"mulai": date(2025, 1, 1), "tgl_bayar": date(2025, 1, 1)}
    member = {"segmen": "BPU", "wilayah": "16.71", "sektor": "konstruksi", **since}
    members = [{"person_id": person, **member} for person in range(1, PERSONS + 1)]
    deliver(world, "kepesertaan", *members, complete_for="16.71", period=(MONTHS[0], MONTHS[-1]))
    rows = [{"wilayah": "16.71", "bulan": month, "peserta_aktif": REPORTED} for month in MONTHS]
    deliver(world, "rekap", *rows)
    home = Home(tmp_path_factory.mktemp("paired") / "home")
    load_world(home, world)
    publish(home, as_of=world["as_of"])
    return home


def test_the_summary_and_the_lines_say_what_differs(look, projects_home):
    app = look(projects_home, "data_definisi", **RECONCILIATION, place="16.71")
    text = text_of(app)
    # Registered after the first of two payments that are twice the value; three that are not registered.
    assert "Kota Palembang: 3 baris tidak cocok, terbanyak: belum terdaftar" in text
    assert "P-LAMBAT · Gedung_A Terdaftar 3 Maret 2025, dibayar pertama kali 8 Januari 2025." in text
    assert "Dibayar Rp2.000.000.000, kontrak paling banyak Rp1.110.000.000 (lebih Rp890.000.000)." in text
    assert "P-BELUM" in text and "P-TEPAT" not in text
    assert HOSTILE not in html_of(app)


def test_a_cause_and_a_search_in_the_address_narrow_the_lines(look, projects_home):
    app = look(projects_home, "data_definisi", **RECONCILIATION, place="16.71", sebab="belum_terdaftar", q="rumah")
    assert "1 baris: Belum terdaftar" in text_of(app)
    assert "P-SELESAI" in text_of(app) and "P-BELUM ·" not in text_of(app)
    assert app.session_state["reconciliation-cause"] == "belum_terdaftar"
    at_ease = look(projects_home, "data_definisi", **RECONCILIATION, place="16.71", sebab="cocok")
    assert "P-TEPAT" in text_of(at_ease)


def test_choosing_a_cause_and_searching_write_the_address(look, projects_home):
    app = look(projects_home, "data_definisi", **RECONCILIATION, place="16.71", hal="2")
    app.selectbox(key="reconciliation-cause").set_value("belum_terdaftar").run()
    assert app.query_params["sebab"] == "belum_terdaftar" and "hal" not in app.query_params
    app.text_input(key="reconciliation-search").set_value("rumah").run()
    assert app.query_params["q"] == "rumah"
    app.selectbox(key="reconciliation-cause").set_value("").run()
    assert "sebab" not in app.query_params


def test_sixteen_digits_are_not_searched(look, projects_home):
    app = look(projects_home, "data_definisi", **RECONCILIATION)
    app.text_input(key="reconciliation-search").set_value("1671010101010001").run()
    assert "q" not in app.query_params
    assert "Pencarian 16 angka, seperti NIK, tidak dilayani" in text_of(app)
    linked = look(projects_home, "data_definisi", **RECONCILIATION, q="1671010101010001")
    assert "Pencarian 16 angka" in text_of(linked)
    assert linked.session_state["reconciliation-search"] == ""


@pytest.mark.parametrize("params", [{"sebab": "<b>"}, {"hal": "x"}, {"hal": "99"}, {"q": "tidak ada", "hal": "3"}])
def test_an_address_that_means_nothing_still_shows_the_page(look, projects_home, params):
    app = look(projects_home, "data_definisi", **RECONCILIATION, place="16.71", **params)
    assert "baris tidak cocok" in text_of(app)
    if "q" in params:
        assert "Hapus pencarian dan saringan" in links_of(app)
    if "sebab" in params:
        assert "tidak dikenal; diabaikan" in text_of(app)


def test_a_line_leads_to_the_dossier_and_the_dossier_back(look, projects_home):
    app = look(projects_home, "data_definisi", **RECONCILIATION, place="16.71", sebab="belum_terdaftar")
    assert 'href="proyek?' in html_of(app)
    dossier = look(projects_home, "proyek", **RECONCILIATION, proyek="P-BELUM", dari="data", sebab="belum_terdaftar")
    assert 'href="data_definisi?bagian=mutu&amp;isi=rekonsiliasi' in html_of(dossier)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ROLES)
def test_both_parts_open_for_every_role_and_show_nothing_beyond_its_grant(look_as, signed_in_home, role, language):
    app = None
    for part in (RECONCILIATION, PAIRS):
        app = look_as(signed_in_home, role, "data_definisi", app=app, **part, lang=language)
        if role in ("opd", "cabang", "pembayar", "inspektorat", "petugas"):
            assert "P-LAHAT" not in sent(app)
        if role == "opd":
            assert OTHER not in sent(app)


def test_persons_stand_beside_the_report(look, paired_home):
    app = look(paired_home, "data_definisi", **PAIRS, place="16.71")
    text = text_of(app)
    assert "Kota Palembang, Juni 2025: 5 menurut orang, 8 menurut laporan, selisih −3 (−37,5 %)" in text
    assert "▲ Definisi lain." in text
    english = text_of(look(paired_home, "data_definisi", **PAIRS, place="16.71", lang="en"))
    assert "Kota Palembang, June 2025: 5 by persons, 8 by the report, difference −3 (−37.5%)" in english


def test_a_place_holds_the_pairs_of_its_parts_and_one_without_any_says_so(look, paired_home):
    province = text_of(look(paired_home, "data_definisi", **PAIRS, place="16"))
    assert "Sumatera Selatan, Juni 2025: tidak ada laporan di samping hitungan orang" in province
    assert "Kota Palembang" in province
    elsewhere = text_of(look(paired_home, "data_definisi", **PAIRS, place="16.04"))
    assert "Keduanya ada bila data kepesertaan per orang lengkap" in elsewhere


def test_without_an_edition_the_parts_say_what_to_do(look, tmp_path):
    home = Home(tmp_path / "home")
    home.root.mkdir()
    for part in (RECONCILIATION, PAIRS):
        assert "Belum ada data" in text_of(look(home, "data_definisi", **part))
