"""Data & Definisi, Periksa klaim: the box says what the shell says, and keeps nothing."""

import pytest

from data.home import Home
from tests.pages.conftest import html_of, text_of

PART = {"bagian": "definisi", "isi": "klaim"}
KANWIL = "123 ribu dari sekitar 270 ribu pekerja, atau 45,6 persen"


def checked(look, home, text, **params):
    app = look(home, "data_definisi", **PART, **params)
    app.text_area(key="claims-text").set_value(text)
    app.button[-1].click().run()
    assert not app.exception
    return app


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("id", ("SESUAI", "Dihitung ulang: 45,6 % (44,5–46,6 %)", "Kanwil BPJS Ketenagakerjaan Sumbagsel")),
        ("en", ("CONSISTENT", "Recomputed: 45.6%", "Kanwil BPJS Ketenagakerjaan Sumbagsel")),
    ],
)
def test_the_sentence_of_the_kanwil_is_consistent_in_both_languages(look, official_home, language, words):
    said = text_of(checked(look, official_home, KANWIL, lang=language))
    assert [word for word in words if word not in said] == []


def test_the_figures_of_bali_are_inconsistent_by_how_much(look, official_home):
    said = text_of(checked(look, official_home, "Bali 50,88 %: 935.079 dari 1.873.899 pekerja"))
    assert "TIDAK SESUAI: selisih 0,98 poin, dan 0,97 poin di luar rentang pembulatan." in said


def test_a_figure_of_a_month_is_set_beside_the_stored_one(look, official_home):
    said = text_of(checked(look, official_home, "Cakupan Sumatera Selatan Juli 2024 mencapai 45,6 %"))
    assert "45,6 %, sebagai persentase" in said
    assert "SESUAI dengan angka tersimpan." in said


def test_before_anything_is_sent_there_are_examples_and_no_verdict(look, official_home):
    app = look(official_home, "data_definisi", **PART)
    assert f"Misalnya: {KANWIL}" in text_of(app)
    assert "ck-verdict" not in html_of(app)


def test_what_could_be_a_nik_is_refused_without_repeating_it(look, official_home):
    said = text_of(checked(look, official_home, "1671014107900001 dari 270 ribu"))
    assert "dapat berupa NIK" in said
    assert "1671" not in said


def test_html_in_a_sentence_stays_text(look, official_home):
    page = html_of(checked(look, official_home, "<img src=x> 1 dari 2 pekerja (60 %)"))
    assert "<img" not in page
    assert "ck-verdict concern" in page


def test_without_an_edition_the_arithmetic_alone_is_checked(look, tmp_path):
    empty = Home(tmp_path / "kosong")
    empty.root.mkdir()
    said = text_of(checked(look, empty, KANWIL))
    assert "Belum ada edisi, jadi hanya hitungannya yang diperiksa." in said
