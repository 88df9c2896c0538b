"""The meeting pack as a workbook (XLSX): a cover, the charts, a sheet per table, notes, definitions, and the charts'
numbers. It says what reports.pack says and nothing else."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from itertools import chain, islice
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import wrap
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.cells import Cell, visible
from reports.grid import (
    AS_WRITTEN,
    LINE_PT,
    NAVY,
    Heading,
    Looks,
    column_widths,
    lines_of,
    row_height,
    set_up_print,
    write_cell,
    write_headings,
    write_text,
)
from reports.native_charts import LONGEST_NAME, Strip, height_px, native_chart, strips_of
from reports.pack import Chart, Column, Line, Pack, Section, Table

# Called with the lines written so far and all there are.
Progress = Callable[[int, int], None]
# A pack of more lines is written row by row, through files that are gone at the end: the whole would not fit memory.
MOST_IN_MEMORY = 10_000
# Columns are as wide as the first lines ask for: those of a long table are read from the edition only once.
MEASURED_LINES = 2_000
PROGRESS_EVERY = 1_000
# Room for larger numbers further down.
UNSEEN = 3
# What a narrow table is printed at, so that its title has room.
LEAST_WIDTH = 120
# Names of columns frozen at the left may take this much of a screen.
MOST_FROZEN = 64
LONGEST_TAB = 31
FORBIDDEN_IN_TABS = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
COVER_WIDTHS = (30, 108)
CHART_COLUMNS, CHART_COLUMN_PX, CHART_ROW_PX, PAGE_PX = 10, 100, 20, 670
WORDS = {
    "id": {
        "cover": "Sampul",
        "charts": "Grafik",
        "notes": "Catatan",
        "definitions": "Definisi",
        "numbers": "Angka grafik",
        "summary": "Ringkasan",
        "contents": "Isi buku kerja",
        "sheet": "Lembar",
        "says": "Isinya",
        "sources": "Sumber",
        "source": "Sumber: ",
        "origin": "Asal angka",
        "hash": "Sidik isi",
        "position": "Posisi",
        "table": "Tabel: ",
        "section": "Bagian",
        "note": "Catatan",
        "measure": "Ukuran",
        "formula": "Cara hitung",
        "exclusions": "Tidak termasuk dan batasnya",
        "version": "Versi",
        "notes_title": "Catatan atas temuan",
        "definitions_title": "Definisi ukuran yang dipakai",
        "numbers_title": "Angka di balik grafik; mengubahnya mengubah grafik",
        "charts_says": "Semua grafik, satu per halaman",
        "category": "Kategori",
    },
    "en": {
        "cover": "Cover",
        "charts": "Charts",
        "notes": "Notes",
        "definitions": "Definitions",
        "numbers": "Chart numbers",
        "summary": "Summary",
        "contents": "Contents",
        "sheet": "Sheet",
        "says": "What it says",
        "sources": "Sources",
        "source": "Source: ",
        "origin": "Origin of the numbers",
        "hash": "Content hash",
        "position": "Position",
        "table": "Table: ",
        "section": "Section",
        "note": "Note",
        "measure": "Measure",
        "formula": "How it is counted",
        "exclusions": "Exclusions and limits",
        "version": "Version",
        "notes_title": "Notes on the findings",
        "definitions_title": "Definitions of the measures used",
        "numbers_title": "The numbers behind the charts; changing them changes the charts",
        "charts_says": "All charts, one to a page",
        "category": "Category",
    },
}


def pack_workbook(pack: Pack, out: Path | BinaryIO, progress: Progress | None = None) -> None:
    """Write the pack's workbook to a path or an open binary file. `progress` hears of lines of tables written.

    Equal packs are equal bytes. A pack of very many lines takes no more memory than a small one.
    """
    with TemporaryDirectory(prefix="cakupan-") as folder:
        is_long = _count_lines(pack) > MOST_IN_MEMORY
        kept = {"constant_memory": True, "tmpdir": folder} if is_long else {"in_memory": True}
        with Workbook(out if not isinstance(out, Path) else str(out), kept | AS_WRITTEN) as book:
            _Book(pack, book, progress or (lambda _done, _all: None)).write()


def pack_workbook_bytes(pack: Pack) -> bytes:
    """The same in memory, for packs that a screen shows."""
    out = BytesIO()
    pack_workbook(pack, out)
    return out.getvalue()


def _count_lines(pack: Pack) -> int:
    return sum(len(table.lines) for section in pack.sections for table in section.tables)


@dataclass(frozen=True)
class _Place:
    """Where the numbers of a chart lie: the row of their headings in the sheet of numbers."""

    section: Section
    chart: Chart
    strips: Sequence[Strip]
    top: int


class _Book:
    """One workbook being written: its sheets are added first, so that each may lead to the others."""

    def __init__(self, pack: Pack, book: Workbook, progress: Progress) -> None:
        self.pack, self.book, self.progress = pack, book, progress
        self.words = WORDS[pack.language]
        self.looks = Looks(book, pack.language)
        self.done, self.all = 0, _count_lines(pack)
        self.places = list(_places(pack))
        self.tabs = self._name_tabs()

    def write(self) -> None:
        day = datetime(self.pack.day.year, self.pack.day.month, self.pack.day.day, tzinfo=UTC)
        self.book.set_properties({"title": visible(self.pack.title), "comments": self.pack.origin, "created": day})
        pages = {code: self.book.add_worksheet(name) for code, name in self.tabs.items()}
        self._write_cover(pages["*cover"])
        if self.places:
            self._write_charts(pages["*charts"])
        for section, table in _tables(self.pack):
            self._write_table(pages[table.code], section, table)
        self._write_own_table(pages["*notes"], self._notes())
        self._write_own_table(pages["*definitions"], self._definitions())
        if self.places:
            self._write_numbers(pages["*numbers"])

    def _name_tabs(self) -> dict[str, str]:
        """The tab of every sheet by code, in their order; those that are no table's begin with an asterisk."""
        charts, numbers = (["*charts"], ["*numbers"]) if self.places else ([], [])
        tables = [(table.code, table.name) for _, table in _tables(self.pack)]
        own = [(code, self.words[code[1:]]) for code in ("*cover", *charts, "*notes", "*definitions", *numbers)]
        taken = [name.lower() for _, name in own]
        first = 1 + len(charts)
        return dict([*own[:first], *((code, _tab(name, taken)) for code, name in tables), *own[first:]])

    def _set_up(self, page: Worksheet, title: str) -> None:
        set_up_print(page, title, self.pack.language, warning=self.pack.warning, origin=self.pack.origin)

    def _link(self, page: Worksheet, row: int, column: int, *, code: str, before: str = "") -> None:
        tab = self.tabs[code]
        target = "internal:'" + tab.replace("'", "''") + "'!A1"
        page.write_url(row, column, target, self.looks("link", "left"), before + tab)

    # The cover.

    def _write_cover(self, page: Worksheet) -> None:
        pack, words = self.pack, self.words
        for column, width in enumerate(COVER_WIDTHS):
            page.set_column(column, column, width)
        row = self._write_head(page, pack.title, big=True)
        if pack.headline:
            row = self._write_headline(page, row)
        for name, value in pack.facts:
            row = self._write_pair(page, row, name, value)
        row = self._write_list(page, row + 1, words["summary"], pack.summary)
        row = self._write_contents(page, row + 1)
        row = self._write_list(page, row + 1, words["sources"], pack.sources)
        row = self._write_pair(page, row + 1, words["origin"], pack.origin)
        self._write_pair(page, row, words["hash"], pack.content_hash)
        self._set_up(page, pack.title)
        page.fit_to_pages(1, 0)
        page.set_tab_color(NAVY)

    def _write_headline(self, page: Worksheet, row: int) -> int:
        headline = self.pack.headline
        assert headline
        write_text(page, row, 0, headline.name, self.looks("name"))
        write_text(page, row + 1, 0, headline.figure, self.looks("figure"))
        said = [" · ".join(part for part in (headline.band, *headline.anatomy) if part), *headline.asides]
        text = "\n".join(said)
        page.write_string(row + 1, 1, "\n".join(map(visible, said)), self.looks("wrapped", "left"))
        page.set_row(row + 1, max(40, LINE_PT * sum(lines_of(line, COVER_WIDTHS[1]) for line in text.split("\n"))))
        return row + 3

    def _write_pair(self, page: Worksheet, row: int, name: str, value: Cell) -> int:
        if name:
            write_text(page, row, 0, name, self.looks("name", "wrapped"))
        write_cell(page, row, 1, value, self.looks, *(["wrapped"] if isinstance(value, str) else ["left"]))
        if height := row_height([name, value], COVER_WIDTHS):
            page.set_row(row, height)
        return row + 1

    def _write_list(self, page: Worksheet, row: int, name: str, texts: Sequence[str]) -> int:
        for at, text in enumerate(texts):
            row = self._write_pair(page, row, "" if at else name, text)
        return row

    def _write_contents(self, page: Worksheet, row: int) -> int:
        for column, name in enumerate(("sheet", "says")):
            write_text(page, row, column, self.words[name], self.looks("head", "left"))
        row += 1
        for code, name, says in self._contents():
            if code:
                self._link(page, row, 0, code=code)
            else:
                write_text(page, row, 0, name, self.looks("name"))
            write_text(page, row, 1, says, self.looks("wrapped", "left"))
            if height := row_height([says], COVER_WIDTHS[1:]):
                page.set_row(row, height)
            row += 1
        return row

    def _contents(self) -> Iterator[tuple[str, str, str]]:
        """(code of the sheet or "", name of the section, what it says) for every line of the contents."""
        if self.places:
            yield "*charts", "", self.words["charts_says"]
        for section in self.pack.sections:
            for table in section.tables:
                yield table.code, section.name, section.title
            if section.why_empty or not section.tables:
                # Without a table it is seen on the sheet of charts, or it says why there is nothing.
                yield "", section.name, section.why_empty or section.title
        yield "*notes", "", self.words["notes_title"]
        yield "*definitions", "", self.words["definitions_title"]
        if self.places:
            yield "*numbers", "", self.words["numbers_title"]

    # Sheets of tables.

    def _write_head(self, page: Worksheet, title: str, *, width: float = sum(COVER_WIDTHS), big: bool = False) -> int:
        """The warning and the title, in as many rows as it needs; returns the row after them."""
        row = 0
        if self.pack.warning:
            write_text(page, row, 0, self.pack.warning, self.looks("warning"))
            row += 1
        row = self._write_lines(page, row, title, self.looks("title"), 0.78 * width)
        return row + 1 if big else row

    def _write_lines(self, page: Worksheet, row: int, text: str, look: Format, width: float) -> int:
        """A long text over as many rows as it needs: cells are not merged. Returns the row after it."""
        for line in wrap(visible(text), int(width)):
            write_text(page, row, 0, line, look)
            row += 1
        return row

    def _write_own_table(self, page: Worksheet, table: Table) -> None:
        """Notes and definitions: laid out as the pack's tables, without a section."""
        self._write_table(page, None, table)

    def _write_table(self, page: Worksheet, section: Section | None, table: Table) -> None:
        headings = [Heading(column.text, column.decimals, column.is_numeric) for column in table.columns]
        lines = iter(table.lines)
        first = list(islice(lines, MEASURED_LINES))
        widths = self._widths(table, headings, first)
        width = max(LEAST_WIDTH, sum(widths))
        head = self._write_table_head(page, section, table, width)
        write_headings(page, head, headings, widths, self.looks)
        end = self._write_lines_of(page, head + 1, table, chain(first, lines), widths)
        page.autofilter(head, 0, max(head, end - 1), len(headings) - 1)
        page.freeze_panes(head + 1, _frozen_columns(table.columns, widths))
        end = self._write_foot(page, end, section, table, widths)
        self._set_up(page, table.title)
        page.fit_to_pages(1, 0)
        page.repeat_rows(head)
        page.print_area(0, 0, max(head, end - 1), _last_printed(widths))

    def _write_table_head(self, page: Worksheet, section: Section | None, table: Table, width: float) -> int:
        """What stands above the headings; returns their row."""
        row = self._write_head(page, section.title if section else table.title, width=width)
        if section:
            if table.title != section.title:
                row = self._write_lines(page, row, table.title, self.looks("bold"), width)
            if section.subtitle:
                row = self._write_lines(page, row, section.subtitle, self.looks("name"), width)
            said = self.words["source"] + section.source if section.source else ""
            row = self._write_lines(page, row, said, self.looks("name"), width)
        return row + 1

    def _widths(self, table: Table, headings: Sequence[Heading], first: Sequence[Line]) -> list[float]:
        rows = [line.cells for line in first] + ([table.total.cells] if table.total else [])
        widths = column_widths(headings, rows)
        more = UNSEEN if len(table.lines) > len(first) else 0
        return [width + more if heading.is_numeric else width for width, heading in zip(widths, headings, strict=True)]

    def _write_lines_of(
        self, page: Worksheet, row: int, table: Table, lines: Iterable[Line], widths: Sequence[float]
    ) -> int:
        """The lines, or the sentence in place of them; returns the row after them."""
        if not len(table.lines):
            write_text(page, row, 0, table.empty, self.looks("name"))
            return row + 1
        decimals = [column.decimals for column in table.columns]
        for line in lines:
            for at, cell in enumerate(line.cells):
                tone = [line.tone] if line.tone and at == table.status_column else []
                write_cell(page, row, at, cell, self.looks, "indented", "wrapped", *tone, decimals=decimals[at])
            if height := row_height(line.cells, widths):
                page.set_row(row, height)
            row += 1
            self._count()
        return row

    def _count(self) -> None:
        self.done += 1
        if self.done % PROGRESS_EVERY == 0 or self.done == self.all:
            self.progress(self.done, self.all)

    def _write_foot(
        self, page: Worksheet, row: int, section: Section | None, table: Table, widths: Sequence[float]
    ) -> int:
        """JUMLAH, a hair below the lines so that neither filter nor sorting takes it along, and what is said of it."""
        if table.total:
            page.set_row(row, 3)
            row += 1
            for at, (cell, column) in enumerate(zip(table.total.cells, table.columns, strict=True)):
                write_cell(page, row, at, cell, self.looks, "total", decimals=column.decimals)
            row += 1
        row += 1
        for text in (table.total_note, *(section.asides if section else ())):
            row = self._write_lines(page, row, text, self.looks("name"), max(LEAST_WIDTH, sum(widths)))
        return row

    def _notes(self) -> Table:
        words = self.words
        columns = [_text_column(words[name]) for name in ("section", "note", "sources")]
        lines = [
            _text_line(section.name, note, section.source) for section in self.pack.sections for note in section.notes
        ]
        return Table("*notes", words["notes"], words["notes_title"], columns, lines, empty="–")

    def _definitions(self) -> Table:
        words = self.words
        columns = [_text_column(words[name]) for name in ("measure", "formula", "exclusions", "sources")]
        lines = [
            Line([one.name, one.formula, one.exclusions, one.source, one.version], []) for one in self.pack.definitions
        ]
        title = words["definitions_title"]
        return Table(
            "*definitions", words["definitions"], title, [*columns, Column(words["version"])], lines, empty="–"
        )

    # Charts and their numbers.

    def _write_charts(self, page: Worksheet) -> None:
        """A chart to a page: its finding above, asides, source and its tables below."""
        page.set_column_pixels(0, CHART_COLUMNS - 1, CHART_COLUMN_PX)
        row, breaks = 0, []
        for place in self.places:
            if row:
                breaks.append(row)
            row = self._write_chart(page, row, place)
        self._set_up(page, self.pack.title)
        page.set_print_scale(95)
        page.print_area(0, 0, row - 1, CHART_COLUMNS - 1)
        page.set_h_pagebreaks(breaks)

    def _write_chart(self, page: Worksheet, row: int, place: _Place) -> int:
        section, first = place.section, row
        if self.pack.warning:
            write_text(page, row, 0, self.pack.warning, self.looks("warning"))
            row += 1
        row = self._write_lines(page, row, section.title, self.looks("title"), 110)
        row = self._write_lines(page, row, section.subtitle, self.looks("name"), 150)
        chart = native_chart(self.book, place.chart, place.strips, self.tabs["*numbers"], place.top, self.pack.language)
        page.insert_chart(row, 0, chart, {"description": visible(place.chart.alt), "object_position": 2})
        row += ceil(height_px(place.chart) / CHART_ROW_PX) + 1
        source = self.words["source"] + section.source if section.source else ""
        for text in (*section.asides, source):
            row = self._write_lines(page, row, text, self.looks("name"), 150)
        for table in section.tables:
            self._link(page, row, 0, code=table.code, before=self.words["table"])
            row += 1
        assert (row - first) * CHART_ROW_PX <= PAGE_PX + 200, section.code
        return row + 1

    def _write_numbers(self, page: Worksheet) -> None:
        page.set_column(0, 0, LONGEST_NAME)
        page.set_column(1, 1 + max(len(place.strips) for place in self.places), 16)
        self._write_head(page, self.words["numbers_title"])
        for place in self.places:
            self._write_strips(page, place)
        self._set_up(page, self.words["numbers_title"])
        page.fit_to_pages(1, 0)

    def _write_strips(self, page: Worksheet, place: _Place) -> None:
        write_text(page, place.top - 1, 0, place.section.title, self.looks("bold"))
        write_text(page, place.top, 0, self.words["category"], self.looks("head", "left"))
        for at, strip in enumerate(place.strips, start=1):
            write_text(page, place.top, at, strip.name, self.looks("head", "right"))
        page.set_row(place.top, 2 * LINE_PT + 5)
        for step, category in enumerate(place.chart.categories):
            row = place.top + 1 + step
            write_text(page, row, 0, _shortened(category), self.looks("left"))
            for at, strip in enumerate(place.strips, start=1):
                write_cell(page, row, at, strip.values[step], self.looks, decimals=2)


def _places(pack: Pack) -> Iterator[_Place]:
    top = 4
    for section in pack.sections:
        if section.chart and not section.why_empty:
            yield _Place(section, section.chart, strips_of(section.chart, pack.language), top)
            top += len(section.chart.categories) + 4


def _tables(pack: Pack) -> Iterator[tuple[Section, Table]]:
    for section in pack.sections:
        for table in section.tables:
            yield section, table


def _tab(name: str, taken: list[str]) -> str:
    """A name that a spreadsheet takes for a tab, unlike those taken; it is taken then."""
    plain = " ".join(visible(name).translate(FORBIDDEN_IN_TABS).split()).strip("'") or "–"
    tries = (plain[: LONGEST_TAB - len(end)].rstrip(" '") + end for end in ("", *(f" ({at})" for at in range(2, 1000))))
    # Excel keeps the name History for itself.
    found = next(tab for tab in tries if tab.lower() not in (*taken, "history"))
    taken.append(found.lower())
    return found


def _text_column(text: str) -> Column:
    return Column(text, is_numeric=False, is_wide=True)


def _text_line(*texts: str) -> Line:
    return Line(texts, texts)


def _shortened(text: str) -> str:
    text = visible(text)
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…"


def _frozen_columns(columns: Sequence[Column], widths: Sequence[float]) -> int:
    """Those up to the first that names the line, as long as they leave room on a small screen."""
    last = next((at for at, column in enumerate(columns) if not column.is_numeric), 0) + 1
    return last if sum(widths[:last]) <= MOST_FROZEN else last - 1


def _last_printed(widths: Sequence[float]) -> int:
    """The last column of the printed page: behind a narrow table, empty ones make room for its title."""
    missing = max(0.0, LEAST_WIDTH - sum(widths))
    return len(widths) - 1 + ceil(missing / 9)
