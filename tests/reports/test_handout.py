"""The handout says all of its pack on paper: every text of every table, on pages that name themselves."""

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import typst
from PIL import Image
from pypdf import PdfReader

from reports.handout import (
    MOST_ROWS,
    chart_parts,
    handout_facts,
    headline_png,
    pack_handout,
    shown,
)
from reports.pack import Chart, Column, Line, Pack, Point, Section, Series, Table
from reports.paper_table import MOST_LINES
from reports.typesetting import FONTS, SHAPES, TEMPLATES, printable
from tests.reports.sample_pack import HOSTILE, PERCENT_TICKS, sample_pack, sample_sections

A4_POINTS = (595, 842)
MARGIN_POINTS = 51  # 18 mm


@pytest.fixture(scope="module")
def content() -> bytes:
    return pack_handout(sample_pack())


@pytest.fixture(scope="module")
def reader(content: bytes) -> Any:
    return PdfReader(BytesIO(content))


@pytest.fixture(scope="module")
def pages(reader: Any) -> list[str]:
    return [page.extract_text() for page in reader.pages]


def squeezed(text: str) -> str:
    """Without blanks, at which lines break, and without the shapes, which are drawn."""
    return re.sub(rf"[\s{SHAPES}]", "", text)


def printed(text: str) -> str:
    """A text of the pack as it is found among the squeezed ones."""
    return squeezed(printable(text, shapes=SHAPES))


def plain(text: str) -> str:
    """With common blanks: those before a percent sign do not break."""
    return text.replace("\u00a0", " ")


def opened(pack: Pack) -> Any:
    return PdfReader(BytesIO(pack_handout(pack)))


def read(pack: Pack) -> list[str]:
    return [page.extract_text() for page in opened(pack).pages]


def tags(reader: Any) -> list[tuple[str, Any]]:
    """All elements of the structure in the order in which they are read."""
    found: list[tuple[str, Any]] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for inner in node:
                walk(inner)
        elif isinstance(node, dict) and ("/S" in node or "/K" in node):
            if "/S" in node:
                found.append((node["/S"], node))
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


def drawn_pages(pack: Pack) -> list[np.ndarray]:
    """The pages as pictures, one pixel a point."""
    facts, drawings = handout_facts(pack)
    inputs = {"facts": json.dumps(printable(facts, shapes=SHAPES))}
    made = typst.compile(
        TEMPLATES / "handout.typ",
        root=TEMPLATES,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]),
        sys_inputs=inputs | {f"drawing-{at}": svg for at, svg in enumerate(drawings)},
        format="png",
        ppi=72,
    )
    pictures = made if isinstance(made, list) else [made]
    return [np.asarray(Image.open(BytesIO(picture)).convert("L")) for picture in pictures if isinstance(picture, bytes)]


def test_every_text_of_every_table_is_said(pages):
    said = squeezed("".join(pages))
    missing = []
    for section in sample_sections():
        for table in section.tables:
            brief = [at for at, column in enumerate(table.columns) if column.is_brief]
            for line in [*table.lines, *([table.total] if table.total else [])]:
                missing += [line.texts[at] for at in brief if printed(line.texts[at]) not in said]
            missing += [table.columns[at].text for at in brief if printed(table.columns[at].text) not in said]
            missing += [text for text in (table.title, table.total_note) if printed(text) not in said]
    assert missing == []


def test_every_finding_note_source_and_definition_is_said(pages):
    said, pack = squeezed("".join(pages)), sample_pack()
    told = [pack.title, *pack.summary, *pack.sources, pack.origin, pack.content_hash]
    assert pack.headline
    told += [pack.headline.name, pack.headline.figure, pack.headline.band, *pack.headline.anatomy]
    told += pack.headline.asides
    for section in pack.sections:
        told += [section.title, section.subtitle, section.source, section.why_empty, *section.notes, *section.asides]
    for definition in pack.definitions:
        told += [definition.name, definition.formula, definition.exclusions, definition.limits, definition.source]
    told += ["5 Agustus 2024", "31 Juli 2024", *(name for name, _value in pack.facts)]
    assert [text for text in told if printed(text) not in said] == []


def test_values_of_charts_are_words_in_the_file_and_not_a_picture(pages):
    said = squeezed("".join(pages))
    told = [point.text for section in sample_sections() if section.chart
            for point in section.chart.series[0].points if point.is_marked]  # fmt: skip
    assert len(told) > 10
    assert [text for text in told if printed(text) not in said] == []


def assert_named(found: list[str], before: str, between: str) -> None:
    for number, page in enumerate(found, start=1):
        assert squeezed(f"{before} {number} {between} {len(found)}") in squeezed(page)
        assert "Edisi 12, posisi 31 Juli 2024" in page
        assert "DATA CONTOH" in page


def test_every_page_names_itself_its_edition_and_the_demonstration(pages):
    assert len(pages) >= 4
    assert_named(pages, "Halaman", "dari")


def test_pages_are_counted_in_the_language_of_the_reader():
    found = read(sample_pack(language="en", sections=sample_sections()[:2]))
    assert len(found) == 2
    assert_named(found, "Page", "of")


def test_real_data_carry_no_warning():
    assert "CONTOH" not in "".join(read(sample_pack(warning=None, sections=sample_sections()[:2])))


def test_a_long_table_repeats_its_header_on_every_page(pages):
    """60 owners of the third section: each page that has rows of it has its header."""
    with_rows = [page for page in pages if "Penataan Ruang Nomor" in page]
    assert len(with_rows) >= 2
    assert all("Keterangan" in page and "Terdaftar" in page for page in with_rows)


def test_rows_do_not_break_over_pages():
    """One name of 300 letters in each of 40 rows: its lines stand together with its number."""
    name = "Wijaya " * 43
    lines = [Line([at, name], [f"{at}{at}{at}", name.strip()]) for at in range(10, 50)]
    table = Table("t", "t", "Nama", [Column("No"), Column("Nama", is_numeric=False, is_wide=True)], lines)
    found = read(sample_pack(sections=[replace(sample_sections()[0], chart=None, tables=[table])]))
    for page in found:
        numbers = sum(f"{at}{at}{at}" in page.split() for at in range(10, 50))
        assert page.count("Wijaya") == 43 * numbers


def test_a_table_for_the_workbook_alone_is_named_and_counted():
    table = sample_sections()[2].tables[0]
    section = replace(sample_sections()[2], chart=None, tables=[replace(table, only_in_workbook=True)])
    said = "".join(read(sample_pack(sections=[section], headline=None, summary=[])))
    assert "60 baris, dalam berkas XLSX paket ini." in said
    assert "Nomor 30" not in said


def test_a_table_that_nobody_reads_on_paper_ends_with_where_the_rest_is():
    columns = [Column("No"), Column("Nama", is_numeric=False)]
    lines = [Line([at, "Dinas"], [f"{at}", "Dinas"]) for at in range(1, MOST_LINES + 613)]
    section = Section("x", "Semua", "Semua", tables=[Table("t", "t", "Panjang", columns, lines)])
    said = "".join(read(sample_pack(sections=[section])))
    assert "400 baris pertama dari 1.012; semua baris ada dalam berkas XLSX paket ini." in said


def test_an_empty_table_says_its_sentence():
    empty = Table("t", "t", "Kosong", [Column("No")], [], empty="Tidak ada proyek dalam pilihan ini.")
    said = "".join(read(sample_pack(sections=[replace(sample_sections()[0], chart=None, tables=[empty])])))
    assert "Tidak ada proyek dalam pilihan ini." in said


def test_a_note_stands_once_at_its_first_section(pages):
    note = sample_sections()[0].notes[0]
    assert note in sample_sections()[2].notes
    assert squeezed("".join(pages)).count(printed(note)) == 1


def test_the_file_is_tagged_with_headings_tables_and_pictures_that_speak(reader):
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "id"
    assert reader.metadata["/Title"] == sample_pack().title
    found = tags(reader)
    names = [name for name, _node in found]
    assert names.count("/Document") == 1 and names.count("/H1") == 1
    # Summary, six sections, definitions, sources.
    assert names.count("/H2") == 1 + 6 + 2
    assert names.count("/Table") == 3
    assert names.count("/TH") >= 3 * 7
    assert names.count("/TR") >= (1 + 3 + 1) * 2 + (1 + 60 + 1)
    spoken = {plain(node["/Alt"]) for name, node in found if name == "/Figure"}
    assert spoken == {section.chart.alt for section in sample_sections() if section.chart}


def test_findings_are_bookmarks(reader):
    titles = [plain(entry["/Title"]) for entry in _flat(reader.outline)]
    assert [printable(section.title) for section in sample_sections()] == titles[2:8]


def _flat(outline: Any) -> list[Any]:
    return [inner for entry in outline for inner in (_flat(entry) if isinstance(entry, list) else [entry])]


def test_nothing_is_drawn_outside_of_the_margins():
    """Names of 300 letters, of letters that turn, of emoji, in titles, facts, tables and charts."""
    sections = [
        replace(section, name=name, title=f"{name} {section.title}", subtitle=name, asides=[name], notes=[name])
        for section, name in zip(sample_sections(), HOSTILE, strict=True)
    ]
    pack = sample_pack(sections=sections, title=HOSTILE[2], facts=[(name[:30], name) for name in HOSTILE],
                       summary=list(HOSTILE), origin=HOSTILE[2], sources=list(HOSTILE))  # fmt: skip
    found = drawn_pages(pack)
    assert len(found) > 3
    for page in found:
        rows, columns = np.nonzero(page < 250)
        assert columns.min() >= MARGIN_POINTS - 1 and columns.max() <= A4_POINTS[0] - MARGIN_POINTS + 1
        assert rows.min() >= 20 and rows.max() <= A4_POINTS[1] - 10


def test_lines_of_text_do_not_meet(reader):
    """Those that begin at the left margin: captions, headings, notes, the first column."""
    for page in reader.pages:
        found: set[float] = set()

        def note(text: str, page: Any, line: Any, _font: Any, _size: Any, found: set[float] = found) -> None:
            x, y = page[4] + page[0] * line[4], page[5] + page[3] * line[5]
            if text.strip() and MARGIN_POINTS - 1 <= x < MARGIN_POINTS + 6:
                found.add(round(y, 1))

        page.extract_text(visitor_text=note)
        lines = sorted(found)
        assert len(lines) > 8
        assert min(after - before for before, after in pairwise(lines)) >= 8


def test_hostile_names_are_said_as_they_are_written(pages):
    said = "".join(pages)
    assert "<script>alert(1)</script>" in said and "=cmd|'/c calc'!A1" in said
    assert not any(sign in said for sign in "\u202e\u202c\x07")


def test_equal_packs_are_equal_bytes_and_the_file_is_of_the_day_of_the_meeting(content, reader):
    assert pack_handout(sample_pack()) == content
    assert reader.metadata["/CreationDate"] == "D:20240805000000Z"


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_pack_that_says_nothing_is_a_file_all_the_same(language):
    bare = sample_pack(
        language=language, headline=None, summary=[], sections=[], definitions=[], sources=[], facts=[], warning=None
    )
    assert bare.title in "".join(read(bare))
    assert headline_png(bare)


@pytest.mark.parametrize("sections", [sample_sections(), sample_sections()[2:3], []])
def test_the_headline_is_a_picture_for_a_message(sections):
    made = headline_png(sample_pack(sections=sections))
    picture = Image.open(BytesIO(made))
    assert picture.size == (1200, 675)
    ink = np.asarray(picture.convert("L")) < 200
    rows, columns = np.nonzero(ink)
    assert columns.min() >= 58 and columns.max() <= 1142 and rows.max() <= 660
    assert headline_png(sample_pack(sections=sections)) == made


def test_a_headline_without_a_line_says_what_else_was_found():
    """The five lines: the figure stands above, so does the finding; the others follow."""
    section = sample_sections()[2]
    summary = ["Cakupan 45,6 %.", f"{section.title}.", "Naik 3,2 poin.", "1 dari 2 target.", "Edisi 12."]
    pictures = [
        np.asarray(Image.open(BytesIO(headline_png(sample_pack(sections=[section], summary=lines)))).convert("L")) < 200
        for lines in (summary, summary[:3])
    ]
    rows = [np.nonzero(picture[:600].any(axis=1))[0].max() for picture in pictures]
    assert rows[0] - rows[1] > 2 * 24  # two lines more


def test_no_letter_of_the_last_line_of_the_headline_is_cut():
    """g and y reach below the line, n and x do not."""
    lowest = []
    for origin in ("xxnnxx", "ggyygg"):
        sections = [replace(sample_sections()[0], source="")]
        picture = Image.open(BytesIO(headline_png(sample_pack(sections=sections, origin=origin))))
        left_half = np.asarray(picture.convert("L"))[:, :300]
        lowest.append(np.nonzero(left_half < 200)[0].max())
    assert lowest[1] - lowest[0] >= 3


@pytest.mark.parametrize("name", HOSTILE)
def test_the_headline_holds_any_name(name):
    headline = sample_pack().headline
    assert headline
    long = replace(headline, name=name, anatomy=[name[:120]] * 3, band=name[:60])
    sections = [replace(sample_sections()[0], title=f"{name} naik 3,2 poin")]
    made = headline_png(sample_pack(headline=long, sections=sections, origin=name))
    picture = np.asarray(Image.open(BytesIO(made)).convert("L"))
    assert picture.shape == (675, 1200)
    assert (picture[665:] < 250).sum() == 0


def test_facts_are_worded_in_the_language_of_the_reader():
    assert shown(date(2024, 8, 5), "id") == "5 Agustus 2024"
    assert shown(date(2024, 8, 5), "en") == "5 August 2024"
    assert [shown(value, "id") for value in (12, "Palembang", None, Decimal("1.50"))] == ["12", "Palembang", "–", "1.5"]


def test_a_chart_of_many_rows_continues_on_the_same_axis():
    points = [Point(float(at), f"{at}") for at in range(60)]
    chart = Chart("dots", "percent", [f"Dinas {at}" for at in range(60)], [Series("x", points)], PERCENT_TICKS, "Titik")
    parts = chart_parts(chart)
    assert [len(part.categories) for part in parts] == [20, 20, 20]
    assert max(len(part.categories) for part in parts) <= MOST_ROWS
    assert [name for part in parts for name in part.categories] == list(chart.categories)
    assert [point for part in parts for point in part.series[0].points] == points
    section = replace(sample_sections()[2], chart=chart)
    alts = [node["/Alt"] for name, node in tags(opened(sample_pack(sections=[section])))
            if name == "/Figure"]  # fmt: skip
    assert alts == [f"Titik (bagian {part} dari 3)" for part in (1, 2, 3)]
