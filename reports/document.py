"""The letter of a meeting pack (DOCX): a memorandum (nota dinas) or a monitoring report, made to be edited in Word."""

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

from babel.dates import format_date
from babel.numbers import format_decimal
from docx.document import Document as Letter
from docx.shared import Cm, Emu
from docx.text.paragraph import Paragraph

from reports.cells import Cell, plain_number
from reports.drawing import png_of_chart
from reports.emblem import emblem_png
from reports.letter import (
    add_field,
    add_layout_table,
    add_run,
    describe_picture,
    empty_letter,
    letter_bytes,
    shown,
    styled,
)
from reports.letter_table import add_table
from reports.pack import Chart, Pack, Section, Table

EMBLEM_COLUMNS = (1361, 6633, 1361)
EMBLEM_WIDTH, EMBLEM_HEIGHT = Cm(2.1), Cm(2.4)
FIGURE_WIDTH, MOST_FIGURE_HEIGHT = Cm(16), Cm(19)
FIGURE_DOTS = 1440
FEW_COPIES = 8
LONGEST_RUNNING_TITLE = 90
# A tab that fills with dots up to the next stop.
DOTTED = "\t"
PAGE_WORDS = {"id": ("Halaman ", " dari "), "en": ("Page ", " of ")}
EMBLEM_WORDS = {"id": "Lambang", "en": "Emblem of"}
WORDS = {
    "id": {
        "number": "Nomor",
        "to": "Kepada",
        "honour": "Yth. ",
        "from": "Dari",
        "copies": "Tembusan",
        "listed": "tercantum di akhir nota ini",
        "date": "Tanggal",
        "nature": "Sifat",
        "attached": "Lampiran",
        "one_attachment": "1 (satu) berkas",
        "subject": "Hal",
        "figure": "Gambar",
        "table": "Tabel",
        "source": "Sumber",
        "findings": "Lampiran: rincian",
        "appendix": "Lampiran: definisi dan sumber",
        "exclusions": "Tidak termasuk",
        "limits": "Batas",
        "version": "versi",
        "left_out": "{left} baris lainnya ada pada buku kerja (XLSX), lembar {name}.",
        "elsewhere": "{title}: ada pada buku kerja (XLSX), lembar {name}.",
    },
    "en": {
        "number": "Number",
        "to": "To",
        "honour": "",
        "from": "From",
        "copies": "Copies",
        "listed": "listed at the end of this memorandum",
        "date": "Date",
        "nature": "Classification",
        "attached": "Attachment",
        "one_attachment": "1 (one) set",
        "subject": "Subject",
        "figure": "Figure",
        "table": "Table",
        "source": "Source",
        "findings": "Appendix: details",
        "appendix": "Appendix: definitions and sources",
        "exclusions": "Not included",
        "limits": "Limits",
        "version": "version",
        "left_out": "Further rows in the workbook (XLSX), sheet {name}: {left}.",
        "elsewhere": "{title}: in the workbook (XLSX), sheet {name}.",
    },
}


def pack_document(pack: Pack) -> bytes:
    """The letter as a file. CakupanError when the emblem cannot be opened."""
    writing = _Writing(pack, empty_letter(pack))
    writing.write_margins()
    writing.write_letterhead()
    writing.write_opening()
    writing.write_headline()
    writing.write_chapters()
    writing.write_signature()
    writing.write_copies()
    writing.write_findings_of_a_memorandum()
    writing.write_appendix()
    return letter_bytes(writing.letter)


@dataclass
class _Writing:
    """A letter while it grows: figures and tables are counted through it, `noted` are the notes that it has said."""

    pack: Pack
    letter: Letter
    figures: int = 0
    tables: int = 0
    noted: set[str] = field(default_factory=set)
    words: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.words = WORDS[self.pack.language]

    def add(self, text: str, style: str = "Normal") -> Paragraph:
        return self.line(shown(text), style)

    def line(self, text: str, style: str) -> Paragraph:
        return styled(self.letter.add_paragraph(text), style)

    def write_margins(self) -> None:
        """Warning, title and page numbers; the first page has its letterhead in place of the title."""
        page = self.letter.sections[0]
        page.different_first_page_header_footer = True
        self._write_header(page.first_page_header.paragraphs[0], "")
        self._write_header(page.header.paragraphs[0], _cut(shown(self.pack.title)))
        for footer in (page.first_page_footer, page.footer):
            self._write_footer(footer.paragraphs[0])

    def _write_header(self, paragraph: Paragraph, title: str) -> None:
        styled(paragraph, "Header").add_run(title)
        if self.pack.warning:
            paragraph.add_run("\t")
            add_run(paragraph, shown(self.pack.warning), "Peringatan")

    def _write_footer(self, paragraph: Paragraph) -> None:
        page, of = PAGE_WORDS[self.pack.language]
        styled(paragraph, "Footer").add_run(f"{shown(self.pack.origin)}\t{page}")
        add_field(paragraph, "PAGE", "1")
        paragraph.add_run(of)
        add_field(paragraph, "NUMPAGES", "1")

    def write_letterhead(self) -> None:
        """Government, office and address above a double rule, the emblem to the left; nothing of nothing."""
        head = self.pack.letterhead
        lines = [
            (head.government, "KopPemerintah"),
            (head.office, "KopPerangkat"),
            (head.address, "KopAlamat"),
        ]
        known = [(text, style) for text, style in lines if text]
        if head.emblem is not None:
            self._write_beside_emblem(head.emblem, known)
        else:
            for text, style in known:
                self.add(text, style)
        if known or head.emblem is not None:
            self.add("", "KopGaris")

    def _write_beside_emblem(self, emblem: bytes, lines: list[tuple[str, str]]) -> None:
        left, middle, _right = add_layout_table(self.letter, EMBLEM_COLUMNS)
        picture = styled(left, "KopLambang").add_run()
        shape = picture.add_picture(BytesIO(emblem_png(emblem)))
        shape.width, shape.height = _within(shape.width, shape.height, EMBLEM_WIDTH, EMBLEM_HEIGHT)
        name = EMBLEM_WORDS[self.pack.language]
        describe_picture(picture, name, f"{name} {shown(self.pack.letterhead.government)}".strip())
        for text, style in lines:
            styled(middle.insert_paragraph_before(shown(text)), style)
        if lines:
            middle._p.getparent().remove(middle._p)

    def write_opening(self) -> None:
        """What it is; then the lines of a memorandum, or of a report its title and facts."""
        self.add(self.pack.document_title, "Title")
        if self.pack.is_memorandum:
            for name, value in self._memorandum_lines():
                self.line(f"{name}\t:\t{shown(value) or DOTTED}", "BarisNota")
        else:
            self.add(self.pack.title, "Subtitle")
            for name, value in self.pack.facts:
                self.line(f"{shown(name)}\t:\t{shown(_worded(value, self.pack.language))}", "BarisFakta")
        self.line("", "GarisPembuka")

    def _memorandum_lines(self) -> list[tuple[str, str]]:
        """A line that nobody knows yet is empty: it is dotted, to be filled by hand."""
        head, words = self.pack.letterhead, self.words
        to = (
            head.recipient
            if not head.recipient or head.recipient.startswith("Yth")
            else words["honour"] + head.recipient
        )
        lines = [(words["to"], to), (words["from"], head.signer_office or head.office)]
        if head.copies:
            lines.append((words["copies"], words["listed"]))
        lines += [
            (words["date"], _day(self.pack.day, self.pack.language)),
            (words["number"], ""),
            (words["nature"], ""),
        ]
        if self._findings() or self._has_appendix():
            lines.append((words["attached"], words["one_attachment"]))
        return [*lines, (words["subject"], self.pack.title)]

    def write_headline(self) -> None:
        headline = self.pack.headline
        if headline is None:
            return
        self.add(headline.name, "AngkaNama")
        figure = self.add(headline.figure, "AngkaUtama")
        if headline.band:
            add_run(figure, f"  {shown(headline.band)}", "AngkaUtamaSelang")
        for line in (" · ".join(headline.anatomy), *headline.asides):
            if line:
                self.add(line, "AngkaBagian")

    def write_chapters(self) -> None:
        """Chapters in their order: a report has its findings there, a memorandum a sentence of each.

        Who signs a memorandum reads a page or two; charts and tables are attached to it.
        """
        found = {section.code: section for section in self.pack.sections}
        for chapter in self.pack.chapters:
            self.add(chapter.title, "Heading1")
            for paragraph in chapter.paragraphs:
                self.add(paragraph)
            for section in (found[code] for code in chapter.sections if code in found):
                if self.pack.is_memorandum:
                    self.add(f"{section.title.removesuffix('.')}.", "ListBullet")
                else:
                    self._write_section(section)

    def _findings(self) -> list[Section]:
        """Those that a chapter names, in the order of the chapters."""
        found = {section.code: section for section in self.pack.sections}
        return [found[code] for chapter in self.pack.chapters for code in chapter.sections if code in found]

    def write_findings_of_a_memorandum(self) -> None:
        if not self.pack.is_memorandum or not self._findings():
            return
        self.add(self.words["findings"], "Lampiran")
        for section in self._findings():
            self._write_section(section)

    def _write_section(self, section: Section) -> None:
        self.add(section.title, "Heading2")
        if section.why_empty:
            self.add(section.why_empty)
            return
        if section.subtitle:
            self.add(section.subtitle, "Subjudul")
        if section.chart is not None:
            self._write_figure(section.chart, section.name)
        for table in section.tables:
            self._write_table(table)
        # Findings about the same measure share their notes: each is said once.
        notes = [note for note in section.notes if note not in self.noted]
        self.noted.update(notes)
        remarks = [(aside, "Catatan") for aside in section.asides] + [(note, "ButirCatatan") for note in notes]
        if section.source:
            remarks.append((f"{self.words['source']}: {section.source}", "Sumber"))
        for at, (text, style) in enumerate(remarks, start=1):
            self.add(text, style).paragraph_format.keep_with_next = at < len(remarks)

    def _write_figure(self, chart: Chart, name: str) -> None:
        self.figures += 1
        run = self.line("", "Gambar").add_run()
        shape = run.add_picture(BytesIO(png_of_chart(chart, FIGURE_DOTS, self.pack.language)))
        shape.width, shape.height = _within(shape.width, shape.height, FIGURE_WIDTH, MOST_FIGURE_HEIGHT)
        word = self.words["figure"]
        describe_picture(run, f"{word} {self.figures}", shown(chart.alt))
        self._write_caption(word, self.figures, name, "Caption")

    def _write_table(self, table: Table) -> None:
        if table.only_in_workbook:
            self.add(self.words["elsewhere"].format(title=table.title, name=table.name), "Catatan")
            return
        self.tables += 1
        self._write_caption(self.words["table"], self.tables, table.title, "CaptionAbove")
        if not len(table.lines):
            self.add(table.empty)
            return
        left_out = add_table(self.letter, table)
        if left_out:
            left = format_decimal(left_out, locale=self.pack.language)
            self.add(self.words["left_out"].format(left=left, name=table.name), "CatatanTabel")
        # Word joins tables that follow each other: there is always a line between them.
        self.add(table.total_note, "CatatanTabel" if table.total_note else "JedaTabel")

    def _write_caption(self, word: str, number: int, text: str, style: str) -> None:
        caption = self.line(f"{word} ", style)
        add_field(caption, f"SEQ {word} \\* ARABIC", str(number))
        caption.add_run(f". {shown(text)}")

    def write_signature(self) -> None:
        """Place and date, office, room for a hand, name and number: all on one page, with the line before them."""
        head, pack = self.pack.letterhead, self.pack
        self._keep_last_line()
        has_date = bool(head.city) or not pack.is_memorandum
        self.add(
            ", ".join(filter(None, (head.city, _day(pack.day, pack.language)))) if has_date else "", "TempatTanggal"
        )
        if head.signer_office:
            self.add(f"{head.signer_office},", "TandaTangan")
        if head.signer_name:
            self.add(head.signer_name, "NamaPejabat")
        else:
            self.line(DOTTED, "GarisTandaTangan")
        if head.signer_number:
            self.add(f"NIP {head.signer_number}", "TandaTangan")
        # A few copies stay with the signature; a page of their own would look like one left over.
        self.letter.paragraphs[-1].paragraph_format.keep_with_next = 0 < len(head.copies) <= FEW_COPIES

    def _keep_last_line(self) -> None:
        last = self.letter.paragraphs[-1] if self.letter.paragraphs else None
        if last is not None:
            last.paragraph_format.keep_with_next = True

    def write_copies(self) -> None:
        copies = self.pack.letterhead.copies
        if copies:
            self.add(f"{self.words['copies']}:", "Tembusan")
        for at, copy in enumerate(copies, start=1):
            self.add(copy, "ListNumber").paragraph_format.keep_with_next = at < len(copies)

    def _has_appendix(self) -> bool:
        return bool(self.pack.definitions or self.pack.sources)

    def write_appendix(self) -> None:
        """Definitions and sources of every figure, for whoever is asked about one."""
        if not self._has_appendix():
            return
        self.add(self.words["appendix"], "Lampiran")
        for definition in self.pack.definitions:
            name = self.line("", "Normal")
            add_run(name, shown(definition.name), "Strong")
            name.add_run(f" ({self.words['version']} {definition.version}): {shown(definition.formula)}")
            for word, text in (("exclusions", definition.exclusions), ("limits", definition.limits)):
                if text:
                    self.add(f"{self.words[word]}: {text}", "Catatan")
            self.add(f"{self.words['source']}: {definition.source}", "Sumber")
        for source in self.pack.sources:
            self.add(source, "ListBullet")


def _within(width: int, height: int, most_width: int, most_height: int) -> tuple[Emu, Emu]:
    """As large as fits, in its own proportions."""
    share = min(most_width / width, most_height / height)
    return Emu(round(width * share)), Emu(round(height * share))


def _worded(value: Cell, language: str) -> str:
    if isinstance(value, date):
        return _day(value, language)
    return value if isinstance(value, str) else "–" if value is None else plain_number(value)


def _day(day: date, language: str) -> str:
    return format_date(day, "d MMMM y", locale=language)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_RUNNING_TITLE else text[: LONGEST_RUNNING_TITLE - 1] + "…"
