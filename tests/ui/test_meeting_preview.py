"""The preview of a meeting pack, from a pack with everything in it."""

import re
from dataclasses import replace
from html import unescape
from urllib.parse import unquote

import pytest

from tests.reports.sample_pack import HOSTILE, sample_pack
from ui.meeting_preview import SHOWN_LINES, pack_html


@pytest.fixture(scope="module")
def html():
    return pack_html(sample_pack(), dark=False)


def words(html):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def tags(html):
    return set(re.findall(r"<([a-z0-9]+)", html))


def test_every_section_stands_with_its_title_in_the_order_of_the_pack(html):
    pack = sample_pack()
    found = [unescape(title) for title in re.findall(r"<h2>(.*?)</h2>", html)]
    assert found == [pack.title, *(section.title for section in pack.sections)]


def test_what_cannot_be_said_is_a_sentence_in_its_place(html):
    assert "6 SPK baru Tidak ada SPK baru Tidak ada SPK baru tanpa pendaftaran." in words(html)


def test_the_cover_has_the_figure_with_its_parts_and_the_warning(html):
    assert "DATA CONTOH Rapat koordinasi perlindungan pekerja konstruksi · 5 Agustus 2024" in words(html)
    assert "45,6 % ≈ 44,5–46,6 % 123 ribu dari 270 ribu · Juli 2024, posisi 9 Juli · Kanwil Sumbagsel" in words(html)
    assert "DATA CONTOH" not in pack_html(sample_pack(warning=None), dark=False)


def test_a_long_table_gives_its_first_lines_and_says_how_many_more_there_are(html):
    owners = next(table for table in html.split("<table")[1:] if "dan 55 baris lagi" in table)  # 60 - 5
    assert SHOWN_LINES == 5
    assert owners.count("<tr") == 1 + 5 + 1 + 1  # head, lines, the rest, JUMLAH
    assert "… dan 55 baris lagi dalam berkas" in owners
    assert "JUMLAH" in owners


def test_a_table_under_its_chart_is_folded_and_one_without_a_chart_is_open(html):
    assert "<summary>Pemilik proyek · 60 baris</summary>" in html
    pack = sample_pack()
    pack = replace(pack, sections=[replace(pack.sections[2], chart=None)])
    assert "<details" not in pack_html(pack, dark=False)


def test_what_is_not_known_is_a_dash_and_never_a_zero(html):
    assert "2 Dinas Perkim 8 – – – ○ belum ada data" in words(html)


def test_hostile_names_are_only_text(html):
    assert tags(html) == {
        "div", "section", "p", "b", "span", "h2", "img", "details", "summary",
        "table", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    assert HOSTILE[1] in words(html)
    assert "<script" not in unquote(html)


def test_a_picture_says_in_words_what_it_shows_and_comes_for_desk_and_phone(html):
    for chart in (section.chart for section in sample_pack().sections if section.chart):
        assert html.count(f'alt="{chart.alt}"') == 2
    assert html.count('class="at-desk"') == html.count('class="on-phone"') == 5


def test_dark_paper_has_other_colours_and_the_same_words(html):
    dark = pack_html(sample_pack(), dark=True)
    assert words(dark) == words(html)
    assert dark != html


def test_a_table_of_the_workbook_alone_is_not_shown():
    pack = sample_pack()
    tables = [replace(table, only_in_workbook=True) for table in pack.sections[2].tables]
    pack = replace(pack, sections=[replace(pack.sections[2], tables=tables)])
    assert "<table" not in pack_html(pack, dark=False)


def test_a_table_without_lines_says_why():
    pack = sample_pack()
    table = replace(pack.sections[2].tables[0], lines=[], empty="Tidak ada proyek.")
    pack = replace(pack, sections=[replace(pack.sections[2], tables=[table])])
    assert "Tidak ada proyek." in words(pack_html(pack, dark=False))
