"""Ringkasan on homes small enough to know every number on it."""

import json
import re
from urllib.parse import parse_qs

import pytest

from tests.pages.conftest import HOSTILE_OWNER, html_of, language_link_of, links_of, text_of


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    "params", [{}, {"owner": "Dinas PUPR"}, {"fund": "Swasta"}, {"place": "16.02"}, {"place": "00"}]
)
def test_the_page_runs_for_every_kind_of_scope(look, small_home, language, params):
    assert "ck-figure" in html_of(look(small_home, lang=language, **params))


def test_the_headline_stands_with_band_numerator_denominator_date_and_source(look, official_home):
    text = text_of(look(official_home))
    assert "45,6 % ≈ 44,5–46,6 %" in text
    assert "123 ribu dari 270 ribu · Juli 2024, posisi 9 Juli · Kanwil BPJS Ketenagakerjaan Sumbagsel" in text
    assert "Selisih ke perkiraan: 147 ribu pekerja (antara 141.500 dan 152.500)" in text


def test_the_english_page_has_english_numbers_and_no_indonesian_headings(look, official_home):
    text = text_of(look(official_home, lang="en"))
    assert "45.6% ≈ 44.5–46.6%" in text
    assert "123 thousand of 270 thousand" in text
    assert "Pekerja" not in text


def test_an_implausible_percentage_is_shown_and_flagged_by_word_and_shape(look, official_home):
    app = look(official_home, month="2017-12")
    assert "399,1 %" in text_of(app)
    assert "▲ 399,1 % — melebihi 100 %:" in text_of(app)
    assert '<b class="flagged">399,1 %</b>' in html_of(app)


def test_an_undated_figure_is_nowhere(look, official_home):
    app = look(official_home)
    assert "Bali" not in text_of(app)
    assert "Bali" not in app.selectbox(key="scope-place").options


def test_the_trend_reaches_back_to_the_only_other_figure_and_leaves_the_rest_blank(look, official_home):
    app = look(official_home)
    assert "78 bulan tanpa data dibiarkan kosong" in text_of(app)
    [chart] = app.get("plotly_chart")
    assert chart.proto.alt.startswith("Grafik garis persentase, Desember 2017 sampai Juli 2024, 2 bulan berisi data.")


def test_what_cannot_be_told_from_reports_is_said_and_not_drawn(look, official_home):
    text = text_of(look(official_home))
    assert "Perubahan sejak Juli 2023 belum dapat diuraikan" in text
    assert "Tidak ada proyek berjalan yang tercatat, jadi tidak ada penempatan yang dinilai." in text


def test_without_a_denominator_there_is_a_count_and_no_percentage(look, official_home):
    text = text_of(look(official_home, place="16.04"))
    assert "Peserta konstruksi aktif · Kabupaten Lahat 8.123" in text
    assert "Tanpa persen karena belum ada perkiraan jumlah pekerja konstruksi" in text
    assert re.search(r"\d ?%", text) is None


def test_the_number_is_made_of_named_unnamed_and_the_rest(look, small_home):
    # July: persons 1 and 2; registered 6, of them 2 named; estimated 20.
    text = text_of(look(small_home))
    assert "30,0 % ≈ 24,0–37,5 %" in text  # 6/20, 6/25, 6/16
    assert "Bernama 2 10,0 %" in text
    assert "Tanpa nama 4 20,0 %" in text
    assert "Selisih ke perkiraan 14 70,0 %" in text


def test_the_waterfall_names_what_moved(look, small_home):
    # June 1 named + 5 unnamed, July 2 + 4: one person joined and one unnamed place got a name, 1/20 each.
    text = text_of(look(small_home))
    assert "Tetap 30,0 %: peserta baru menambah 5,0 poin; pekerja tanpa nama mengurangi 5,0 poin" in text
    assert "jumlah gerak tiap bulan; yang berhenti lalu aktif lagi ikut terhitung di keduanya" in text
    assert "Gerak, orang" in text


def test_the_waterfall_of_placements_names_the_workers_of_the_projects(look, small_home):
    # June: 1 named, 5 unnamed of 10 on A and 6 on B; July: 2 and 4 of the same 16.
    text = text_of(look(small_home, fund="APBN"))
    assert "Tetap 60,0 %: pekerja bernama menambah 10,0 poin; pekerja tanpa nama mengurangi 10,0 poin" in text
    assert "Penyebut" not in text.split("Tetap 60,0 %:")[1]


def test_the_rankings_count_unprotected_placements(look, small_home):
    # A: 10 workers, 6 covered. B: 6 workers, none covered.
    text = text_of(look(small_home))
    whole = "Kabupaten Ogan Komering Ilir menanggung 60,0 % dari seluruh 10 penempatan yang belum terlindungi"
    assert whole in text
    assert "15 wilayah tanpa proyek berjalan." in text  # of the 17
    assert "belum dapat dinilai" not in text
    assert "6 / 6 · 100,0 %" in text
    assert "4 / 10 · 40,0 %" in text


def test_each_name_of_a_ranking_links_to_its_own_scope_and_keeps_the_rest(look, small_home):
    links = links_of(look(small_home, lang="en", month="2024-07"))
    assert parse_qs(links["Kota Palembang"]) == {"lang": ["en"], "month": ["2024-07"], "place": ["16.71"]}
    assert parse_qs(links["APBN"]) == {"lang": ["en"], "month": ["2024-07"], "fund": ["APBN"]}
    assert parse_qs(links[HOSTILE_OWNER])["owner"] == [HOSTILE_OWNER]


def test_with_an_owner_the_headline_is_placement_coverage_and_says_why(look, small_home):
    text = text_of(look(small_home, owner="Dinas PUPR"))
    assert "Penempatan pekerja yang terlindungi · Dinas PUPR, Sumatera Selatan 60,0 %" in text
    assert "tidak ada survei pekerja menurut keduanya" in text


def test_names_from_the_data_are_escaped_wherever_they_stand(look, small_home):
    app = look(small_home, owner=HOSTILE_OWNER)
    assert "<img" not in html_of(app)
    assert HOSTILE_OWNER in text_of(app)


def test_hostile_values_of_the_address_are_ignored_with_a_sentence(look, small_home):
    app = look(small_home, place="<script>alert(1)</script>", month="9999-99", owner="'; drop table work; --")
    assert "<script" not in html_of(app)
    text = text_of(app)
    assert "Wilayah “<script>alert(1)</script>” pada tautan tidak dikenal; diabaikan." in text
    assert "Bulan “9999-99” pada tautan tidak ada datanya; diabaikan." in text
    assert "30,0 %" in text


def test_an_unknown_language_is_indonesian(look, small_home):
    assert "Pekerja konstruksi yang terlindungi" in text_of(look(small_home, lang="fr"))


def test_choosing_in_the_bar_writes_the_address(look, small_home):
    app = look(small_home)
    app.selectbox(key="scope-owner").set_value("Dinas PUPR").run()
    app.selectbox(key="scope-month").set_value("2024-06").run()
    assert app.query_params == {"owner": "Dinas PUPR", "month": "2024-06"}
    app.selectbox(key="scope-owner").set_value("").run()
    assert app.query_params == {"month": "2024-06"}
    assert not app.exception


def test_a_month_of_comparison_that_is_no_longer_earlier_leaves_the_address(look, small_home):
    app = look(small_home, compare="2024-06")
    app.selectbox(key="scope-month").set_value("2024-06").run()
    assert app.query_params == {"month": "2024-06"}


def test_the_language_link_keeps_the_scope(look, small_home):
    name, address = language_link_of(look(small_home, fund="APBN", owner="R&D"))
    assert (name, parse_qs(address)) == ("English", {"fund": ["APBN"], "owner": ["R&D"], "lang": ["en"]})
    name, address = language_link_of(look(small_home, fund="APBN", lang="en"))
    assert (name, parse_qs(address)) == ("Indonesia", {"fund": ["APBN"]})


def test_a_scope_without_data_is_named_and_can_be_left(look, small_home):
    app = look(small_home, owner="Dinas PUPR", place="16.02", lang="id")
    text = text_of(app)
    assert "Dinas PUPR, Kabupaten Ogan Komering Ilir: belum ada angka untuk Juli 2024" in text
    assert text.count("Tidak ada proyek berjalan yang tercatat") == 1
    links = links_of(app)
    assert parse_qs(links["Hapus pilihan Dinas PUPR"]) == {"place": ["16.02"], "lang": ["id"]}
    assert parse_qs(links["Hapus semua saringan"]) == {"lang": ["id"]}
    assert app.get("plotly_chart") == []


def test_a_month_without_data_offers_the_latest_that_has_some(look, official_home):
    app = look(official_home, month="2024-11")
    assert "Sumatera Selatan: belum ada angka untuk November 2024" in text_of(app)
    assert parse_qs(links_of(app)["Lihat bulan terakhir yang ada datanya: Juli 2024"]) == {"month": ["2024-07"]}


def test_stale_data_carry_their_date_and_only_on_the_latest_month(look, official_home):
    stale = "Data terakhir posisi 9 Juli 2024; belum ada kiriman baru sejak itu."
    assert stale in text_of(look(official_home))
    assert "belum ada kiriman baru" not in text_of(look(official_home, month="2017-12"))


@pytest.mark.parametrize(("language", "heading"), [("id", "Belum ada data"), ("en", "No data yet")])
def test_an_empty_home_says_the_next_step_and_gives_templates(look, home, language, heading):
    app = look(home, lang=language)
    text = text_of(app)
    assert heading in text
    assert "python cakupan.py import" in text
    assert {button.label for button in app.get("download_button")} >= {"proyek", "kepesertaan", "angka_resmi"}
    assert app.selectbox.len == 0


def test_the_definition_stands_beside_the_number(look, small_home):
    text = text_of(look(small_home))
    assert "Peserta konstruksi aktif pada akhir bulan (orang dihitung sekali" in text
    assert "population_coverage, versi 2" in text


def test_every_chart_has_a_table_and_an_alternative_text(look, small_home):
    app = look(small_home)
    charts = app.get("plotly_chart")
    assert len(charts) == 2
    assert all(chart.proto.alt for chart in charts)
    assert len(app.get("download_button")) == 2 * (2 + 3)  # CSV and XLSX of two charts and three rankings
    assert html_of(app).count('<table class="ck-table">') == 2 + 3


def test_real_data_carry_no_demonstration_banner(look, small_home):
    assert "DATA CONTOH" not in text_of(look(small_home))


def test_the_footer_names_the_edition(look, small_home):
    assert "Edisi 1, diterbitkan" in text_of(look(small_home))
    assert "dihitung per 31 Juli 2024." in text_of(look(small_home))


def test_the_footer_says_of_what_day_the_newest_figure_of_the_home_place_is(look, official_home):
    text = text_of(look(official_home, place="16.04"))
    assert "dihitung per 31 Desember 2024. Angka terakhir Sumatera Selatan: posisi 9 Juli 2024." in text


@pytest.mark.parametrize("params", [{"place": "51"}, {"place": "16.71", "month": "2024-06"}, {"fund": "BLUD/BUMD"}])
def test_a_real_choice_without_data_is_kept_and_not_replaced_by_another_number(look, official_home, params):
    app = look(official_home, **params)
    assert "belum ada angka untuk" in text_of(app)
    assert "ck-figure" not in html_of(app)
    assert not any(label.startswith("Lihat bulan terakhir") for label in links_of(app))
    for name, value in params.items():
        assert app.selectbox(key=f"scope-{name}").value == value


def test_a_group_whose_data_are_incomplete_is_told_from_one_without_projects(look, unjudged_home):
    text = text_of(look(unjudged_home, owner="Dinas PUPR"))
    assert "1 proyek berjalan tercatat, tetapi data pendaftaran atau kepesertaannya belum lengkap" in text
    assert "belum dapat dinilai: 1 proyek berjalan tercatat, tetapi datanya belum lengkap." in text


def test_a_rounded_report_without_a_denominator_shows_its_rounding_and_no_sentence_on_kabupaten(look, rounded_home):
    text = text_of(look(rounded_home, place="00"))
    assert "Peserta konstruksi aktif · Indonesia 7,36 jt ≈ 7,355–7,365 jt" in text
    assert "kabupaten/kota tidak diturunkan" not in text
    assert "Menurut tanggal laporan. Sumber: Kantor pusat." in text


def test_the_reader_sees_what_another_estimate_would_say_and_switches_to_it(look, two_estimates_home):
    app = look(two_estimates_home)
    assert "Pekerja konstruksi yang terlindungi · Sumatera Selatan 45,6 %" in text_of(app)
    sentence = "Dengan BPS Sakernas 174.890 (29 Februari 2024): 70,3 %."  # 123.000 / 174.890
    assert parse_qs(links_of(app)[sentence]) == {"vintage": ["BPS Sakernas"]}
    assert not any(label.startswith("Dengan Kanwil") for label in links_of(app))


def test_headline_gap_and_trend_follow_the_chosen_estimate(look, two_estimates_home):
    app = look(two_estimates_home, vintage="BPS Sakernas")
    text = text_of(app)
    assert "Pekerja konstruksi yang terlindungi · Sumatera Selatan 70,3 %" in text
    assert "Selisih ke perkiraan: 51.890 pekerja." in text  # 174.890 - 123.000
    assert "Cakupan Sumatera Selatan 70,3 % pada Juli 2024" in text
    assert "Dengan Kanwil 270.000 (31 Mei 2024): 45,6 %." in links_of(app)
    assert app.selectbox(key="scope-vintage").value == "BPS Sakernas"


def test_an_estimate_that_the_place_has_not_is_ignored_with_a_sentence(look, two_estimates_home):
    text = text_of(look(two_estimates_home, vintage="Susenas"))
    assert "Penyebut “Susenas” pada tautan tidak punya perkiraan untuk wilayah dan bulan ini; diabaikan." in text
    assert "45,6 %" in text


def test_the_pages_are_linked_and_the_current_one_is_marked(look, small_home):
    app = look(small_home, lang="en", month="2024-07")
    assert '<span class="ck-here" aria-current="page">Summary</span>' in html_of(app)
    assert parse_qs(links_of(app)["Comparison"]) == {"lang": ["en"], "month": ["2024-07"]}


def test_an_estimate_of_years_ago_is_no_rival_of_the_one_in_use(look, official_home):
    text = text_of(look(official_home, month="2024-07"))
    assert "123 ribu dari 270 ribu" in text
    assert "Dengan menjumlah peserta per proyek" not in text


def test_a_sum_of_reports_says_how_many_places_reported(look, rounded_home):
    text = text_of(look(rounded_home, place="16"))
    assert "Peserta konstruksi aktif · Sumatera Selatan · 2 dari 17 wilayah melapor 300" in text
    assert "Peserta aktif Sumatera Selatan (2 dari 17 wilayah melapor) 300 orang pada Juli 2024" in text
    assert "wilayah yang melapor pada kedua bulan belum tentu sama" in text


def test_a_branch_shows_persons_their_split_and_which_member_has_no_estimate(look, small_home):
    text = text_of(look(small_home, place="branch:kota"))
    assert "Bernama 2 33,3 % Tanpa nama 4 66,7 %" in text
    assert "Tetap 6: peserta baru menambah 1 orang; pekerja tanpa nama mengurangi 1 orang" in text
    assert "Belum ada perkiraan: Kabupaten Ogan Komering Ilir, Kota Palembang." in text


def test_a_count_is_marked_at_the_month_compared_with_too(look, small_home):
    chart = look(small_home, place="branch:kota").get("plotly_chart")[0]
    notes = [note["text"] for note in json.loads(chart.proto.spec)["layout"]["annotations"]]
    assert sorted(notes) == ["6", "<b>6</b>"]


def test_a_ranking_of_a_single_group_is_left_out(look, small_home):
    assert "menanggung" not in text_of(look(small_home, fund="APBN"))


def test_an_edition_that_cannot_be_opened_is_one_sentence(look, home):
    home.root.mkdir(exist_ok=True)
    home.current_path.write_text("rusak", "utf-8")
    assert "berisi 'rusak'; jalankan publish lagi." in text_of(look(home))
