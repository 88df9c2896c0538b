"""The table of a chart as HTML and as CSV."""

import csv
import re
from dataclasses import replace
from decimal import Decimal
from operator import itemgetter

import pytest
from streamlit.testing.v1 import AppTest

from reports.cells import defused
from ui import tables
from ui.tables import Column, Stamp, csv_bytes, html_table

NAME = Column("Pemilik", itemgetter("name"), itemgetter("name"), numeric=False)
SHARE = Column("Cakupan, %", lambda _row: "45,6", itemgetter("share"))
BARE, DEMO = (Stamp("cakupan-16-2024-07", {}, demo) for demo in (False, True))
HOSTILE = {"name": "<script>alert(1)</script>", "share": Decimal("45.5555")}


def test_a_number_says_to_who_listens_where_it_leads():
    column = Column("Cakupan, %", str, float, link=lambda _row: 'a?b="1"&c=2', says="asal angka")
    expected = '<td class="num"><a aria-label="45, asal angka" href="a?b=&quot;1&quot;&amp;c=2">45</a></td>'
    assert expected in html_table([column], [45], "Cakupan")


def cells_of(content):
    return list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\N{NO-BREAK SPACE}=", "＝"])
def test_a_cell_that_a_spreadsheet_would_run_is_defused(start):
    assert defused(start + "HYPERLINK(1)") == "'" + start + "HYPERLINK(1)"


def test_a_formula_behind_spaces_is_defused_too():
    assert defused("  =1+1") == "'  =1+1"


def test_other_cells_stay_as_they_are():
    assert defused("Dinas PUPR (=Cipta Karya)") == "Dinas PUPR (=Cipta Karya)"


def test_a_name_in_a_csv_is_defused_and_a_negative_number_is_not():
    rows = [{"name": "=cmd", "share": -1.5}]
    assert cells_of(csv_bytes([NAME, SHARE], rows, BARE, "id"))[1] == ["'=cmd", "-1,5"]


@pytest.mark.parametrize(("language", "other"), [("id", ","), ("en", ";"), ("id", "\t"), ("en", "\t")])
@pytest.mark.parametrize(
    "split", ["{other}=1+1{other}", "{other} @SUM(1){other}", '{other}"+1{other}', "\n-1+1{other}"]
)
def test_a_spreadsheet_of_another_country_finds_no_formula_in_any_cell(language, other, split):
    rows = [{"name": "Dinas A" + split.format(other=other) + "B", "share": 1}]
    content = csv_bytes([SHARE, NAME], rows, BARE, language).decode("utf-8-sig")
    cells = [cell for line in csv.reader(content.splitlines(), delimiter=other) for cell in line]
    assert "B" in cells[-1]
    assert [cell for cell in cells if cell.strip(' "').startswith(tuple("=+-@"))] == []


def test_a_dash_where_no_spreadsheet_begins_a_cell_stays_as_it_is():
    told = "Tahap 1; -2; Jalan A - Jalan B (=nilai, lama)"
    assert cells_of(csv_bytes([NAME], [{"name": told}], BARE, "id"))[1] == [told]


def test_a_csv_opens_in_the_spreadsheet_of_its_language():
    indonesian = csv_bytes([NAME, SHARE], [HOSTILE], BARE, "id")
    english = csv_bytes([NAME, SHARE], [HOSTILE], BARE, "en")
    assert indonesian.startswith(b"\xef\xbb\xbf")
    assert cells_of(indonesian)[1][1] == "45,5555"
    assert list(csv.reader(english.decode("utf-8-sig").splitlines()))[1][1] == "45.5555"


def test_what_is_unknown_is_an_empty_cell_and_never_zero():
    assert csv_bytes([SHARE], [{"share": None}], BARE, "en").decode("utf-8-sig").splitlines()[1] == '""'


def test_every_row_of_a_demonstration_says_so():
    lines = cells_of(csv_bytes([NAME, SHARE], [HOSTILE, HOSTILE], DEMO, "id"))
    assert [line[-1] for line in lines] == ["DATA CONTOH"] * 3


def test_names_in_an_html_table_are_escaped():
    table = html_table([NAME, SHARE], [HOSTILE], "Cakupan <menurut> pemilik")
    assert "<script>" not in table
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in table
    assert '<td class="num">45,6</td>' in table


def test_a_scrollable_table_is_a_named_region():
    table = html_table([NAME], [HOSTILE], 'Cakupan "menurut" <pemilik>')
    assert 'role="region" aria-label="Cakupan &quot;menurut&quot; &lt;pemilik&gt;" tabindex="0"' in table


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (10010.0, "10010"),
        (-2, "-2"),
        (100 / 3, "33,333333333333"),
        (100 * 44454 / 100009, "44,449999500045"),
        (Decimal("0.5000"), "0,5"),
        (-1e-15, "0"),
        (1e12, "1000000000000"),
    ],
)
def test_numbers_in_a_file_round_as_those_on_the_screen_and_whole_ones_have_no_decimals(value, cell):
    assert cells_of(csv_bytes([SHARE], [{"share": value}], BARE, "id"))[1] == [cell]


def test_every_row_of_a_file_repeats_what_it_was_taken_from():
    stamp = Stamp("cakupan-16-2024-07", {"Lingkup: wilayah": "Sumatera Selatan", "Edisi": 7}, demo=False)
    lines = cells_of(csv_bytes([SHARE], [HOSTILE, HOSTILE], stamp, "id"))
    assert lines == [["Cakupan, %", "Lingkup: wilayah", "Edisi"], *[["45,5555", "Sumatera Selatan", "7"]] * 2]


def test_a_column_only_in_a_file_is_not_on_the_screen():
    code = Column("Kode", str, itemgetter("name"), numeric=False, only_in_file=True)
    assert "Kode" not in html_table([SHARE, code], [HOSTILE], "Cakupan")
    assert b"Kode" in csv_bytes([SHARE, code], [HOSTILE], BARE, "id")


def test_of_a_table_too_long_for_the_screen_the_first_rows_are_shown_and_it_is_said(monkeypatch):
    def page(count):
        from tests.ui.test_tables import BARE, NAME
        from ui.tables import show_table

        show_table([NAME], [{"name": f"Proyek {n}"} for n in range(count)], "nama", "Nama", BARE, "id")

    offered = []
    monkeypatch.setattr(tables, "show_files", lambda *told: offered.append(len(told[1])))
    fitting = AppTest.from_function(page, kwargs={"count": 2_000}).run(timeout=30)
    longer = AppTest.from_function(page, kwargs={"count": 2_001}).run(timeout=30)
    assert [app.get("html")[0].proto.body.count("<td>") for app in (fitting, longer)] == [2_000, 2_000]
    assert [[told.value for told in app.caption] for app in (fitting, longer)] == [
        [],
        ["2.000 baris pertama dari 2.001; semuanya ada dalam berkas."],
    ]
    assert offered == [2_000, 2_001]


def test_a_table_that_is_stacked_on_a_phone_is_the_same_table_with_its_header_before_each_number():
    name = replace(NAME, header='"Nama"', on_phone="labelled")
    plain, stacked = (html_table([name, SHARE], [HOSTILE], "Cakupan", stacked=one) for one in (False, True))
    bare = [re.sub(r"<(/?\w+)[^>]*>", r"<\1>", html) for html in (plain, stacked)]
    assert bare[0] == bare[1] and "&lt;script&gt;" in bare[1]
    assert 'class="labelled" data-label="&quot;Nama&quot;"' in stacked
    assert 'class="num labelled" data-label="Cakupan, %"' in stacked
    assert [stacked.count(f'role="{role}"') for role in ("table", "row", "columnheader", "cell")] == [1, 2, 2, 2]
    assert "data-label" not in plain and 'role="row"' not in plain
