"""The workbook of a pack says what the pack says, to the digit, as a spreadsheet can use and print it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

import reports.book
from reports.book import pack_workbook, pack_workbook_bytes
from reports.book_text import name_tabs
from reports.cells import exact
from reports.native_charts import strips_of
from reports.pack import Chart, Column, Line, Pack, Point, Section, Series, Table
from tests.reports.sample_pack import HOSTILE, dots_chart, sample_pack, trend_chart

OWNERS = "Pemilik proyek"
STATUS = 7
DATED = Table(
    "spk",
    "SPK baru",
    "SPK tanpa pendaftaran",
    [Column("SPK", is_numeric=False), Column("Tanggal", is_numeric=False), Column("Nilai, Rp", decimals=2)],
    [Line(["SPK-1", date(2024, 7, 9), Decimal("494248735331.25")], ["SPK-1", "9 Juli 2024", "Rp494.248.735.331"])],
)
EMPTY = Table("temuan", "Temuan", "Temuan", [Column("No"), Column("Uraian")], [], empty="Belum ada temuan.")
MORE = [Section("more", "Lainnya", "Satu SPK tanpa pendaftaran", tables=[DATED, EMPTY])]


def made(language: str = "id", **changes: object) -> Pack:
    pack = sample_pack(language=language, **changes)
    return replace(pack, sections=[*pack.sections, *MORE])


@pytest.fixture(scope="module", params=["id", "en"])
def language(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def content(language: str) -> bytes:
    return pack_workbook_bytes(made(language))


@pytest.fixture(scope="module")
def book(content: bytes):
    return load_workbook(BytesIO(content))


@dataclass(frozen=True)
class Read:
    """A table as it is found: the row of its headings and the last of its lines."""

    sheet: Worksheet
    head: int
    last: int


def read(book, name: str) -> Read:
    sheet = book[name]
    first, last = sheet.auto_filter.ref.split(":")
    return Read(sheet, int(first.strip("ABCDEFGHIJKL")), int(last.strip("ABCDEFGHIJKL")))


def tables() -> Iterator[Table]:
    return (table for section in made().sections for table in section.tables)


def as_found(cell):
    """What a cell of the pack is once a spreadsheet has it."""
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001
    return float(exact(cell)) if isinstance(cell, int | float | Decimal) else cell or None


def test_a_sheet_for_every_table_stands_between_the_charts_and_the_notes(book, language):
    own = {
        "id": ["Sampul", "Grafik", "Catatan", "Definisi", "Angka grafik"],
        "en": ["Cover", "Charts", "Notes", "Definitions", "Chart numbers"],
    }[language]
    assert book.sheetnames == [*own[:2], "Tren", "Perubahan", OWNERS, "SPK baru", "Temuan", *own[2:]]


def test_every_cell_of_every_table_is_the_pack_s_to_the_digit(book):
    compared = 0
    for table in tables():
        found = read(book, table.name)
        harmless = [line for line in table.lines if line.cells[1] not in HOSTILE]
        rows = found.sheet.iter_rows(min_row=found.head + 1, max_row=found.last, values_only=True)
        wanted = [[as_found(cell) for cell in line.cells] for line in table.lines]
        for row, line, cells in zip(rows, table.lines, wanted, strict=bool(table.lines)):
            if line in harmless:
                assert list(row[: len(cells)]) == cells
                compared += 1
    assert compared == 3 + 3 + 60 - len(HOSTILE) + 1


def test_numbers_and_dates_have_the_formats_of_their_language(book, language):
    code = {"id": "[$-421]", "en": "[$-809]"}[language]
    found = read(book, "SPK baru")
    _, day, money = found.sheet[found.head + 1]
    assert (day.data_type, day.number_format) == ("d", f"{code}d mmmm yyyy")
    assert (money.data_type, money.number_format) == ("n", f"{code}#,##0.00")
    owners = read(book, OWNERS)
    assert owners.sheet.cell(owners.head + 1, 7).number_format == f"{code}#,##0.0"


def test_what_is_unknown_is_an_empty_cell(book):
    owners = read(book, OWNERS)
    assert [owners.sheet.cell(owners.head + 2, column).value for column in (4, 5, 7)] == [None, None, None]


def test_no_sheet_has_a_formula_a_merged_cell_or_a_number_as_text(book):
    for sheet in book.worksheets:
        assert not sheet.merged_cells.ranges, sheet.title
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                number = isinstance(cell.value, str) and cell.value.replace(".", "").replace(",", "").isdigit()
                assert not number, (sheet.title, cell.coordinate)


def test_hostile_names_are_texts_that_nothing_runs_and_nothing_turns(book):
    owners = read(book, OWNERS)
    names = [owners.sheet.cell(owners.head + at, 2).value for at in range(1, len(HOSTILE) + 1)]
    assert names == [
        "'=cmd|'/c calc'!A1",
        "<script>alert(1)</script> & Putra",
        "N" * 300,
        "Gedung gnp.exe Arsip",
        "Jembatan 🏗️ Musi \U0001f1ee\U0001f1e9",
        "'+62 711 @SUM(1)",
    ]


def test_long_names_wrap_in_rows_high_enough(book):
    owners = read(book, OWNERS)
    cell = owners.sheet.cell(owners.head + 3, 2)
    assert cell.alignment.wrap_text
    width = owners.sheet.column_dimensions["B"].width
    assert width <= 61
    assert owners.sheet.row_dimensions[owners.head + 3].height >= 13.5 * 300 / width


def test_the_headings_stay_on_the_screen_and_on_every_printed_page(book):
    for table in tables():
        found = read(book, table.name)
        sheet, columns = found.sheet, len(table.columns)
        assert [cell.value for cell in sheet[found.head][:columns]] == [column.text for column in table.columns]
        assert sheet.freeze_panes == f"{'BC'[table.code not in ('spk', 'temuan')]}{found.head + 1}"
        assert sheet.print_title_rows == f"${found.head}:${found.head}"
        assert (
            sheet.auto_filter.ref == f"A{found.head}:{'ABCDEFGH'[columns - 1]}{found.head + max(1, len(table.lines))}"
        )


def test_every_sheet_prints_on_a4_across_with_page_numbers_origin_and_warning(book, language):
    pages = {"id": "Halaman &P dari &N", "en": "Page &P of &N"}[language]
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        assert sheet.oddFooter.left.text.strip() == "Edisi 12, posisi 31 Juli 2024, sidik 0a1b2c3d"
        assert sheet.oddFooter.right.text == pages
        assert sheet.oddHeader.right.text.strip() == "DATA CONTOH"
        assert sheet["A1"].value == "DATA CONTOH"


def test_the_total_is_the_pack_s_own_below_a_gap_that_filters_and_sorting_end_at(book):
    owners = read(book, OWNERS)
    [table] = [table for table in tables() if table.name == OWNERS]
    assert owners.last == owners.head + 60
    assert not any(cell.value for cell in owners.sheet[owners.last + 1])
    total = [cell.value for cell in owners.sheet[owners.last + 2][:8]]
    assert total == [None, "JUMLAH", 4 * 60 * 61 // 2, 3 * 60 * 61 // 2, 60 * 61 // 2, 12345678901.5, 75, None]
    assert owners.sheet.cell(owners.last + 2, 2).font.bold
    below = [owners.sheet.cell(row, 1).value for row in range(owners.last + 4, owners.last + 6)]
    assert below == [table.total_note, "Di bawah 5 proyek tidak dinilai."]


def test_a_status_is_a_word_on_the_fill_of_its_tone(book):
    owners = read(book, OWNERS)
    cells = [owners.sheet.cell(owners.head + at, STATUS + 1) for at in (1, 2, 5)]
    assert [cell.value for cell in cells] == ["ada", "belum ada data", "ada"]
    assert [cell.fill.fgColor.rgb for cell in cells] == ["FFE3F0FC", "FFF3F4F6", "FFFDF0E3"]  # better, context, concern
    assert owners.sheet.cell(owners.head + 1, STATUS).fill.fill_type is None


def test_a_table_without_lines_says_so(book):
    found = read(book, "Temuan")
    assert found.sheet.cell(found.head + 1, 1).value == "Belum ada temuan."


def test_above_a_table_stand_its_finding_its_title_and_its_source(book, language):
    sheet = book[OWNERS]
    said = {"id": "Sumber", "en": "Source"}[language]
    assert [sheet.cell(row, 1).value for row in range(2, 6)] == [
        "3 dari 60 pemilik proyek berbeda dari rata-rata 45,6 %; di bawah, paling jauh Dinas Perkim 12,0 %",
        "Rekapitulasi menurut OPD, Juli 2024",
        "Garis: selang kebetulan 95 %.",
        f"{said}: BPJS Ketenagakerjaan, posisi 9 Juli 2024",
    ]


def test_the_cover_says_headline_facts_summary_sources_and_leads_to_every_sheet(book, language):
    cover, pack = book.worksheets[0], made()
    texts = {cell.value for row in cover.iter_rows() for cell in row if isinstance(cell.value, str)}
    assert {pack.title, "45,6 %", *pack.summary, *pack.sources, pack.origin, pack.content_hash} <= texts
    anatomy = "≈ 44,5–46,6 % · 123 ribu dari 270 ribu · Juli 2024, posisi 9 Juli · Kanwil Sumbagsel"
    assert f"{anatomy}\nSelisih ke perkiraan: 147 ribu pekerja." in texts
    assert "Tidak ada SPK baru tanpa pendaftaran." in texts
    facts = {cover.cell(row, 1).value: cover.cell(row, 2).value for row in range(1, 40)}
    assert (facts["Edisi"], facts["Posisi"]) == (12, datetime(2024, 7, 31))  # noqa: DTZ001
    charts = {"id": "Grafik", "en": "Charts"}[language]
    led = {cell.hyperlink.location.split("!")[0].strip("'") for [cell] in cover.iter_rows(max_col=1) if cell.hyperlink}
    assert led == set(book.sheetnames[1:]) and charts in led


def test_notes_and_definitions_are_tables_of_their_own(book):
    notes, definitions = (read(book, book.sheetnames[at]) for at in (-3, -2))
    # Two notes, each of two findings.
    rows = notes.sheet.iter_rows(min_row=notes.head + 1, max_row=notes.last, max_col=1, values_only=True)
    assert [row[0] for row in rows] == ["Perkembangan; Pemilik proyek"] * 2
    assert notes.sheet.cell(notes.head + 1, 2).value == "Cakupan = peserta konstruksi aktif dibagi perkiraan pekerja."
    row = [cell.value for cell in definitions.sheet[definitions.head + 1]]
    assert row[1:] == [
        "peserta konstruksi aktif / perkiraan pekerja konstruksi",
        "pekerja yang proyeknya tidak tercatat Perkiraan pekerja hanya ada setahun sekali.",
        "BPJS Ketenagakerjaan; BPS Sakernas",
        2,
    ]


def parts(content: bytes, folder: str) -> list[str]:
    with ZipFile(BytesIO(content)) as archive:
        return [archive.read(name).decode() for name in sorted(archive.namelist()) if name.startswith(folder)]


def test_every_chart_of_the_pack_is_a_native_chart_with_its_words_for_who_cannot_see_it(content, book):
    drawn = [section.chart for section in made().sections if section.chart]
    assert len(drawn) == 5 == len(book.worksheets[1]._charts)
    [drawing] = [part for part in parts(content, "xl/drawings/drawing") if "<xdr:" in part]
    assert all(f'descr="{chart.alt}"' in drawing for chart in drawn)


def test_a_line_breaks_where_values_are_missing_and_where_the_source_changes():
    first, second = (strip.values for strip in strips_of(trend_chart(), "id")[:2])
    assert first == [41.2, 42.0, None, None, None, None, None]
    assert second == [None, None, None, 43.8, 44.1, 45.0, 45.6]


def test_bars_of_a_waterfall_stand_on_what_is_not_drawn_also_below_zero():
    steps = [Point(10.0, "10"), Point(-5.0, "−15", base=10.0), Point(-5.0, "−5"), Point(-8.0, "−3", base=-5.0)]
    chart = Chart("waterfall", "persons", ["a", "b", "c", "d"], [Series("x", steps)], [(-10.0, ""), (0.0, "")], "")
    hidden, above, below, _label = (strip.values for strip in strips_of(chart, "id"))
    assert hidden == [0, 0, 0, -5]
    assert above == [10, 10, 0, 0]
    assert below == [0, -5, -5, 8 * -1 + 5]


def test_nothing_is_cut_off_at_the_last_mark_of_the_axis(content):
    ladder = next(part for part in parts(content, "xl/charts/chart") if "Wajib" in part)
    assert '<c:max val="1500.0"/>' in ladder  # 1.200 projects, marks 0, 500, 1.000


def test_numbers_behind_a_chart_are_those_of_the_pack(book):
    sheet = book.worksheets[-1]
    rows = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True) if row[0]}
    assert rows["Jul 2024"][:5] == (None, 45.6, 1.0, 1.0, 48.0)
    assert rows["Mar 2024"][:5] == (None, None, None, None, 48.0)
    assert rows["Peserta baru"][:2] == (42.4, 4.0)


def test_equal_packs_are_equal_bytes(content, language):
    assert pack_workbook_bytes(made(language)) == content
    with ZipFile(BytesIO(content)) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
        assert b">2024-08-05T00:00:00Z<" in archive.read("docProps/core.xml")


def test_real_data_carry_no_warning():
    book = load_workbook(BytesIO(pack_workbook_bytes(made(warning=None))))
    assert "CONTOH" not in "".join(str(sheet["A1"].value) for sheet in book.worksheets)
    assert all("CONTOH" not in str(sheet.oddHeader) for sheet in book.worksheets)


def test_a_pack_without_charts_has_no_sheets_for_them():
    pack = replace(made(), sections=[replace(MORE[0], notes=[]), made().sections[5]])
    book = load_workbook(BytesIO(pack_workbook_bytes(pack)))
    assert book.sheetnames == ["Sampul", "SPK baru", "Temuan", "Catatan", "Definisi"]
    assert [row[0].value for row in book["Catatan"].iter_rows() if row[0].value][-1] == "Tidak ada catatan."


def heights(sheet: Worksheet) -> dict[int, float | None]:
    return {row: found.height for row, found in sheet.row_dimensions.items() if found.height}


def test_a_long_pack_written_row_by_row_says_the_same(content, language, tmp_path, monkeypatch):
    monkeypatch.setattr(reports.book, "MOST_IN_MEMORY", 0)
    paths, heard = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"], []
    for path in paths:
        pack_workbook(made(language), path, lambda done, everything: heard.append((done, everything)))
    assert paths[0].read_bytes() == paths[1].read_bytes()
    books = [load_workbook(BytesIO(content)), load_workbook(paths[0])]
    for sheet, other in zip(*(book.worksheets for book in books), strict=True):
        assert [[cell.value for cell in row] for row in sheet] == [[cell.value for cell in row] for row in other]
        assert heights(sheet) == heights(other)
    assert heard == [(67, 67), (67, 67)]


def test_columns_of_detail_are_folded_only_where_all_together_are_too_wide_for_a_page():
    columns = [Column("Proyek", is_numeric=False), Column("Sumber", is_numeric=False, is_detail=True), Column("Nilai")]
    lines = [Line(["Proyek " * 20, "Data proyek " * 20, 5], []), Line(["a", "b", 6], [])]
    wide = Table("wide", "Lebar", "Lebar", [*columns, *([Column("Ket", is_numeric=False)] * 3)], [])
    texts = [replace(line, cells=[*line.cells, "Ket. " * 20, "Ket. " * 20, "Ket. " * 20]) for line in lines]
    tables_ = [replace(wide, lines=texts), Table("narrow", "Sempit", "Sempit", columns, lines[1:])]
    pack = sample_pack(sections=[Section("s", "s", "s", tables=tables_)])
    book = load_workbook(BytesIO(pack_workbook_bytes(pack)))
    folded = [
        (book["Lebar"].column_dimensions[name].hidden, book["Lebar"].column_dimensions[name].outlineLevel)
        for name in "ABC"
    ]
    assert folded == [(False, 0), (True, 1), (False, 0)]
    assert "bukalah dengan tanda +" in str(book["Lebar"]["A4"].value)
    assert not book["Sempit"].column_dimensions["B"].hidden


def test_what_no_slide_shows_is_folded_too_where_a_page_has_no_room_for_all_that_the_screen_shows():
    columns = [
        Column("Proyek", is_numeric=False, is_brief=False),
        *(Column(f"Nilai {at}", is_brief=at < 5) for at in range(20)),
    ]
    lines = [Line(["Jalan", *[494_248_735_331] * 20], [])]  # 20 x 17 = 340 of 230
    pack = sample_pack(sections=[Section("s", "s", "s", tables=[Table("wide", "Lebar", "Lebar", columns, lines)])])
    sheet = load_workbook(BytesIO(pack_workbook_bytes(pack)))["Lebar"]
    # The first column, in which the title stands, is never folded.
    hidden = [group.min for group in sheet.column_dimensions.values() if group.hidden]
    assert hidden == [1 + 5 + 1]  # one group from the seventh column on
    assert sheet.column_dimensions["G"].max == 1 + 20


def test_what_a_comparison_is_held_against_is_a_mark_and_no_bar():
    mean = Series("Sumatera Selatan 45,6 %", [Point(45.6, "45,6 %")] * 3, tone="context")
    dots = replace(dots_chart(), series=[*dots_chart().series, mean])
    roles = [(strip.name, strip.role) for strip in strips_of(dots, "id")]
    assert roles[-2:] == [
        ("┃ Sumatera Selatan 45,6 %", "mark"),
        ("Sumatera Selatan 45,6 %: tebal tanda", "cap"),
    ]


def test_rows_in_several_units_show_decimals_of_their_own():
    lines = [Line(["Cakupan", 45.55], [], decimals=[0, 1]), Line(["Orang", 4223], [], decimals=[0, 0])]
    table = Table("t", "Target", "Target", [Column("Ukuran", is_numeric=False), Column("Nilai", decimals=2)], lines)
    pack = sample_pack(sections=[Section("s", "s", "s", tables=[table])])
    sheet = load_workbook(BytesIO(pack_workbook_bytes(pack)))["Target"]
    shown = {row[1].value: row[1].number_format for row in sheet if isinstance(row[1].value, int | float)}
    assert shown == {45.55: "[$-421]#,##0.0", 4223: "[$-421]#,##0"}


class Counted(list[Line]):
    walks = 0

    def __iter__(self) -> Iterator[Line]:
        self.walks += 1
        return super().__iter__()


def test_a_table_is_walked_through_once_and_progress_is_told_on_the_way(tmp_path: Path):
    lines = Counted(Line([f"Proyek {at}", 10**at], []) for at in (*range(9), *[12] * 2100))
    table = Table("projects", "Proyek", "Proyek", [Column("Nama", is_numeric=False), Column("Nilai")], lines)
    heard: list[int] = []
    pack = sample_pack(sections=[Section("projects", "Proyek", "2.109 proyek", tables=[table])])
    pack_workbook(pack, tmp_path / "long.xlsx", lambda done, _everything: heard.append(done))
    assert heard == [1000, 2000, 2109]
    assert lines.walks == 1


def test_tabs_are_what_a_spreadsheet_accepts_and_unlike_each_other():
    names = ["Rekap: [A/B]", "rekap A B", "'kutip'", "History", "P" * 40, "P" * 40, "Catatan", "", "\u202e"]
    listed = [Table(f"t{at}", name, "", [], []) for at, name in enumerate(names)]
    pack = sample_pack(sections=[Section("s", "s", "s", tables=listed)])
    tabs = list(name_tabs(pack, has_charts=False).values())
    assert tabs == [
        "Sampul",
        "Rekap A B",
        "rekap A B (2)",
        "kutip",
        "History (2)",
        "P" * 31,
        "P" * 27 + " (2)",
        "Catatan (2)",
        "–",
        "– (2)",
        "Catatan",
        "Definisi",
    ]


def test_a_name_with_an_ampersand_is_printed_beside_the_warning():
    title = "Cakupan PT A&G, 45,6 % & PT B&[Picture]"
    book = load_workbook(BytesIO(pack_workbook_bytes(sample_pack(title=title, origin="Edisi 1 oleh PT A&G"))))
    sheet: Any = book.worksheets[0]
    assert sheet.oddHeader.left.text.strip() == title.replace("&", "&&")
    assert sheet.oddHeader.right.text.strip() == "DATA CONTOH"
    assert sheet.oddFooter.left.text.strip() == "Edisi 1 oleh PT A&&G"
