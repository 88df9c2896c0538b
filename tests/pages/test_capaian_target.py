"""Capaian Target on a home whose targets, gap and projection can be counted on paper."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
import streamlit as st
from openpyxl import load_workbook

from data.access import LOCAL
from data.casework import FollowUp, record_follow_up
from data.editions import current_edition
from data.home import Home
from tests.pages.conftest import html_of, language_link_of, text_of
from tests.pages.targets_home import ACCOUNTS, IN_PROVINCE, let_sign_in, make_targets_home
from tests.worlds import deliver, empty_world
from ui.texts import translator

PAGE = "capaian_target"
BRANCH = "branch:kota"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """In the local mode; one project of the closing list has been talked about."""
    home = make_targets_home(tmp_path_factory.mktemp("targets"))
    promise = FollowUp("A", "berjanji", "Bidang kepesertaan", date(2025, 7, 4), "Menunggu uang muka.")
    edition = current_edition(home)
    assert edition is not None
    record_follow_up(home, LOCAL, edition, promise)
    return home


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The same with an account of every role."""
    return let_sign_in(make_targets_home(tmp_path_factory.mktemp("office")))


@pytest.fixture
def page(look, home):
    return lambda **params: look(home, page=PAGE, **params)


@pytest.fixture
def files(monkeypatch):
    """The bytes of the files that a page offers, by name, as their buttons would give them."""
    found, offered = {}, st.download_button

    def offer(text, data, name, *arguments, **options):
        pressed = offered(text, data, name, *arguments, **options)
        found[name] = data() if callable(data) else data
        return pressed

    monkeypatch.setattr(st, "download_button", offer)
    return found


def charts_of(app):
    return [chart.proto.alt for chart in app.get("plotly_chart")]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    "params",
    [
        {},
        {"place": BRANCH},
        {"place": BRANCH, "target": "contributions_paid_rp|Kanwil"},
        {"place": "16.71"},
        {"place": "16", "owner": "Dinas PUPR"},
        {"place": BRANCH, "fund": "APBN"},
        {"month": "2024-12"},
        {"month": "2021-06"},
    ],
)
def test_the_page_runs_for_every_kind_of_scope(page, language, params):
    app = page(lang=language, **params)
    assert "ck-answer" in html_of(app) or "ck-empty" in html_of(app)
    assert len(charts_of(app)) <= 7


def test_the_first_sentence_says_whether_the_target_will_be_reached(page):
    # Members fell from 50 in June to 40 in December in each of four years: 60 * 40 / 50 = 48 are left of 60.
    text = text_of(page())
    assert (
        "Angka Juni 2025 · 26 minggu lagi menuju 31 Desember 2025 Cakupan pekerja konstruksi Sumatera Selatan "
        "diperkirakan tidak mencapai target 70 % pada 31 Desember 2025: proyeksi 48,0 %"
    ) in text


def test_a_bullet_has_actual_target_course_and_the_same_month_last_year(page):
    # 70 * 50 / 40 = 87,5 should be reached in June to end the year with 70.
    text = text_of(page())
    assert "60,0 % dari 70 % ▼ di bawah jalur, semestinya 87,5 % Juni 2024: 50,0 %" in text
    assert "rata-rata tahun 2021, 2022, 2023, 2024" in text
    assert "Jalur yang lebih tinggi daripada target: angkanya biasanya turun sampai akhir tahun." in text


def test_words_of_rating_wait_for_the_target_date(page):
    words = ("Sangat Baik,", "Kurang,", "Cukup,")
    assert [word for word in words if word in text_of(page())] == []
    # In December 2024: 40 of 100 against 36, 100 * 40 / 36 = 111,1 %.
    text = text_of(page(month="2024-12"))
    assert "Cakupan pekerja konstruksi Sumatera Selatan mencapai target 36 %: 40,0 %" in text
    assert "● Sangat Baik, 111,1 % dari target" in text
    assert "Capaian di atas 90 % Sangat Baik, di atas 75 % Baik" in text
    assert "jalur" not in text.lower().replace("di atasnya", "")
    assert "Tanggal sasaran sudah tiba" in text


def test_projection_band_and_back_test_are_printed(page):
    text = text_of(page())
    assert "Tahun yang dipakai: 2021, 2022, 2023, 2024." in text
    assert "Pita: galat terbesar cara yang sama dari bulan yang sama pada 3 tahun sebelumnya" in text
    assert "Uji mundur dari bulan yang sama pada 3 tahun sebelumnya: rata-rata meleset 0,0 %, condong 0,0 %;" in text
    assert "2 dari 2 di dalam pita tahun-tahun sebelumnya." in text
    assert "31 Desember 2025 kurang 22 orang" in text  # 70 - 48 of 100


def test_real_data_does_not_speak_of_the_demonstration(page):
    assert "uji mundur ini membuktikan hitungannya" not in text_of(page())


def test_the_pace_is_what_lacks_by_the_weeks_left(page):
    # 10 persons in (31 Dec - 30 June = 184 days) / 7 weeks; the year brought 60 - 40 in 181 / 7 weeks.
    text = text_of(page())
    assert "perlu 0,4 orang per minggu; tahun ini sejauh ini 0,8, minggu yang sama 2024 −0,4" in text
    assert "Per minggu, 26,3 minggu dari 30 Juni 2025 sampai 31 Desember 2025." in text


def test_a_branch_has_its_three_targets_and_its_three_figures(page):
    text = text_of(page(place=BRANCH))
    # D alone was registered: 1 of 4 projects, 5 of 21 workers, Rp240.000 of Rp13,95 jt.
    assert "1 proyek dari 4 proyek" in text
    assert "5 orang dari 21 orang" in text
    assert "Rp240 ribu dari Rp13,95 jt" in text
    assert "Tahun berjalan sampai Juni 2025" in text
    assert "0 dari 3 target 2025 Kelompok kota sesuai jalur" in text


def test_too_few_years_give_no_projection_and_it_is_said(page):
    text = text_of(page(place=BRANCH))
    assert "Tanpa proyeksi: baru 0 tahun sebelumnya" in text
    assert "kurang dari 3 tahun tidak membedakan musim dari kebetulan" in text
    assert "Uji mundur" not in text


def test_the_fewest_projects_close_the_gap_and_the_unknown_are_never_counted(page):
    # The gap is 70 - 60 of 100; A lacks 10, B lacks 6, nobody knows how many work on C.
    app = page()
    text = text_of(app)
    assert "1 proyek terbesar menutup kekurangan saat ini, 10 orang, menuju target 70 %" in text
    assert "Gedung <A> Dinas PUPR · APBD kabupaten/kota · Kota Palembang PT Contoh Satu (0711) 000-0001 10" in text
    assert "Gedung &lt;A&gt;" in html_of(app)
    assert "1 proyek lain tidak dihitung karena belum dapat dinilai" in text
    assert "jumlah pekerjanya tidak disebut" in text
    assert "Jalan B" not in text


def test_the_follow_up_stands_beside_its_project_until_a_newer_one(page):
    assert "berjanji janji 4 Juli 2025, Bidang kepesertaan" in text_of(page())


def test_a_list_that_does_not_close_the_gap_says_so(page):
    # Of 21 workers 5 are registered; A and B have 10 + 6.
    text = text_of(page(place=BRANCH))
    assert "Semua 2 proyek yang diketahui baru menutup 16 orang dari kekurangan saat ini, 16 orang" not in text
    assert "2 proyek terbesar menutup kekurangan saat ini, 16 orang, menuju target 21 orang" in text
    text = text_of(page(place=BRANCH, target="contributions_paid_rp|Kanwil"))
    assert "Iuran ditaksir menurut tarif atas nilai kontraknya." in text
    assert "Semua 3 proyek yang diketahui baru menutup" in text


def test_owner_and_fund_filter_the_list_and_not_the_target(page):
    text = text_of(page(owner="Dinas Perkim", place="16"))
    assert "60,0 % dari 70 %" in text
    assert "Target berlaku bagi Sumatera Selatan" in text
    assert "Semua 1 proyek yang diketahui baru menutup 6 orang dari kekurangan saat ini, 10 orang" in text
    assert "Hanya proyek Dinas Perkim, Sumatera Selatan." in text


def test_a_name_of_the_list_leads_to_the_dossier_of_the_project(page):
    assert 'href="proyek?proyek=A&amp;dari=target"' in html_of(page())
    scoped = html_of(page(place="16", lang="en"))
    assert 'href="proyek?place=16&amp;lang=en&amp;proyek=A&amp;dari=target"' in scoped


def test_the_chosen_target_is_in_the_address_and_an_unknown_one_is_told(page):
    app = page(place=BRANCH, target="projects_registered_ytd|Kanwil")
    [chosen] = app.get("button_group") or app.get("segmented_control")
    assert "projects_registered_ytd|Kanwil" in app.session_state["aim-followed"]
    assert chosen
    assert "perlu 0,1 proyek per minggu" in text_of(app)  # 3 in 184 / 7 weeks
    text = text_of(page(place=BRANCH, target="karangan"))
    assert "Target “karangan” pada tautan tidak ada untuk wilayah dan tahun ini; diabaikan." in text
    assert "Tenaga kerja didaftarkan tahun berjalan: perlu" in text


def test_what_is_not_comparable_is_listed_with_its_reason_and_never_a_bullet(page):
    app = page()
    text = text_of(app)
    assert "1 target lain tidak sebanding dengan angka halaman ini" in text
    assert "52,15 % Kemendagri Rencana aksi semua segmen" in text
    assert "menghitung semua segmen, sedangkan halaman ini konstruksi" in text
    assert html_of(app).count('class="track"') == 1


def test_a_former_version_is_in_the_history(page):
    app = page()
    assert "Riwayat: 1 target yang sudah diganti" in [folded.label for folded in app.expander]
    assert "75 % Pemprov Rencana aksi 1 Januari 2025 Rencana perubahan, 1 Maret 2025" in text_of(app)


def test_files_hold_every_row_with_follow_up_and_provenance(page, files):
    page()
    book = load_workbook(BytesIO(files["cakupan-16-2025-06-daftar-penutup.xlsx"]))
    cells = [cell for row in book.worksheets[0].values for cell in row]
    assert {"A", "Gedung <A>", "(0711) 000-0001", "berjanji", "Bidang kepesertaan", "Kota Palembang"} <= set(cells)
    told = files["cakupan-16-2025-06-capaian-target.csv"].decode("utf-8-sig")
    assert '"70"' in told and '"Pemprov"' in told and '"2025-03-01"' in told
    assert "target.csv" in files["cakupan-16-2025-06-target-diganti.csv"].decode("utf-8-sig")


def test_the_link_to_the_other_language_keeps_place_and_target(page):
    text, query = language_link_of(page(place=BRANCH, target="projects_registered_ytd|Kanwil"))
    assert text == "English"
    assert parse_qs(urlsplit("?" + query).query)["target"] == ["projects_registered_ytd|Kanwil"]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", ACCOUNTS)
def test_every_role_sees_the_targets_of_its_own_scope(look_as, office, name, language):
    app = look_as(office, name, PAGE, lang=language)
    text, _ = text_of(app), translator(language)
    if name == "opd":
        assert _("Target ditetapkan bagi wilayah dan cabang") in text
        return
    if name == "pembayar":
        assert _("Belum ada target {year} untuk {where}").format(year=2025, where="Kota Palembang") in text
        assert "Sumatera Selatan" not in text  # a place beyond the scope is not offered
        return
    if name == "cabang":
        assert "Kelompok kota" in text
        assert "Pemprov" not in text
    else:
        assert "Pemprov" in text


@pytest.mark.parametrize("name", ACCOUNTS)
def test_only_who_may_is_offered_the_form_of_the_follow_up(look_as, office, name):
    app = look_as(office, name, PAGE)
    offered = any(box.key == "closing-project" for box in app.selectbox)
    assert offered == (name in ("cabang", "pengelola"))


def test_a_branch_head_records_a_follow_up_and_sees_it_at_once(look_as, office):
    app = look_as(office, "cabang", PAGE)
    assert "berjanji" not in text_of(app)
    app.selectbox(key="closing-project").select("B").run()
    [officer] = [field for field in app.text_input if field.key.endswith("-officer")]
    officer.input("Bidang kepesertaan")
    [sent] = [button for button in app.button if button.label == "Catat tindak lanjut"]
    sent.click().run()
    assert not app.exception
    text = text_of(app)
    assert "Tercatat sebagai entri" in text
    assert "dihubungi Bidang kepesertaan" in text


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_place_without_targets_names_the_next_one_that_has_some(page, language):
    _ = translator(language)
    app = page(place="16.71", lang=language)
    text = text_of(app)
    assert _("Belum ada target {year} untuk {where}").format(year=2025, where="Kota Palembang") in text
    assert _("Target tahun itu ada untuk:") + " Kelompok kota , Sumatera Selatan" in text
    assert "python cakupan.py import target.csv" in text
    assert charts_of(app) == []


def test_a_year_without_targets_names_those_that_have_some(page):
    app = page(month="2023-12")
    assert "Wilayah ini punya target untuk tahun: 2024 , 2025" in text_of(app)
    assert 'href="?month=2024-12">2024</a>' in html_of(app)


def test_targets_none_of_which_is_comparable_are_listed_all_the_same(look, tmp_path):
    world = empty_world(date(2024, 7, 31))
    deliver(world, "rekap", {"wilayah": "16", "bulan": date(2024, 7, 31), "peserta_aktif": 5})
    all_workers = {**IN_PROVINCE, "tahun": 2024, "nilai": Decimal(51), "segmen": "semua segmen"}
    deliver(world, "target", all_workers, {**all_workers, "indikator": "kepuasan", "segmen": "jasa konstruksi"})
    app = look(make_targets_home(tmp_path, world), page=PAGE)
    text = text_of(app)
    assert "Sumatera Selatan: 2 target 2024, tidak satu pun sebanding dengan angka konstruksi" in text
    assert "“kepuasan” bukan ukuran yang dihitung di sini" in text
    assert charts_of(app) == []


def test_names_of_a_target_are_only_text(look, tmp_path):
    """Braces would be filled in, and the choice between targets is Markdown to the browser."""
    world = empty_world(date(2024, 7, 31))
    deliver(world, "rekap", {"wilayah": "16", "bulan": date(2024, 7, 31), "peserta_aktif": 5})
    deliver(world, "penduduk_bekerja", {"wilayah": "16", "per_tanggal": date(2024, 1, 1), "pekerja": 100})
    stated = {**IN_PROVINCE, "tahun": 2024, "nilai": Decimal(51)}
    marked = stated | {"penerbit": "[Pemprov](https://contoh.id) *satu*"}
    deliver(world, "target", stated, marked, stated | {"satuan": "{count.x} {", "penerbit": "Dua"})
    app = look(make_targets_home(tmp_path, world), page=PAGE)
    assert "51 {count.x} {" in text_of(app)
    labels = [option.content for group in app.get("button_group") for option in group.proto.options]
    assert any(r"\[Pemprov\]\(https\://contoh\.id\) \*satu\*" in label for label in labels)


def test_a_target_in_another_unit_is_told_in_its_own(look, tmp_path):
    world = empty_world(date(2024, 7, 31))
    deliver(world, "rekap", {"wilayah": "16", "bulan": date(2024, 7, 31), "peserta_aktif": 5})
    deliver(world, "target", {**IN_PROVINCE, "tahun": 2024, "nilai": Decimal(35_000), "satuan": "orang"})
    text = text_of(look(make_targets_home(tmp_path, world), page=PAGE))
    assert "35.000 orang" in text
    assert "35.000 %" not in text


@pytest.mark.parametrize("language", ["id", "en"])
def test_official_figures_only_have_no_targets_and_it_is_said(look, official_home, language):
    text = text_of(look(official_home, page=PAGE, lang=language))
    assert (
        translator(language)("Belum ada target {year} untuk {where}").format(year=2024, where="Sumatera Selatan")
        in text
    )


def test_without_an_edition_the_page_says_what_to_do(look, tmp_path):
    assert "Belum ada data" in text_of(look(Home(tmp_path / "home"), page=PAGE))
