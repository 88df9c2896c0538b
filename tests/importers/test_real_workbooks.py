"""Workbooks and tables as offices really send them: merged headers, signatures, mixed dates, NIK through numbers."""

import re
import shutil
import zipfile
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from data.home import Home
from data.importers import import_file
from data.importers.returned import returned
from data.ledger import open_ledger
from tests.fixtures.workbooks.make_workbook import ROWS, save_with_libreoffice, write_original
from tests.importers.conftest import NIK, OTHER_NIK, TODAY, codes

SAVED = Path(__file__).parents[1] / "fixtures" / "workbooks" / "libreoffice.xlsx"
FIRST_ROW = 7  # under a title, a date, a blank row, a header of two rows and one of column numbers
HEADER = ["nik", "kode_proyek", "mulai"]
ROW = [NIK, "P-1", "2024-07-01"]


def test_a_workbook_saved_by_libreoffice_is_read_as_it_is_meant(home: Home):
    looks_as_meant(home, SAVED)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_workbook_that_libreoffice_saves_now_is_read_as_it_is_meant(home: Home, tmp_path: Path):
    write_original(tmp_path / "a.xlsx")
    looks_as_meant(home, save_with_libreoffice(tmp_path / "a.xlsx", tmp_path / "disimpan"))


def looks_as_meant(home: Home, path: Path) -> None:
    [result] = import_file(home, path, today=TODAY)
    numeric = [number for number, row in enumerate(ROWS, FIRST_ROW) if isinstance(row[1], int)]
    assert codes(result) == [(number, "nik_angka") for number in numeric]
    assert (result.rows_read, result.rows_accepted) == (len(ROWS), len(ROWS) - len(numeric))
    assert result.rejects[0].remedy == "NIK hilang digit: kirim ulang sebagai teks."
    for note in (
        "Lembar 'Pekerja', judul kolom di baris 4–5.",
        "1 baris tersembunyi di lembar ini ikut dibaca; hapus dari berkas bila tidak dimaksud.",
        "Kolom pribadi dibuang saat membaca: Nama Lengkap, Upah.",
        "Baris 6 berisi nomor kolom, dilewati.",
        "4 baris tanda tangan atau catatan di bawah tabel dilewati.",
        "1 baris JUMLAH/TOTAL dilewati.",
        "Lembar lain tidak dibaca: 'Petunjuk'.",
    ):
        assert note in result.notes
    with home.writer_lock("uji"), open_ledger(home) as ledger:
        days = ledger.execute("select row_number, mulai, selesai from tenaga_kerja order by row_number").fetchall()
    assert days == [
        (7, date(2024, 7, 1), date(2024, 12, 31)),
        (8, date(2024, 7, 2), date(2024, 12, 31)),
        (10, date(2024, 7, 4), None),
    ]


CLOSING = [
    ["Palembang, 31 Juli 2024"],
    ["", "Mengetahui"],
    ["Kepala Dinas,", "Direktur"],
    ["NIP. 19700101 199503 1 001"],
    ["Catatan: sementara"],
    ["*) angka sementara"],
    ["Sumber: Disnaker"],
]


@pytest.mark.parametrize("closing", CLOSING)
def test_lines_under_a_table_are_skipped_and_told(deliver, closing: list[str]):
    result = deliver([HEADER, ROW, ["", "", ""], closing, ["Eka Contoh", "Fani Contoh"]])
    assert (result.rows_read, result.rows_accepted) == (1, 1)
    assert "2 baris tanda tangan atau catatan di bawah tabel dilewati." in result.notes


def test_a_total_above_the_signature_is_still_a_total(deliver):
    result = deliver([HEADER, ROW, ["Jumlah: 1 orang"], ["Mengetahui"]])
    assert (result.rows_read, result.notes[-2:]) == (
        1, ["1 baris tanda tangan atau catatan di bawah tabel dilewati.", "1 baris JUMLAH/TOTAL dilewati."],
    )  # fmt: skip


@pytest.mark.parametrize(
    "last",
    [
        ["Kepala Dinas", "P-1", "2024-07-01"],  # as full as a row of data
        ["1671", "P-1"],  # says nothing of an end
        ["", "Senin, 1 Juli 2024"],  # a date
    ],
)
def test_a_poor_row_of_data_is_refused_and_not_skipped(deliver, last: list[str]):
    result = deliver([HEADER, ROW, last])
    assert (result.rows_read, result.rows_rejected) == (2, 1)


def test_a_signature_between_rows_of_data_ends_nothing(deliver):
    result = deliver([HEADER, ["Mengetahui"], ROW, [OTHER_NIK, "P-1", "2024-07-01"]])
    assert (result.rows_read, result.rows_rejected) == (3, 1)


def test_a_registration_of_two_cells_is_never_taken_for_a_signature(deliver):
    text = "kode_proyek,tgl_daftar\nCatatan-1,2024-07-01\nCatatan 2,2024-07-02\nP-3,2024-07-03\n"
    assert deliver(text, kind="pendaftaran").rows_accepted == 3


@pytest.mark.parametrize("separator", ["/", "-"])
def test_dates_with_the_month_first_cast_doubt_on_the_others(deliver, separator: str):
    days = ["07/25/2024", "07/02/2024", "08/02/2024"]
    rows = [[f"167101010190000{n}", "P-1", day.replace("/", separator)] for n, day in enumerate(days, 1)]
    result = deliver("\n".join(",".join(row) for row in [HEADER, *rows]))
    assert codes(result) == [(2, "tanggal_mustahil")]
    assert (
        "Kolom mulai: 1 tanggal menulis bulan sebelum hari, jadi 2 tanggal lain yang dibaca hari dahulu mungkin "
        "terbalik; kirim ulang kolom ini dengan hari dahulu."
    ) in result.notes


def test_years_of_two_digits_beside_the_word_of_a_month_are_read_and_told(deliver):
    days = ["14-Mar-25", "9 Juli 2024", "02-Jan-24", "9/7/24", "14 Siti 25"]
    rows = [[f"167101010190000{n}", "P-1", day] for n, day in enumerate(days, 1)]
    result = deliver("\n".join(",".join(row) for row in [HEADER, *rows]))
    assert codes(result) == [(5, "bukan_tanggal"), (6, "bukan_tanggal")]
    told = [note for note in result.notes if "dua angka" in note]
    assert told == ["Kolom mulai: 2 tanggal menulis tahun dengan dua angka; Jan-24 dibaca sebagai tahun 2024."]


def mixed(typed: list[date], texts: list[str]) -> list[list]:
    return [HEADER, *([f"16710101019000{n:02}", "P-1", day] for n, day in enumerate([*typed, *texts], 1))]


LOW = [date(2024, month, 7) for month in (2, 3, 4)]
HIGH = ["25/07/2024", "26/07/2024", "27/07/2024"]


def test_dates_that_excel_may_have_exchanged_are_told(deliver):
    result = deliver(mixed(LOW, HIGH))
    assert result.rows_accepted == 6
    assert (
        "Kolom mulai: 3 sel tanggal semuanya berhari 1–12 dan 3 tanggal berupa teks semuanya berhari 13–31; Excel "
        "mungkin menukar hari dan bulan; kirim ulang kolom ini sebagai teks."
    ) in result.notes


@pytest.mark.parametrize(
    ("typed", "texts"),
    [(LOW[:2], HIGH), (LOW, HIGH[:2]), ([*LOW, date(2024, 7, 13)], HIGH), (LOW, [*HIGH, "01/07/2024"]), (LOW, [])],
)
def test_without_signs_of_exchanged_dates_nothing_is_told(deliver, typed: list[date], texts: list[str]):
    assert not [note for note in deliver(mixed(typed, texts)).notes if "Kolom mulai" in note]


def rounded(count: int, *others: str) -> str:
    numbers = [*(f"16710101019000{n:02}"[:15] + "0" for n in range(10, 10 + 10 * count, 10)), *others]
    days = [date(2024, 7, 1) + timedelta(days=n) for n in range(len(numbers))]
    return "\n".join(["nik,kode_proyek,mulai", *(f"{nik},P-1,{day}" for nik, day in zip(numbers, days, strict=True))])


def test_a_file_whose_nik_all_end_in_zero_has_lost_digits(deliver):
    result = deliver(rounded(9, "1671010101900100"))
    assert (result.rows_rejected, {code for _, code in codes(result)}) == (10, {"nik_angka"})


@pytest.mark.parametrize("text", [rounded(9), rounded(9, NIK)])
def test_a_few_nik_that_end_in_zero_have_not(deliver, text: str):
    assert deliver(text).rows_rejected == 0


def test_an_error_of_a_formula_is_blank_and_told(home: Home, tmp_path: Path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([[*HEADER, "selesai"], [*ROW, None], [OTHER_NIK, "P-1", None]]):
            sheet.write_row(number, 0, row)
        for cell in ("D2", "C3"):
            sheet.write_formula(cell, "=1/0", value="#DIV/0!")  # pyright: ignore[reportCallIssue, reportArgumentType]
    [result] = import_file(home, tmp_path / "a.xlsx", today=TODAY)
    assert codes(result) == [(3, "wajib_kosong")]
    assert "2 sel di lembar ini berisi galat rumus seperti #N/A dan dibaca kosong; perbaiki." in result.notes


def test_a_row_of_groups_above_the_header_does_not_matter(deliver):
    result = deliver([["Identitas", "", "Masa Kerja"], HEADER, ROW])
    assert (result.rows_accepted, result.notes[0]) == (1, "Lembar 'Sheet1', judul kolom di baris 2.")


OFFICIAL = ["wilayah", "per_tanggal", "segmen", "peserta", "potensi", "persen_tercetak", "sumber"]


def write_shares(path: Path, *rows: list, corner: tuple[int, int] = (0, 0)) -> Path:
    """Official figures below and right of a corner; each percentage is (value, the format that it is shown in)."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        first, left = corner
        sheet.write_row(first, left, OFFICIAL)
        for number, (*before, (share, shown), source) in enumerate(rows, first + 1):
            sheet.write_row(number, left, [*before, share, source])
            sheet.write(number, left + len(before), share, book.add_format({"num_format": shown}))
    return path


def shares_of(home: Home) -> list[str]:
    with home.writer_lock("uji"), open_ledger(home) as ledger:
        found = ledger.execute(
            "select cast(persen_tercetak as varchar) from angka_resmi order by row_number"
        ).fetchall()
    return [share for (share,) in found]


@pytest.mark.parametrize("corner", [(0, 0), (6, 3)])
def test_a_share_that_a_workbook_shows_as_a_percentage_is_that_percentage(home: Home, tmp_path: Path, corner):
    shares = [
        (0.456, "0.0%"),
        (1, "0%"),
        (0.5088, "0.00%;[Red]-0.00%"),
        (45.6, "0.0"),
        (45.6, '0.0"%"'),
        ("45,6", "0%"),
    ]
    rows = [["16", f"2024-0{month}-28", "JAKON", 5, 10, share, "K"] for month, share in enumerate(shares, 1)]
    import_file(home, write_shares(tmp_path / "a.xlsx", *rows, corner=corner), today=TODAY)
    assert shares_of(home) == ["45.60", "100.00", "50.88", "45.60", "45.60", "45.60"]


def test_a_refused_row_goes_back_and_comes_in_again_with_the_percentage_that_was_shown(home: Home, tmp_path: Path):
    rows = [["16", "2024-13-28", "JAKON", 5, 10, (0.456, "0.0%"), "K"]]
    import_file(home, write_shares(tmp_path / "a.xlsx", *rows), today=TODAY)
    fixed = openpyxl.load_workbook(BytesIO(returned(home, 1).content))
    fixed.worksheets[0].cell(3, 2, "2024-12-28")
    fixed.save(tmp_path / "betul.xlsx")
    assert import_file(home, tmp_path / "betul.xlsx", today=TODAY)[0].rows_accepted == 1
    assert shares_of(home) == ["45.60"]


def test_a_formula_that_nobody_has_reckoned_is_told_and_one_whose_result_is_blank_is_not(home: Home, tmp_path: Path):
    header = ["kode_proyek", "nama_proyek", "wilayah", "pemilik", "mulai", "selesai", "nilai_kontrak", "no_spk"]
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(header)
    sheet.append(["P-1", "Jalan", "16.71", "D", "2024-01-01", "2024-02-01", "=1+1", "=A2"])
    book.save(tmp_path / "a.xlsx")
    [result] = import_file(home, tmp_path / "a.xlsx", today=TODAY)
    told = "sel di lembar ini berisi rumus tanpa hasil dan dibaca kosong; buka berkasnya di Excel, simpan, lalu kirim"
    assert f"2 {told} ulang." in result.notes
    # As a spreadsheet keeps the results 2 and a blank text.
    with zipfile.ZipFile(tmp_path / "a.xlsx") as made, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as saved:
        for name in made.namelist():
            content = re.sub(rb"(<f>1\+1</f>)<v[^>]*>(</v>)?", rb"\1<v>2</v>", made.read(name))
            saved.writestr(name, re.sub(rb'(<c r="H2")(?=><f>)', rb'\1 t="str"', content))
    [result] = import_file(home, tmp_path / "b.xlsx", today=TODAY)
    assert not [note for note in result.notes if told in note]
