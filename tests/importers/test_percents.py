"""Cells shown as percentages, in workbooks that no office program has written."""

import zipfile
from pathlib import Path

import openpyxl

from data.importers.files import open_file
from data.importers.percents import PercentCells

HEADER, SHARE = "persen_tercetak", 0.456


def write_share(path: Path, *, column: str = "A", blanks: str = "", formats: int = 1) -> Path:
    """One share under a header; `blanks` are other cells that are shown as percentages, and hold nothing."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet[f"{column}1"], sheet[f"{column}2"] = HEADER, SHARE
    for number in range(formats):
        sheet[f"{column}2"].number_format = '0.0%"' + "x" * number + '"'
        sheet.cell(4 + number, 1).number_format = sheet[f"{column}2"].number_format
    for cell in blanks.split():
        sheet[cell].number_format = "0.0%"
    book.save(path)
    return path


def test_a_blank_percentage_left_of_the_table_changes_no_number_of_it(tmp_path: Path):
    path = write_share(tmp_path / "a.xlsx", column="C", blanks="A2 B2")
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["D1"], book.worksheets[0]["D2"] = "peserta", 12
    book.save(path)
    assert open_file(path).sheets[0].head[:2] == [[HEADER, "peserta"], ["45,6%", 12]]


def test_a_cell_that_stands_twice_in_a_damaged_sheet_is_shown_once(tmp_path: Path):
    with zipfile.ZipFile(write_share(tmp_path / "a.xlsx")) as whole, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as twice:
        for member in whole.infolist():
            text = whole.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                cell = text[text.index(b'<c r="A2"') : text.index(b"</row>", text.index(b'<c r="A2"'))]
                assert cell.endswith(b"</c>"), cell
                text = text.replace(cell, cell + cell)
            twice.writestr(member.filename, text)
    assert open_file(tmp_path / "b.xlsx").sheets[0].head[1] == ["45,6%"]


def test_a_workbook_of_many_formats_is_read_alike(tmp_path: Path):
    assert open_file(write_share(tmp_path / "a.xlsx", formats=200)).sheets[0].head[1] == ["45,6%"]


def test_of_thousands_of_formats_only_those_that_are_percentages_count():
    cells = PercentCells(range(0, 60_000, 2))
    cells.see(b'<c r="A1" s="7"><v>1</v></c><c s="58000" r="AB12"><v>1</v></c><c r="C3"><v>1</v></c>')
    assert {column: list(rows) for column, rows in cells.found.items()} == {27: [12]}
