"""The slides say what the pack says, to the digit, in native charts and tables, on any master."""

import re
import tracemalloc
from dataclasses import replace
from datetime import datetime
from functools import cache
from io import BytesIO
from itertools import combinations
from typing import Any
from zipfile import ZIP_BZIP2, ZipFile

import pytest
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches, Pt

from data.errors import CakupanError
from reports.cells import visible
from reports.emblem import emblem_png
from reports.fitting import lines_of
from reports.pack import Chart, Column, Line, Point, Section, Series, Table
from reports.slide_charts import tick_format
from reports.slides import MOST_SLIDES, pack_slides
from reports.zipped import NO_TIME, without_times, zipped
from tests.reports.sample_pack import HOSTILE, sample_pack, sample_sections

PACK = sample_pack()
SECTIONS: dict[str, Any] = {section.code: section for section in PACK.sections}
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@cache
def made(language="id"):
    """The sample's slides, made once."""
    return pack_slides(replace(PACK, language=language))


def opened(content=None) -> Any:  # the library types its shapes too loosely to be checked
    return Presentation(BytesIO(content or made()))


def slide_of(code) -> Any:
    """The slide of a section of the sample: the cover stands before them."""
    return opened().slides[1 + list(SECTIONS).index(code)]


def texts_on(slide):
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def title_of(slide):
    return slide.shapes.title.text_frame.text.replace("\u00a0", " ")


def chart_of(code) -> Any:
    [frame] = [shape for shape in slide_of(code).shapes if shape.has_chart]
    return frame


def values_of(chart):
    return [list(series.values) for series in chart.plots[0].series]


def labels_of(series):
    """Words at the points of a native series, by their number."""
    found = {}
    for label in series._element.iter(f"{C}dLbl"):
        words = "".join(part.text for part in label.iter("{*}t"))
        if words:
            found[int(label.find(f"{C}idx").get("val"))] = words
    return found


def table_of(slide):
    [table] = [shape.table for shape in slide.shapes if shape.has_table]
    return [[cell.text for cell in row.cells] for row in table.rows]


def lengths(series, side):
    points = series._element.findall(f"{C}errBars/{C}{side}/{C}numRef/{C}numCache/{C}pt/{C}v")
    return [float(point.text) for point in points]


def sections(count):
    plain = Section("x", "Bagian", "Judul", asides=["Catatan."])
    return [replace(plain, code=f"s{at}", title=f"Temuan {at}") for at in range(1, count + 1)]


def test_title_comes_first_and_the_foot_last_for_who_hears_a_slide():
    for slide in opened().slides:
        kinds = [shape.placeholder_format.type if shape.is_placeholder else None for shape in slide.shapes]
        assert kinds[0] == PP_PLACEHOLDER.TITLE
        assert kinds[-2:] == [PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER]
        assert set(kinds[1:-2]) == {None}


def test_every_section_has_a_slide_whose_title_is_its_finding():
    show = opened()
    assert (show.slide_width, show.slide_height) == (Inches(40 / 3), Inches(7.5))
    assert [title_of(slide) for slide in show.slides] == [PACK.title, *(section.title for section in PACK.sections)]


@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 12])
def test_there_are_at_most_eight_slides_and_every_finding_is_told(count):
    pack = sample_pack(sections=sections(count))
    slides = opened(pack_slides(pack)).slides
    assert len(slides) == min(count + 1, MOST_SLIDES)
    told = "\n".join(text for slide in slides for text in texts_on(slide))
    assert all(re.search(rf"^{section.title}$", told, re.MULTILINE) for section in pack.sections)


def test_without_room_for_a_cover_the_first_slide_names_the_meeting():
    first = opened(pack_slides(sample_pack(sections=sections(8)))).slides[0]
    assert "Rapat koordinasi perlindungan pekerja konstruksi · 5 Agustus 2024" in texts_on(first)


def test_sections_with_nothing_to_show_are_the_first_to_lose_their_slide():
    empty = replace(sections(1)[0], code="kosong", title="Tidak ada SPK baru", why_empty="Tidak ada.")
    slides = opened(pack_slides(sample_pack(sections=[empty, *sections(8)]))).slides
    assert [title_of(slide) for slide in list(slides)[:7]] == [f"Temuan {at}" for at in range(1, 8)]
    assert title_of(slides[7]) == "2 bagian lain dijelaskan di buku kerja dan dokumen rapat ini"
    assert "Tidak ada SPK baru\nTemuan 8" in texts_on(slides[7])


def test_the_register_of_all_projects_is_left_to_the_workbook():
    long = Table("projects", "Semua proyek", "Semua proyek", [Column("Proyek")], [], only_in_workbook=True)
    register = Section("projects", "Semua proyek", "1.200 proyek", tables=[long])
    slides = opened(pack_slides(sample_pack(sections=[*sections(1), register]))).slides
    assert [title_of(slide) for slide in slides] == [PACK.title, "Temuan 1"]


def test_the_cover_tells_headline_anatomy_summary_and_who_writes():
    said = "\n".join(texts_on(opened().slides[0]))
    assert PACK.headline is not None
    told = [PACK.headline.figure, PACK.headline.band, *PACK.headline.anatomy, *PACK.headline.asides, *PACK.summary]
    told += ["Rapat koordinasi perlindungan pekerja konstruksi · 5 Agustus 2024", PACK.letterhead.office]
    told += ["Lingkup: Sumatera Selatan · Posisi: 31 Juli 2024 · Edisi: 12"]
    assert [line for line in told if line not in said] == []


def test_a_line_has_the_values_of_its_months_and_breaks_where_the_source_changes():
    chart = chart_of("trend").chart
    before = [41.2, 42.0, None, None, None, None, None]
    after = [None, None, None, 43.8, 44.1, 45.0, 45.6]
    assert values_of(chart) == [before, after, [48.0] * 7]
    assert list(chart.plots[0].categories) == list(SECTIONS["trend"].chart.categories)
    assert chart._chartSpace.find(f".//{C}dispBlanksAs").get("val") == "gap"
    first, second, target = chart.plots[0].series
    assert (first.name, second.name, target.name) == ("Cakupan", "Cakupan (sumber ke-2)", "Target")
    assert labels_of(second) == {3: "ganti sumber", 6: "45,6 % Cakupan"}
    assert labels_of(target) == {6: "48,0 % Target"}


def test_intervals_are_error_bars_as_long_as_the_interval():
    chart = chart_of("owner").chart
    bars, words = chart.plots[0].series
    assert list(bars.values) == [51.4, 12.0, 88.8]
    assert lengths(bars, "plus") == pytest.approx([54.8 - 51.4, 30.0 - 12.0, 95.0 - 88.8])
    assert lengths(bars, "minus") == pytest.approx([51.4 - 48.0, 12.0 - 4.0, 88.8 - 80.0])
    assert labels_of(words) == {0: "51,4 %", 1: "12,0 %", 2: "88,8 %"}


def test_a_waterfall_stands_on_an_unseen_floor():
    chart = chart_of("change").chart
    floor, steps, _words = values_of(chart)
    assert floor == [0, 42.4, 45.6, 0]
    assert steps == [42.4, 4.0, 0.8, 45.6]
    assert labels_of(chart.plots[0].series[2]) == {0: "42,4 %", 1: "+4,0", 2: "−0,8", 3: "45,6 %"}


def test_a_waterfall_below_zero_hangs_from_the_axis():
    points = [Point(100.0, "100"), Point(-50.0, "−150", base=100.0), Point(-80.0, "−30", base=-50.0)]
    chart = Chart("waterfall", "persons", ["a", "b", "c"], [Series("", points)], [(-100.0, "−100"), (100.0, "100")], "")
    slide = opened(pack_slides(sample_pack(sections=[Section("x", "X", "Judul", chart=chart)]))).slides[1]
    [native] = [shape.chart for shape in slide.shapes if shape.has_chart]
    floor, above, below, _words = values_of(native)
    assert (floor, above, below) == ([0, 0, -50], [100, 100, 0], [0, -50, -30])


def test_bullets_and_ladder_have_a_bar_for_every_value_and_none_for_what_is_unknown():
    assert values_of(chart_of("targets").chart) == [[45.6, 88.0], [42.4, None], [52.15, 80.0]]
    assert values_of(chart_of("ladder").chart) == [[1200, 900, 840, 610, 500, 480]]
    assert labels_of(chart_of("ladder").chart.plots[0].series[0])[0] == "1.200"
    assert any("sekarang" in text and "target" in text for text in texts_on(slide_of("targets")))


@pytest.mark.parametrize("kind", ["line", "dots", "waterfall", "bullets", "ladder"])
def test_a_chart_of_nothing_or_of_nothing_known_breaks_no_slide(kind):
    unknown = Chart(kind, "percent", ["a", "b"], [Series("Cakupan", [Point(None, "–")] * 2)], [], "")
    none = replace(unknown, categories=[], series=[Series("Cakupan", [])])
    found = [Section("a", "A", "Tidak diketahui", chart=unknown), Section("b", "B", "Tidak ada", chart=none)]
    slides = list(opened(pack_slides(sample_pack(sections=found))).slides)
    assert [any(shape.has_chart for shape in slide.shapes) for slide in slides] == [False, True, False]


def test_a_missing_bar_is_said_beside_its_name():
    points = [Point(50.0, "50,0 %"), Point(None, "belum ada data")]
    chart = Chart(
        "dots", "percent", ["Ada", "Tidak"], [Series("Cakupan", points)], [(0.0, "0 %"), (100.0, "100 %")], ""
    )
    slide = opened(pack_slides(sample_pack(sections=[Section("x", "X", "Judul", chart=chart)]))).slides[1]
    [native] = [shape.chart for shape in slide.shapes if shape.has_chart]
    assert list(native.plots[0].categories) == ["Ada", "Tidak (belum ada data)"]


def test_what_the_whole_has_is_a_line_across_the_bars():
    points = [Point(50.0, "50,0 %", is_marked=True), Point(20.0, "20,0 %", is_marked=True)]
    level = Series("Sumatera Selatan 46,5 %", [Point(46.5, "46,5 %")] * 2, tone="context")
    ticks = [(0.0, "0 %"), (100.0, "100 %")]
    chart = Chart("dots", "percent", ["A", "B"], [Series("Cakupan", points), level], ticks, "")
    slide = opened(pack_slides(sample_pack(sections=[Section("x", "X", "Judul", chart=chart)]))).slides[1]
    [frame] = [shape for shape in slide.shapes if shape.has_chart]
    [line] = [shape for shape in slide.shapes if shape.name.startswith("Garis")]
    inner = {name: float(frame.chart._chartSpace.find(f".//{C}manualLayout/{C}{name}").get("val")) for name in "xw"}
    expected = frame.left + frame.width * (inner["x"] + inner["w"] * 46.5 / 100)
    assert line.left == pytest.approx(expected, abs=Pt(0.5))
    assert "Sumatera Selatan 46,5 %" in texts_on(slide)
    assert values_of(frame.chart)[:2] == [[50.0, 20.0], [46.5, 46.5]]


@pytest.mark.parametrize("text", ["42,4 %", "–"])
@pytest.mark.parametrize("kind", ["line", "bullets", "ladder"])
def test_bars_and_lines_of_context_stay_what_they_are_when_all_are_alike_or_unknown(kind, text):
    """Two targets of one measure have the same value a year ago; of a young measure nothing is known a year ago."""
    before = Point(None if text == "–" else 42.4, text)
    series = [Series("sekarang", [Point(45.6, "45,6 %")] * 2), Series("tahun lalu", [before] * 2, tone="context")]
    chart = Chart(kind, "percent", ["RPJMD", "RKPD"], series, [(0.0, "0 %"), (50.0, "50 %")], "")
    slide = opened(pack_slides(sample_pack(sections=[Section("x", "X", "Judul", chart=chart)]))).slides[1]
    [frame] = [shape for shape in slide.shapes if shape.has_chart]
    drawn = {series.name: list(series.values) for series in frame.chart.plots[0].series}
    assert drawn["sekarang"] == [45.6] * 2 and drawn.get("tahun lalu", [None] * 2) == [before.value] * 2
    assert not [shape for shape in slide.shapes if shape.name.startswith("Garis")]


def test_of_more_bars_than_fit_those_that_stand_out_and_those_at_the_ends_stay():
    points = [Point(float(at), f"{at} %", tone="concern" if at == 30 else None) for at in range(60)]
    names = [f"Dinas {at}" for at in range(60)]
    chart = Chart("dots", "percent", names, [Series("Cakupan", points)], [(0.0, "0 %"), (100.0, "100 %")], "")
    slide = opened(pack_slides(sample_pack(sections=[Section("x", "X", "Judul", chart=chart)]))).slides[1]
    [native] = [shape.chart for shape in slide.shapes if shape.has_chart]
    shown = list(native.plots[0].categories)
    assert 20 < len(shown) < 60
    assert shown[:2] == ["Dinas 0", "Dinas 1"] and shown[-2:] == ["Dinas 58", "Dinas 59"]
    assert "Dinas 30" in shown and "Dinas 29" not in shown
    assert f"Grafik memuat {len(shown)} dari 60; semuanya ada di buku kerja." in texts_on(slide)


def test_the_sheet_of_a_chart_holds_its_numbers_and_runs_no_formula():
    blob = chart_of("owner").chart.part.chart_workbook.xlsx_part.blob
    book = load_workbook(BytesIO(blob))
    rows = [[cell.value for cell in row] for row in book["Sheet1"].iter_rows()]
    assert rows[1] == ["Dinas PUPR Kota Palembang", 51.4, 100, 3.4, 3.4]
    assert rows[3][0] == "'" + HOSTILE[0]
    assert {cell.data_type for row in book["Sheet1"].iter_rows() for cell in row} <= {"s", "n"}
    assert book.properties.created == datetime(2024, 8, 5)  # noqa: DTZ001


def test_a_table_shows_its_first_eight_lines_and_says_how_many_more():
    table = SECTIONS["owner"].tables[0]
    rows = table_of(slide_of("owner"))
    brief = [0, 1, 2, 3, 4, 6, 7]
    assert rows[0] == [table.columns[at].text for at in brief]
    expected = [[visible(line.texts[at]) for at in brief] for line in [*table.lines[:8], table.total]]
    expected[2][1] = rows[3][1]  # of three hundred letters only the beginning is shown
    assert rows[1:] == expected
    assert re.fullmatch("N+…", rows[3][1])
    assert any(
        "52 baris lain ada di buku kerja, lembar “Pemilik proyek”." in text for text in texts_on(slide_of("owner"))
    )
    assert any(table.total_note in text for text in texts_on(slide_of("owner")))


def test_a_long_note_on_the_total_leaves_its_room_to_the_lines():
    note = "JUMLAH adalah angka Sumatera Selatan sendiri. " + "Orang dihitung sekali pada tiap baris. " * 20
    section = replace(SECTIONS["owner"], tables=[replace(SECTIONS["owner"].tables[0], total_note=note)])
    slide = opened(pack_slides(sample_pack(sections=[section]))).slides[1]
    said = "JUMLAH adalah angka Sumatera Selatan sendiri. Keterangan lain ada di catatan pembicara."
    assert any(text.endswith(said) for text in texts_on(slide))
    assert len(table_of(slide)) == 1 + 8 + 1
    assert note.strip() in slide.notes_slide.notes_text_frame.text


def test_a_further_table_stands_below_where_it_fits_whole_and_is_named_where_not():
    columns = [Column("Ukuran", is_numeric=False), Column("Perlu per minggu")]
    pace = Table("laju", "Laju", "Perlu 161 orang per minggu", columns, [Line(["Cakupan", 161], ["Cakupan", "161"])])
    target = replace(pace, code="target", name="Target", title="Target 2024")
    long = SECTIONS["owner"].tables[0]
    section = replace(SECTIONS["targets"], tables=[target, pace, replace(long, total=None, only_in_workbook=True)])
    slide = opened(pack_slides(sample_pack(sections=[section]))).slides[1]
    assert [len(shape.table.rows) for shape in slide.shapes if shape.has_table] == [2, 2]
    assert "Perlu 161 orang per minggu" in texts_on(slide)
    assert "Tabel lain di buku kerja: Pemilik proyek." in texts_on(slide)


def test_a_table_without_lines_says_why():
    empty = Table("x", "X", "SPK baru", [Column("OPD")], [], empty="Tidak ada SPK baru pada bulan ini.")
    content = pack_slides(sample_pack(sections=[Section("x", "X", "Judul", tables=[empty])]))
    assert "Tidak ada SPK baru pada bulan ini." in texts_on(opened(content).slides[1])


def test_beside_a_line_the_table_shows_the_latest_months():
    trend = SECTIONS["trend"]
    lines = [Line([f"bulan {at}"], [f"bulan {at}"]) for at in range(1, 13)]
    months = Table("tren", "Tren", "Bulan", [Column("Bulan", is_numeric=False)], lines)
    content = pack_slides(sample_pack(sections=[replace(trend, tables=[months])]))
    rows = table_of(opened(content).slides[1])
    assert rows == [["Bulan"], *([f"bulan {at}"] for at in range(5, 13))]


def test_a_wide_table_keeps_name_share_and_status():
    names = ["No", "OPD", *(f"Angka nomor {at}" for at in range(12)), "Cakupan, %", "Keterangan"]
    columns = [
        Column(name, decimals=name == "Cakupan, %", is_numeric=name not in ("OPD", "Keterangan")) for name in names
    ]
    line = Line([None] * 16, ["1", "Dinas PUPR", *["1.234.567.890"] * 12, "45,6 %", "● ada"])
    wide = Table("lebar", "Lebar", "Tabel lebar", columns, [line], status_column=15)
    section = replace(SECTIONS["owner"], tables=[wide])
    slide = opened(pack_slides(sample_pack(sections=[section]))).slides[1]
    head, row = table_of(slide)
    assert (head[:2], head[-2:]) == (["No", "OPD"], ["Cakupan, %", "Keterangan"])
    assert (row[:2], row[-2:]) == (["1", "Dinas PUPR"], ["45,6 %", "● ada"])
    assert f"{16 - len(head)} kolom lain ada di buku kerja, lembar “Lebar”." in texts_on(slide)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", "1.192 baris lain ada di buku kerja, lembar “Panjang”."),
        ("en", "1,192 rows more in the workbook, sheet “Panjang”."),
    ],
)
def test_the_lines_that_a_slide_leaves_out_are_counted_as_the_reader_writes_numbers(language, said):
    line = Line(["Dinas"], ["Dinas"])
    table = Table("x", "Panjang", "Tabel", [Column("Pemilik", is_numeric=False)], [line] * 1200)
    pack = sample_pack(language=language, sections=[Section("x", "X", "Judul", tables=[table])])
    assert said in texts_on(opened(pack_slides(pack)).slides[1])  # eight of 1,200 are shown


def test_charts_and_tables_are_told_in_words_and_notes_hold_definition_and_source():
    slide = slide_of("owner")
    [chart] = [shape for shape in slide.shapes if shape.has_chart]
    assert chart._element.nvGraphicFramePr.cNvPr.get("descr") == SECTIONS["owner"].chart.alt
    [table] = [shape for shape in slide.shapes if shape.has_table]
    assert table._element.nvGraphicFramePr.cNvPr.get("descr") == "Rekapitulasi menurut OPD, Juli 2024"
    notes = slide.notes_slide.notes_text_frame.text.split("\n")
    assert notes[: len(SECTIONS["owner"].notes)] == SECTIONS["owner"].notes
    assert f"Sumber: {SECTIONS['owner'].source}" in notes and PACK.origin in notes


def test_the_notes_of_the_cover_define_the_measures_with_what_they_leave_out_and_cannot_say():
    assert opened(made()).slides[0].notes_slide.notes_text_frame.text.split("\n") == [
        "Cakupan pekerja konstruksi = peserta konstruksi aktif / perkiraan pekerja konstruksi",
        "Tidak termasuk: pekerja yang proyeknya tidak tercatat",
        "Batas: Perkiraan pekerja hanya ada setahun sekali.",
        *(f"Sumber: {source}" for source in PACK.sources),
        PACK.origin,
    ]


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_slide_carries_source_edition_number_and_the_mark_of_demonstration_data(language):
    slides = opened(made(language)).slides
    for number, slide in enumerate(slides, start=1):
        said = texts_on(slide)
        assert "DATA CONTOH" in said
        assert any(text.endswith(PACK.origin) for text in said)
        assert str(number) in said
    for code, slide in zip(SECTIONS, list(slides)[1:], strict=True):
        assert any(text.startswith(SECTIONS[code].source) and PACK.origin in text for text in texts_on(slide))


def test_real_data_has_no_mark():
    assert not any(
        "CONTOH" in text
        for slide in opened(pack_slides(replace(PACK, warning=None))).slides
        for text in texts_on(slide)
    )


def test_the_fixed_words_are_those_of_the_language():
    said = "\n".join(text for slide in opened(made("en")).slides for text in texts_on(slide))
    assert "52 rows more in the workbook, sheet “Pemilik proyek”." in said
    assert "· 5 August 2024" in said
    assert "Ringkasan" not in said and "baris lain" not in said


def hostile_pack():
    """Names that mean harm wherever a text may stand, with titles of up to 300 letters."""
    long = "Cakupan pekerja konstruksi " + " ".join(HOSTILE) + " naik 3,2 poin"
    found = [
        replace(section, title=long, subtitle=long, asides=[*HOSTILE, long], source=long, notes=HOSTILE)
        for section in sample_sections()
    ]
    return sample_pack(sections=found, title=long, meeting=long, summary=HOSTILE, origin=long, where=HOSTILE[3])


@cache
def hostile_slides():
    return pack_slides(hostile_pack())


def test_hostile_names_come_out_harmless():
    parts = contents(hostile_slides())
    texts = b"".join(content for name, content in parts.items() if name.endswith(".xml"))
    assert "\u202e".encode() not in texts and b"\x07" not in texts and b"_x0007_" not in texts
    assert b"<script>" not in texts and b"&lt;script&gt;" in texts
    assert not any(b"TargetMode" in content for name, content in parts.items() if name.endswith(".rels"))


@pytest.mark.parametrize(
    "slides", [made, hostile_slides, lambda: pack_slides(replace(PACK, language="en", headline=None))]
)
def test_nothing_overlaps_and_nothing_leaves_the_slide(slides):
    show = opened(slides())
    for slide in show.slides:
        shown = [shape for shape in slide.shapes if not shape.name.startswith(("Garis", "Line"))]
        sides = [(one.name, one.left, one.top, one.left + one.width, one.top + one.height) for one in shown]
        for name, left, top, right, bottom in sides:
            assert left >= 0 and top >= 0 and right <= show.slide_width and bottom <= show.slide_height, name
        for (one, *first), (other, *second) in combinations(sides, 2):
            across = min(first[2], second[2]) - max(first[0], second[0])
            down = min(first[3], second[3]) - max(first[1], second[1])
            assert min(across, down) <= Pt(1), (one, other)


def test_a_title_fits_in_two_lines():
    words = "Cakupan penempatan kerja: tertinggi Balai Teknik Perkeretaapian Palembang " * 4
    titles = [words[:length].strip() for length in (40, 90, 150, 200)]
    findings = [replace(section, title=title) for section, title in zip(sections(4), titles, strict=True)]
    slides = list(opened(pack_slides(sample_pack(sections=findings))).slides)[1:]
    for slide, title in zip(slides, titles, strict=True):
        shape = slide.shapes.title
        [run] = shape.text_frame.paragraphs[0].runs
        wide = (shape.width - shape.text_frame.margin_right) / Pt(1)
        assert run.text == title
        assert lines_of(title, run.font.size / Pt(1), wide, bold=True) <= 2
        assert run.font.size >= Pt(18)


def test_equal_packs_give_equal_bytes_and_no_clock_is_asked():
    assert pack_slides(sample_pack()) == made()
    with ZipFile(BytesIO(made())) as packed:
        assert {info.date_time for info in packed.infolist()} == {NO_TIME}
    facts = opened().core_properties
    assert facts.created == facts.modified == datetime(2024, 8, 5)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("ticks", "expected"),
    [
        ([(0.0, "0 %"), (20.0, "20 %")], '0" %"'),
        ([(0.0, "0%"), (20.0, "20%")], '0"%"'),
        ([(0.0, "0"), (500.0, "500"), (1000.0, "1.000")], "#,##0"),
        ([(0.0, "0"), (500_000.0, "500 ribu"), (1e6, "1 jt")], '[>=1000000]0,," jt";[>=1000]0," ribu";#,##0'),
        ([(0.0, "Rp0"), (2.5e9, "Rp2,5 M"), (5e9, "Rp5 M")], '[>=1000000000]"Rp"0.0,,," M";#,##0'),
        ([(0.0, "0"), (2.5, "2,5")], "0.0"),
    ],
)
def test_the_axis_is_written_as_its_ticks_are_worded(ticks, expected):
    assert tick_format(Chart("ladder", "persons", ["a"], [], ticks, "")) == expected


@cache
def office_template(*, slides=2, macro=False, link=False):
    """An office's own slides: 4 to 3, an emblem on the master, a footer in the middle, and slides to look at."""
    show: Any = Presentation()
    picture, emblem = BytesIO(), Image.new("RGB", (40, 40), "red")
    emblem.save(picture, "PNG")
    layout = show.slide_layouts[5]
    layout.name = "Judul kantor"
    part = show.slide_master.part
    _image, reference = part.get_or_add_image_part(picture)
    shape = (
        show.slides.add_slide(layout).shapes.add_picture(picture, Inches(0.1), Inches(0.1), height=Inches(0.5))._element
    )
    shape.blipFill.blip.rEmbed = reference
    show.slide_master.shapes._spTree.append(shape)
    for _ in range(slides - 1):
        show.slides.add_slide(layout)
    if link:
        part.relate_to("http://example.org/lambang.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    out = BytesIO()
    show.save(out)
    return zipped(contents(out.getvalue()) | ({"ppt/vbaProject.bin": b"x"} if macro else {}))


def contents(packed):
    with ZipFile(BytesIO(packed)) as found:
        return {name: found.read(name) for name in found.namelist()}


@cache
def with_template():
    return pack_slides(PACK, office_template())


def test_slides_take_the_master_and_emblem_of_an_office():
    content = with_template()
    show = opened(content)
    assert (show.slide_width, show.slide_height) == (Inches(10), Inches(7.5))
    assert {slide.slide_layout.name for slide in show.slides} == {"Judul kantor"}
    assert len(show.slide_master.shapes) == 6
    assert [title_of(slide) for slide in show.slides] == [PACK.title, *(section.title for section in PACK.sections)]
    assert any(name.startswith("ppt/media/") for name in contents(content))
    assert content == pack_slides(PACK, office_template())


def test_content_stays_between_title_and_footer_of_the_template():
    show = opened(with_template())
    title = show.slide_master.placeholders[0]
    footer = min(shape.top for shape in show.slide_master.placeholders if shape.top > Inches(6))
    for slide in show.slides:
        for shape in slide.shapes:
            if not shape.is_placeholder:
                assert shape.top >= title.top + title.height and shape.top + shape.height <= footer, shape.name


def test_a_template_saved_as_template_is_taken_too():
    parts = contents(office_template())
    types = parts["[Content_Types].xml"].replace(b"presentation.main+xml", b"template.main+xml")
    assert len(opened(pack_slides(PACK, zipped(parts | {"[Content_Types].xml": types}))).slides) == 7


def without_titles():
    show: Any = Presentation()
    for layout in show.slide_layouts:
        for shape in list(layout.placeholders):
            shape._element.getparent().remove(shape._element)
    out = BytesIO()
    show.save(out)
    return out.getvalue()


def with_low_title():
    show: Any = Presentation()
    show.slide_master.placeholders[0].top = Inches(3.5)
    out = BytesIO()
    show.save(out)
    return out.getvalue()


def with_part(content_type, relationship, name):
    """The template with a part that its master refers to."""
    show: Any = Presentation()
    part = Part(PackURI(name), content_type, show.part.package, b"<a/>")
    show.slide_master.part.relate_to(part, f"http://schemas.microsoft.com/{relationship}")
    return saved(show)


def with_click(address):
    """The template whose master has a link to what a click opens."""
    show: Any = Presentation()
    show.slide_master.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    return saved(show)


def saved(show):
    out = BytesIO()
    show.save(out)
    return out.getvalue()


def changed(name, old, new):
    parts = contents(office_template())
    assert old in parts[name]
    return zipped(parts | {name: parts[name].replace(old, new)})


def flipped(name):
    """The template with a part whose compressed bytes are nonsense."""
    packed = bytearray(office_template())
    with ZipFile(BytesIO(packed)) as found:
        start = found.getinfo(name).header_offset + 30 + len(name)
    packed[start + 5 : start + 40] = b"\xff" * 35
    return bytes(packed)


def packed_by(compression):
    out = BytesIO()
    with ZipFile(out, "w", compression) as made:
        for name, content in contents(office_template()).items():
            made.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        (lambda: b"bukan zip", "tidak dapat dibaca"),
        (lambda: office_template()[:5000], "tidak dapat dibaca"),
        (lambda: zipped({"word/document.xml": b"<a/>"}), "tidak dapat dibaca"),
        (lambda: zipped(contents(office_template()) | {"ppt/presentation.xml": b"<broken"}), "tidak dapat dibaca"),
        (lambda: zipped(contents(office_template()) | {"ppt/presentation.xml": b"<a/>"}), "tidak dapat dibaca"),
        (lambda: office_template(macro=True), "makro"),
        (lambda: office_template(link=True), "http://example.org/lambang.png"),
        (without_titles, "tata letak dengan judul"),
        (with_low_title, "terlalu sempit di bawah judulnya"),
        (lambda: zipped({f"{at}.xml": b"" for at in range(2_001)}), "terlalu besar"),
        (
            lambda: with_part("application/vnd.ms-office.vbaProject", "x/vbaProject", "/ppt/notes.bin"),
            "dijalankan (vba)",
        ),
        (lambda: with_part("application/xml", "x/ui/extensibility", "/customUI/customUI.xml"), "extensibility"),
        (lambda: with_part("application/xml", "x/webextensiontaskpanes", "/ppt/panes.xml"), "webextension"),
        (lambda: with_part("application/octet-stream", "x/oleObject", "/ppt/embeddings/1.bin"), "oleObject"),
        (lambda: with_part("application/octet-stream", "x/control", "/ppt/1.bin"), "/control"),
        (lambda: with_click("file://///kantor/berbagi"), "file://///kantor/berbagi"),
        (lambda: with_click("calc.exe"), "calc.exe"),
        (lambda: changed("ppt/theme/theme1.xml", b"<a:theme", b"<!DOCTYPE a [<!ENTITY b 'b'>]><a:theme"), "deklarasi"),
        (
            lambda: changed("ppt/presentation.xml", b"<p:presentation", b"<!DOCTYPE a []><p:presentation"),
            "deklarasi",
        ),
        (lambda: changed("docProps/core.xml", b"cp:coreProperties", b"cp:lain"), "tidak dapat dibaca"),
        (lambda: flipped("ppt/presentation.xml"), "tidak dapat dibaca"),
        (lambda: packed_by(ZIP_BZIP2), "tidak dapat dibaca"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_with_a_reason(template, reason):
    with pytest.raises(CakupanError, match=re.escape(reason)):
        pack_slides(PACK, template())


def test_a_link_that_a_reader_may_click_stays():
    assert len(opened(pack_slides(PACK, with_click("https://example.org"))).slides) == 7


def test_a_template_that_lies_about_its_size_is_not_unpacked():
    """A hundred megabytes of zeros that say they are a hundred bytes."""
    packed = bytearray(zipped(contents(office_template()) | {"ppt/media/besar.bin": bytes(100_000_000)}))
    size_at = packed.rfind(b"PK\x01\x02") + 24
    packed[size_at : size_at + 4] = (100).to_bytes(4, "little")
    tracemalloc.start()
    with pytest.raises(CakupanError, match="tidak dapat dibaca"):
        pack_slides(PACK, bytes(packed))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


def test_an_emblem_stands_on_the_cover_and_a_broken_one_is_refused():
    picture = BytesIO()
    Image.new("RGB", (60, 80), "blue").save(picture, "PNG")
    with_emblem = replace(PACK.letterhead, emblem=picture.getvalue())
    cover = opened(pack_slides(replace(PACK, letterhead=with_emblem))).slides[0]
    [shape] = [shape for shape in cover.shapes if shape.shape_type == 13]
    assert shape.width * 80 == pytest.approx(shape.height * 60, rel=0.01)
    assert shape.image.blob == emblem_png(picture.getvalue())  # upright, without what a camera wrote into it
    with pytest.raises(CakupanError, match="Lambang"):
        pack_slides(replace(PACK, letterhead=replace(PACK.letterhead, emblem=b"\x89PNG\r\n\x1a\nrusak")))


def test_a_saved_zip_without_times_opens_again():
    assert without_times(made()) == made()
