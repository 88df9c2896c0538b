"""The letter of a pack, read back with python-docx: its words, its styles, and that nothing in it harms or moves."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Letter
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.table import _Row
from docx.text.paragraph import Paragraph
from PIL import Image

from data.errors import CakupanError
from reports.cells import visible
from reports.document import pack_document
from reports.letter import LINE_WIDTH
from reports.letter_table import MOST_LINES, SMALL, USUAL, column_widths, letters_of
from reports.pack import Chapter, Column, Letterhead, Line, Pack, Section, Table
from tests.reports.sample_pack import HOSTILE, sample_pack


def picture(kind: str, mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, (60, 72)).save(out, kind)
    return out.getvalue()


def letter_of(**changes: object) -> Letter:
    return Document(BytesIO(pack_document(sample_pack(**changes))))


def frame_of(**changes: object) -> Letter:
    """The letter without its findings, whose charts take the time."""
    return letter_of(sections=[], **changes)


@pytest.fixture(scope="module")
def pack() -> Pack:
    emblem = replace(sample_pack().letterhead, emblem=picture("PNG"))
    return sample_pack(letterhead=emblem)


@pytest.fixture(scope="module")
def content(pack) -> bytes:
    return pack_document(pack)


@pytest.fixture(scope="module")
def letter(content) -> Letter:
    return Document(BytesIO(content))


@pytest.fixture(scope="module")
def bare() -> Letter:
    """That of an office that has not said who it is, about real data."""
    return letter_of(letterhead=Letterhead(), warning=None, sections=sample_pack().sections[:1])


def said(paragraph: Paragraph) -> str:
    return visible(paragraph.text)


def in_style(letter: Letter, style: str) -> list[str]:
    return [said(paragraph) for paragraph in letter.paragraphs if style_of(paragraph) == style]


def data_tables(letter: Letter) -> list[WordTable]:
    return [table for table in letter.tables if table.style is not None and table.style.name == "Tabel Cakupan"]


def rows_of(table: WordTable) -> list[list[str]]:
    return [[visible(cell.text) for cell in row.cells] for row in table.rows]


def every_paragraph(letter: Letter) -> Iterator[Paragraph]:
    page = letter.sections[0]
    yield from letter.paragraphs
    for table in letter.tables:
        yield from (paragraph for row in table.rows for cell in row.cells for paragraph in cell.paragraphs)
    for part in (page.header, page.first_page_header, page.footer, page.first_page_footer):
        yield from part.paragraphs


def style_of(paragraph: Paragraph) -> str:
    assert paragraph.style is not None
    return paragraph.style.style_id


def stays_with_next(paragraph: Paragraph) -> bool:
    """As Word sees it: what the paragraph says, else its style, else what that is based on."""
    told, style = paragraph.paragraph_format.keep_with_next, paragraph.style
    while told is None and isinstance(style, ParagraphStyle):
        told, style = style.paragraph_format.keep_with_next, style.base_style
    return bool(told)


def row_setting(row: _Row, name: str) -> bool:
    settings = row._tr.trPr
    return settings is not None and settings.find(qn(name)) is not None


def instructions(part) -> list[str]:
    return [element.text.strip() for element in part._element.iter(qn("w:instrText"))]


def test_chapters_and_findings_are_headings_in_their_order(letter, pack):
    assert in_style(letter, "Heading1") == ["Dasar", "Hasil", "Tindak lanjut"]
    assert in_style(letter, "Heading2") == [section.title for section in pack.sections]
    assert in_style(letter, "Title") == ["Nota Dinas"]


def test_a_memorandum_says_each_finding_in_a_sentence_and_shows_it_behind_the_signature(letter, pack):
    texts = [paragraph.text for paragraph in letter.paragraphs]
    body, attached = texts[: texts.index("Tembusan:")], texts[texts.index("Lampiran: rincian") :]
    told = [
        visible(section.title)
        for chapter in pack.chapters
        for section in pack.sections
        if section.code in chapter.sections
    ]
    assert in_style(letter, "ListBullet")[: len(told)] == [f"{title}." for title in told]
    assert not [text for text in body if text.startswith(("Tabel ", "Gambar "))]
    assert len([text for text in attached if text.startswith("Tabel ")]) == len(data_tables(letter))


def test_a_report_shows_its_findings_in_its_chapters():
    letter = letter_of(is_memorandum=False)
    texts = [paragraph.text for paragraph in letter.paragraphs]
    assert "Lampiran: rincian" not in texts
    assert texts.index("Tembusan:") > max(at for at, text in enumerate(texts) if text.startswith("Tabel "))


def test_everything_is_written_in_a_style_and_nothing_is_dressed_by_hand(letter, content):
    defined = {style.style_id for style in letter.styles}
    used = {paragraph._p.style for paragraph in every_paragraph(letter)}
    assert used - {None} <= defined
    assert {run._r.style for paragraph in every_paragraph(letter) for run in paragraph.runs} - {None} <= defined
    with ZipFile(BytesIO(content)) as files:
        document = parse_xml(files.read("word/document.xml"))
    by_hand = {child.tag for look in document.iter(qn("w:rPr")) for child in look} - {qn("w:rStyle")}
    assert by_hand == set()


def test_every_table_says_what_the_pack_says(letter, pack):
    tables = [table for section in pack.sections for table in section.tables]
    expected = [
        [[visible(texts[at]) for at, column in enumerate(table.columns) if column.is_brief] for texts in rows]
        for table in tables
        for rows in [[[column.text for column in table.columns], *(line.texts for line in (*table.lines, table.total))]]
    ]
    assert [rows_of(table) for table in data_tables(letter)] == expected
    assert [len(rows) for rows in expected] == [1 + 3 + 1, 1 + 3 + 1, 1 + 60 + 1]


def test_the_heading_of_a_table_is_repeated_and_no_row_is_parted(letter):
    for table in data_tables(letter):
        first, *others = table.rows
        assert row_setting(first, "w:tblHeader")
        assert not any(row_setting(row, "w:tblHeader") for row in others)
        assert all(row_setting(row, "w:cantSplit") for row in table.rows)


def test_a_short_table_stays_on_a_page_and_the_total_of_a_long_one_is_not_alone(letter):
    def stays(table: WordTable) -> list[bool]:
        return [all(stays_with_next(cell.paragraphs[0]) for cell in row.cells) for row in table.rows]

    short, _same, long = data_tables(letter)
    assert stays(short) == [True] * 5  # the last with the note that explains it
    assert stays(long) == [True, True, *[False] * 57, True, True, True]


def test_a_status_has_its_colour_as_a_style_beside_its_word(letter):
    table = data_tables(letter)[0]
    styled = [(visible(row.cells[-1].text), row.cells[-1].paragraphs[0].runs) for row in table.rows[1:-1]]
    assert [(text, runs[0].style.name) for text, runs in styled] == [
        ("● ada", "Nada Better"),
        ("○ belum ada data", "Nada Context"),
        ("● ada", "Nada Better"),
    ]


def test_numbers_stand_to_the_right_and_texts_to_the_left(letter):
    _number, name, projects, *_others = data_tables(letter)[0].rows[1].cells
    assert (style_of(name.paragraphs[0]), style_of(projects.paragraphs[0])) == ("SelTabel", "SelAngka")


def test_the_letterhead_has_the_emblem_to_its_left_capitals_and_a_double_rule(letter):
    left, middle, right = letter.tables[0].rows[0].cells
    [emblem] = left._tc.iter(qn("wp:docPr"))
    assert emblem.get("descr") == "Lambang Pemerintah Provinsi Sumatera Selatan"
    assert [(paragraph.text, style_of(paragraph)) for paragraph in middle.paragraphs] == [
        ("Pemerintah Provinsi Sumatera Selatan", "KopPemerintah"),
        ("Dinas Tenaga Kerja dan Transmigrasi", "KopPerangkat"),
        ("Jalan Kapten A. Rivai, Palembang", "KopAlamat"),
    ]
    written = [letter.styles[name].element for name in ("Kop Pemerintah", "Kop Perangkat Daerah", "Kop Alamat")]
    assert [style.find(f".//{qn('w:caps')}") is not None for style in written] == [True, True, False]
    assert right.text == ""
    [rule] = letter.styles["Kop Garis"].element.iter(qn("w:bottom"))
    assert rule.get(qn("w:val")) == "thinThickSmallGap"
    assert style_of(letter.paragraphs[0]) == "KopGaris"


def test_without_an_emblem_the_letterhead_is_lines():
    letter = frame_of()
    styles = [style_of(paragraph) for paragraph in letter.paragraphs[:4]]
    assert styles == ["KopPemerintah", "KopPerangkat", "KopAlamat", "KopGaris"]


def test_a_memorandum_says_to_whom_from_whom_and_about_what(letter):
    lines = [tuple(paragraph.text.split("\t:\t")) for paragraph in letter.paragraphs if "\t:\t" in paragraph.text]
    assert lines == [
        ("Kepada", "Yth. Sekretaris Daerah"),
        ("Dari", "Kepala Dinas"),
        ("Tembusan", "tercantum di akhir nota ini"),
        ("Tanggal", "5 Agustus 2024"),
        ("Nomor", "\t"),
        ("Sifat", "\t"),
        ("Lampiran", "1 (satu) berkas"),
        ("Hal", "Cakupan pekerja konstruksi Sumatera Selatan, Juli 2024"),
    ]
    dotted = [tab.get(qn("w:leader")) for tab in letter.styles["Baris Nota"].element.iter(qn("w:tab"))]
    assert dotted == [None, None, "dot"]


def test_a_report_begins_with_its_facts_and_has_no_addressee():
    letter = frame_of(is_memorandum=False, document_title="Laporan Hasil Monitoring dan Evaluasi")
    assert in_style(letter, "Title") == ["Laporan Hasil Monitoring dan Evaluasi"]
    assert in_style(letter, "BarisFakta") == [
        "Rapat : Rapat koordinasi perlindungan pekerja konstruksi",
        "Tanggal : 5 Agustus 2024",
        "Lingkup : Sumatera Selatan",
        "Posisi : 31 Juli 2024",
        "Edisi : 12",
    ]
    assert in_style(letter, "BarisNota") == []


def test_the_signature_is_one_block_with_the_line_before_it_and_the_copies(letter):
    texts = [said(paragraph) for paragraph in letter.paragraphs]
    first, last = texts.index("OPD mendaftarkan proyeknya."), texts.index("Kepala BPKAD")
    assert texts[first : last + 1] == [
        "OPD mendaftarkan proyeknya.",
        "Palembang, 5 Agustus 2024",
        "Kepala Dinas,",
        "Nama Pejabat, S.H., M.Si.",
        "NIP 19700101 199503 1 001",
        "Tembusan:",
        "Inspektur Provinsi",
        "Kepala BPKAD",
    ]
    assert [stays_with_next(paragraph) for paragraph in letter.paragraphs[first : last + 1]] == [True] * 7 + [False]
    assert in_style(letter, "ListNumber") == ["Inspektur Provinsi", "Kepala BPKAD"]


def test_many_copies_may_go_to_the_next_page():
    head = replace(sample_pack().letterhead, copies=[f"Kepala Dinas {at}" for at in range(9)])
    letter = frame_of(letterhead=head)
    [number] = [paragraph for paragraph in letter.paragraphs if paragraph.text.startswith("NIP")]
    assert not stays_with_next(number)


def test_without_a_letterhead_nothing_is_left_to_be_replaced(bare):
    texts = [paragraph.text for paragraph in every_paragraph(bare)]
    assert not [text for text in texts if re.search(r"[\[\]{}]|None|NIP|Tembusan|DATA CONTOH", text)]
    assert not [style for style in ("KopPemerintah", "KopPerangkat", "KopAlamat", "KopGaris") if in_style(bare, style)]
    [signed] = [paragraph for paragraph in bare.paragraphs if style_of(paragraph) == "GarisTandaTangan"]
    [line] = bare.styles["Garis Tanda Tangan"].element.iter(qn("w:tab"))
    assert (signed.text, line.get(qn("w:leader"))) == ("\t", "dot")
    assert len(bare.tables) == len(data_tables(bare))


def test_every_page_has_its_number_its_origin_and_the_warning(letter, pack):
    page = letter.sections[0]
    assert page.different_first_page_header_footer
    for footer in (page.first_page_footer, page.footer):
        assert instructions(footer) == ["PAGE", "NUMPAGES"]
        assert footer.paragraphs[0].text == f"{pack.origin}\tHalaman 1 dari 1"
    assert page.first_page_header.paragraphs[0].text == "\tDATA CONTOH"
    assert page.header.paragraphs[0].text == f"{pack.title}\tDATA CONTOH"


def test_every_chart_is_a_picture_within_the_page_that_says_what_it_shows(letter, pack):
    charts = [section.chart for section in pack.sections if section.chart]
    pictures = list(letter.inline_shapes)[1:]  # after the emblem
    assert [visible(shape._inline.docPr.get("descr")) for shape in pictures] == [visible(chart.alt) for chart in charts]
    assert all(0 < shape.width <= Cm(16.5) and 0 < shape.height <= Cm(19) for shape in pictures)
    assert in_style(letter, "Caption") == [
        f"Gambar {at}. {section.name}"
        for at, section in enumerate((section for section in pack.sections if section.chart), start=1)
    ]


def test_captions_are_counted_by_word(letter):
    assert instructions(letter.part) == [
        *["SEQ Gambar \\* ARABIC", "SEQ Tabel \\* ARABIC"] * 3,
        *["SEQ Gambar \\* ARABIC"] * 2,
    ]


def test_a_finding_without_anything_to_show_says_why(letter, pack):
    texts = [said(paragraph) for paragraph in letter.paragraphs]
    assert texts[texts.index(pack.sections[-1].title) + 1] == "Tidak ada SPK baru tanpa pendaftaran."


def test_a_note_is_said_once_and_a_source_with_every_finding(letter, pack):
    notes = list(dict.fromkeys(note for section in pack.sections for note in section.notes))
    assert in_style(letter, "ButirCatatan") == notes
    sources = [text for text in in_style(letter, "Sumber") if "posisi" in text]
    assert len(sources) == sum(bool(section.source) for section in pack.sections)


def test_definitions_and_sources_are_the_appendix(letter):
    texts = [said(paragraph) for paragraph in letter.paragraphs]
    assert texts[texts.index("Lampiran: definisi dan sumber") :] == [
        "Lampiran: definisi dan sumber",
        "Cakupan pekerja konstruksi (versi 2): peserta konstruksi aktif / perkiraan pekerja konstruksi",
        "Tidak termasuk: pekerja yang proyeknya tidak tercatat",
        "Batas: Perkiraan pekerja hanya ada setahun sekali.",
        "Sumber: BPJS Ketenagakerjaan; BPS Sakernas",
        "BPJS Ketenagakerjaan, posisi 9 Juli 2024",
        "BPS, Sakernas Agustus 2024",
    ]


def test_an_english_letter_has_no_indonesian_word_of_its_own():
    findings = sample_pack().sections[:1]
    letter = letter_of(language="en", document_title="Memorandum", sections=findings)
    names = [paragraph.text.split("\t")[0] for paragraph in letter.paragraphs if "\t:\t" in paragraph.text]
    assert names == ["To", "From", "Copies", "Date", "Number", "Classification", "Attachment", "Subject"]
    assert letter.sections[0].footer.paragraphs[0].text.endswith("Page 1 of 1")
    assert in_style(letter, "Lampiran") == ["Appendix: details", "Appendix: definitions and sources"]
    assert in_style(letter, "CaptionAbove")[0].startswith("Table 1. ")
    assert "5 August 2024" in " ".join(said(paragraph) for paragraph in letter.paragraphs)
    own = ("Halaman", "Gambar", "Tabel ", "Kepada", "Lampiran", "Sumber:", "Tembusan", "Lambang")
    texts = " ".join(paragraph.text for paragraph in every_paragraph(letter))
    assert [word for word in own if word in texts] == []
    [language] = letter.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:val")) == "en-GB"


def test_hostile_names_come_out_as_text_and_nothing_else(letter, content):
    names = [row[1] for row in rows_of(data_tables(letter)[2])[1 : 1 + len(HOSTILE)]]
    assert names == [visible(name) for name in HOSTILE]
    with ZipFile(BytesIO(content)) as files:
        parts = {name: files.read(name).decode() for name in files.namelist() if name.endswith((".xml", ".rels"))}
    assert not [name for name, text in parts.items() if re.search("[\x00-\x08\u202a-\u202e\u2066-\u2069]", text)]
    assert not [name for name, text in parts.items() if "<script" in text or 'TargetMode="External"' in text]
    assert "&lt;script&gt;" in parts["word/document.xml"]


def test_hostile_texts_anywhere_leave_a_letter_that_opens():
    name = "\x00<w:p/> ]]> \u202e&amp; =1+1 \ud800 {x} " + "N" * 300
    section = replace(
        sample_pack().sections[0], chart=None, title=name, subtitle=name, name=name, source=name, notes=[name]
    )
    head = Letterhead(name, name, name, None, name, name, name, name, name, [name] * 3)
    hostile = sample_pack(
        title=name,
        origin=name,
        warning=name,
        facts=[(name, name)],
        sections=[section],
        sources=[name],
        document_title=name,
        chapters=[Chapter(name, [name], ["trend", "tidak-ada"])],
        letterhead=head,
    )
    for kind in (True, False):
        letter = Document(BytesIO(pack_document(replace(hostile, is_memorandum=kind))))
        assert in_style(letter, "Heading2") == [visible(name)]
        assert len(letter.core_properties.title) == 255
        assert len(letter.sections[0].header.paragraphs[0].text) < 90 + 1 + len(name)


def test_the_same_pack_is_the_same_file_without_a_clock(content, pack):
    assert pack_document(pack) == content
    with ZipFile(BytesIO(content)) as files:
        assert {info.date_time for info in files.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = set(files.namelist())
    assert not [name for name in names if "thumbnail" in name or "customXml" in name]
    about = Document(BytesIO(content)).core_properties
    assert about.created is not None
    assert (about.created.date(), about.modified) == (pack.day, about.created)
    assert (about.title, about.keywords) == (pack.title, pack.content_hash)


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "I;16"), ("JPEG", "CMYK")])
def test_every_usual_kind_of_emblem_is_taken(kind, mode):
    head = Letterhead(emblem=picture(kind, mode))
    letter = frame_of(letterhead=head)
    [shape] = list(letter.inline_shapes)
    assert (shape.height, shape.width) == (Cm(2.4), Cm(2))


@pytest.mark.parametrize("emblem", [b"", b"<svg/>", picture("PNG")[:60], b"\xff\xd8\xff" + bytes(80)])
def test_a_broken_emblem_is_refused_in_a_sentence(emblem):
    with pytest.raises(CakupanError, match=r"^Lambang .* simpan ulang"):
        frame_of(letterhead=Letterhead(emblem=emblem))


def one_table(table: Table) -> Letter:
    section = Section("trend", "Tren", "Judul", tables=[table])
    return letter_of(sections=[section], chapters=[Chapter("Hasil", (), ["trend"])])


def numbered(count: int) -> Table:
    columns = [Column("No"), Column("Nama", is_numeric=False, is_wide=True)]
    return Table("satu", "Lembar", "Judul tabel", columns, [Line([at, "a"], [str(at), "a"]) for at in range(count)])


def test_a_table_longer_than_a_meeting_reads_names_the_sheet_with_all_of_it():
    letter = one_table(numbered(MOST_LINES + 1_234))
    [table] = data_tables(letter)
    assert len(table.rows) == 1 + MOST_LINES
    assert "1.234 baris lainnya ada pada buku kerja (XLSX), lembar Lembar." in [said(p) for p in letter.paragraphs]


def test_a_table_that_only_a_workbook_holds_is_named():
    letter = one_table(replace(numbered(3), only_in_workbook=True))
    assert data_tables(letter) == []
    assert "Judul tabel: ada pada buku kerja (XLSX), lembar Lembar." in [said(p) for p in letter.paragraphs]


def test_a_table_without_a_row_says_so():
    letter = one_table(replace(numbered(0), empty="Tidak ada yang terlambat."))
    assert data_tables(letter) == []
    assert "Tidak ada yang terlambat." in [said(p) for p in letter.paragraphs]


@pytest.mark.parametrize(
    "columns",
    [
        [Column("No"), Column("Nama", is_numeric=False, is_wide=True)],
        [Column(f"Angka ke-{at}") for at in range(3)],
        [Column("Keterangan panjang", is_numeric=False)] * 14,
        [Column("Satu kolom", is_numeric=False)],
        [Column("Penanggungjawab" * 3)] * 9,
    ],
)
@pytest.mark.parametrize("text", ["", "1.234", "Dinas Pekerjaan Umum dan Penataan Ruang", "N" * 300])
def test_columns_fill_the_page_exactly(columns, text):
    widths = column_widths(columns, [[text] * len(columns)] * 2)
    assert (sum(widths), min(widths) > 0) == (LINE_WIDTH, True)


def test_dates_and_numbers_stay_in_a_line_beside_long_names():
    columns = [Column("Sisa"), Column("Batas", is_numeric=False), Column("Proyek", is_numeric=False, is_wide=True)]
    rest, day, name = column_widths(columns, [["1.234.567", "30 September 2025", "Peningkatan Jalan " * 20]])
    # Calibri of 9 point: a digit is 4,56 point wide, a point 2,3, the mean of this date 4,3; a cell keeps 8 point free.
    assert rest >= 20 * (7 * 4.56 + 2 * 2.3 + 8)
    assert day >= 20 * (17 * 4.3 + 8)
    assert name > LINE_WIDTH / 2


def test_many_columns_of_long_numbers_take_smaller_letters_and_few_the_usual_ones():
    columns = [Column("Pemilik proyek", is_numeric=False, is_wide=True), *[Column("Nilai kontrak, Rp")] * 6]
    row = ["Dinas Pekerjaan Umum", *["38.333.689.409"] * 6]
    assert letters_of(columns, [row]) is SMALL
    assert letters_of(columns[:3], [row[:3]]) is USUAL
    # Fourteen signs of about half their size, and what the cell keeps free: no number breaks.
    assert min(column_widths(columns, [row], SMALL)[1:]) >= 11 * 70 + 3 * 40 + 112


def test_the_program_itself_is_named_as_author_where_no_office_is(bare):
    assert bare.core_properties.author == "Cakupan"
