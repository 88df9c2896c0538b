"""A workbook holds what the CSV holds, to the digit, as numbers and dates that a spreadsheet can use."""

import csv
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from operator import itemgetter

import pytest
from openpyxl import load_workbook

from reports.grid import PAGE_WIDTH, Heading
from reports.workbook import Sheet, sheet_widths, workbook_bytes
from ui.tables import Column, Stamp, csv_bytes, workbook

ROWS = [
    {"name": "Dinas PUPR", "share": 100 * 123 / 270, "money": Decimal("494248735331.25"), "day": date(2024, 7, 9)},
    {"name": "=HYPERLINK(1)", "share": None, "money": None, "day": None},
    {"name": "  -2+3", "share": -1e-9, "money": Decimal(0), "day": date(2023, 12, 31)},
]
COLUMNS = [
    Column("Pemilik", str, itemgetter("name"), numeric=False),
    Column("Cakupan, %", str, itemgetter("share"), decimals=1),
    Column("Nilai, Rp", str, itemgetter("money")),
    Column("Tanggal", str, itemgetter("day"), numeric=False, only_in_file=True),
]
STAMP = Stamp("cakupan-16-2024-07", {"Lingkup: wilayah": "Sumatera Selatan", "Edisi": 7}, demo=True)
HEAD_ROW = 6  # warning, title, two lines, a blank row


def opened(language="id", title="Satu dari tiga & lainnya"):
    book = load_workbook(BytesIO(workbook(COLUMNS, ROWS, title, STAMP, language)))
    [sheet] = book.worksheets
    return sheet


def as_in_a_csv(value):
    """What a cell of a CSV says of this cell of a workbook."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, int | float):
        text = f"{Decimal(str(value)):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return value or ""


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_workbook_equals_the_csv_to_the_digit(language):
    separator, mark = {"id": (";", ","), "en": (",", ".")}[language]
    text = csv_bytes(COLUMNS, ROWS, STAMP, language).decode("utf-8-sig")
    expected = [line[: len(COLUMNS)] for line in csv.reader(text.splitlines(), delimiter=separator)]
    found = [[as_in_a_csv(cell.value) for cell in row] for row in opened(language).iter_rows(min_row=HEAD_ROW)]
    numbers = [1, 2]
    for row in expected[1:]:
        for place in numbers:
            row[place] = row[place].replace(mark, ".")
    assert found == expected


def test_numbers_are_numbers_and_dates_are_dates():
    sheet = opened()
    first = [cell.value for cell in sheet[HEAD_ROW + 1]]
    assert first == ["Dinas PUPR", 45.555555555556, 494248735331.25, datetime(2024, 7, 9)]  # noqa: DTZ001
    assert sheet.cell(HEAD_ROW + 1, 2).number_format == "[$-421]#,##0.0"
    assert sheet.cell(HEAD_ROW + 1, 3).number_format == "[$-421]#,##0"


@pytest.mark.parametrize(("language", "code"), [("id", "421"), ("en", "809")])
def test_dates_are_written_in_the_language_of_the_page(language, code):
    assert opened(language).cell(HEAD_ROW + 1, 4).number_format == f"[$-{code}]d mmmm yyyy"


def test_what_looks_like_a_formula_is_text():
    sheet = opened()
    cells = [sheet.cell(HEAD_ROW + row, 1) for row in (2, 3)]
    assert [(cell.value, cell.data_type) for cell in cells] == [("'=HYPERLINK(1)", "s"), ("'  -2+3", "s")]


def test_what_is_unknown_is_an_empty_cell():
    sheet = opened()
    assert [sheet.cell(HEAD_ROW + 2, column).value for column in (2, 3, 4)] == [None, None, None]


def test_it_says_what_it_is_above_its_rows():
    sheet = opened()
    said = [[cell.value for cell in row[:2]] for row in sheet.iter_rows(max_row=HEAD_ROW - 1)]
    assert said == [
        ["DATA CONTOH", None],
        ["Satu dari tiga & lainnya", None],
        ["Lingkup: wilayah", "Sumatera Selatan"],
        ["Edisi", 7],
        [None, None],
    ]


def test_it_scrolls_filters_and_prints_with_its_headings():
    sheet = opened()
    assert sheet.freeze_panes == f"B{HEAD_ROW + 1}"
    assert sheet.auto_filter.ref == f"A{HEAD_ROW}:D{HEAD_ROW + len(ROWS)}"
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in ((1, 0), (None, 0))
    assert sheet.print_title_rows == f"${HEAD_ROW}:${HEAD_ROW}"
    assert sheet.oddFooter is not None and sheet.oddFooter.right is not None
    assert sheet.oddFooter.right.text == "Halaman &P dari &N"


def test_real_data_carry_no_warning_and_an_empty_table_is_a_workbook_too():
    sheet = Sheet("Judul", [("Edisi", 7)], [Heading("Pemilik")], [])
    [page] = load_workbook(BytesIO(workbook_bytes(sheet, "id"))).worksheets
    assert [row[0].value for row in page.iter_rows(max_col=1)] == ["Judul", "Edisi", None, "Pemilik"]


def test_a_title_that_begins_with_a_digit_does_not_change_the_size_of_the_printed_heading():
    sheet = Sheet("2 dari 77 pemilik & lain", [], [Heading("Pemilik")], [], warning="DATA CONTOH")
    [page] = load_workbook(BytesIO(workbook_bytes(sheet, "id"))).worksheets
    assert page.oddHeader is not None and page.oddHeader.left is not None and page.oddHeader.right is not None
    assert (page.oddHeader.left.size, page.oddHeader.right.size) == (9, 9)
    assert "2 dari 77" in (page.oddHeader.left.text or "")


LONG = "Beberapa kontrak berjalan tanpa pendaftaran sesudah batasnya. " * 2  # 124 characters


def test_long_texts_wrap_in_rows_high_enough_instead_of_shrinking_the_printed_page():
    sheet = Sheet("Temuan", [], [Heading(f"Uraian {at}") for at in range(8)], [[LONG] * 8, ["pendek"] * 8])
    # 8 x 30 = 240 would be too wide, 8 x 24 = 192 leaves 38 of 230, 4 for each.
    assert 8 * 24 <= PAGE_WIDTH < 8 * 30
    assert sheet_widths(sheet) == [24 + (230 - 192) // 8] * 8
    [page] = load_workbook(BytesIO(workbook_bytes(sheet, "id"))).worksheets
    assert page["A3"].value == "Uraian 0"
    assert page["A4"].alignment.wrap_text
    # (28 - 1.5) / 0.9 letters: "Beberapa kontrak berjalan", "tanpa pendaftaran sesudah", and three more lines.
    assert page.row_dimensions[4].height == 5 * 13.5
    assert page.row_dimensions[5].height is None


def test_numbers_and_dates_are_never_cut_and_names_of_the_lines_fit_the_first_column():
    headings = [Heading("No"), *(Heading(f"Nilai {at}") for at in range(20))]
    sheet = Sheet("Judul", [("Lingkup: pemilik proyek", "semua")], headings, [[1, *[494_248_735_331] * 20]])
    widths = sheet_widths(sheet)
    assert widths[0] == len("Lingkup: pemilik proyek")
    assert widths[1:] == [len("494,248,735,331") + 2] * 20
