"""What every sheet of a pack's workbook is written with: its words, its tabs, and texts over several rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.cells import visible
from reports.grid import ROW_PT, TITLE_PT, set_up_print
from reports.looks import Looks, safe, write_text
from reports.pack import Pack, Section, Table

LONGEST_TAB = 31
FORBIDDEN_IN_TABS = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
# A line of a title, in letters for each digit of the width.
TITLE_LETTERS = 0.78
# Sheets that are no table's, in their order: the tables stand behind the charts.
COVER, CHARTS, NOTES, DEFINITIONS, NUMBERS = OWN = ("*cover", "*charts", "*notes", "*definitions", "*numbers")
WORDS = {
    "id": {
        COVER: "Sampul",
        CHARTS: "Grafik",
        NOTES: "Catatan",
        DEFINITIONS: "Definisi",
        NUMBERS: "Angka grafik",
        "charts_title": "Semua grafik, satu per halaman",
        "notes_title": "Catatan atas temuan",
        "definitions_title": "Definisi ukuran yang dipakai",
        "numbers_title": "Angka di balik grafik; mengubahnya mengubah grafik",
        "summary": "Ringkasan",
        "sheet": "Lembar",
        "says": "Isinya",
        "sources": "Sumber",
        "source": "Sumber: {text}",
        "origin": "Asal angka",
        "hash": "Sidik isi",
        "table": "Tabel: {text}",
        "section": "Bagian",
        "note": "Catatan",
        "measure": "Ukuran",
        "formula": "Cara hitung",
        "exclusions": "Tidak termasuk dan batasnya",
        "version": "Versi",
        "category": "Kategori",
        "folded": "Kolom rincian dilipat agar muat dicetak; bukalah dengan tanda + di atas kolom.",
        "no_notes": "Tidak ada catatan.",
        "no_definitions": "Tidak ada ukuran yang perlu didefinisikan.",
    },
    "en": {
        COVER: "Cover",
        CHARTS: "Charts",
        NOTES: "Notes",
        DEFINITIONS: "Definitions",
        NUMBERS: "Chart numbers",
        "charts_title": "All charts, one to a page",
        "notes_title": "Notes on the findings",
        "definitions_title": "Definitions of the measures used",
        "numbers_title": "The numbers behind the charts; changing them changes the charts",
        "summary": "Summary",
        "sheet": "Sheet",
        "says": "What it says",
        "sources": "Sources",
        "source": "Source: {text}",
        "origin": "Origin of the numbers",
        "hash": "Content hash",
        "table": "Table: {text}",
        "section": "Section",
        "note": "Note",
        "measure": "Measure",
        "formula": "How it is counted",
        "exclusions": "Exclusions and limits",
        "version": "Version",
        "category": "Category",
        "folded": "Columns of detail are folded to fit the page; open them with the + above the columns.",
        "no_notes": "There are no notes.",
        "no_definitions": "There are no measures to define.",
    },
}


@dataclass(frozen=True)
class Desk:
    """A workbook being written; `tabs` are the names of its sheets by code."""

    pack: Pack
    book: Workbook
    looks: Looks
    words: dict[str, str]
    tabs: dict[str, str]


def tables_of(pack: Pack) -> list[tuple[Section, Table]]:
    return [(section, table) for section in pack.sections for table in section.tables]


def name_tabs(pack: Pack, *, has_charts: bool) -> dict[str, str]:
    """The tab of every sheet by code, in the order of the sheets."""
    own = [code for code in OWN if has_charts or code not in (CHARTS, NUMBERS)]
    taken = {code: WORDS[pack.language][code] for code in own}
    for _, table in tables_of(pack):
        taken[table.code] = _tab(table.name, {name.lower() for name in taken.values()})
    first = [code for code in own if code in (COVER, CHARTS)]
    order = [*first, *(table.code for _, table in tables_of(pack)), *own[len(first) :]]
    return {code: taken[code] for code in order}


def _tab(name: str, taken: set[str]) -> str:
    """The name as a spreadsheet takes it for a tab, unlike those taken."""
    plain = " ".join(visible(name).translate(FORBIDDEN_IN_TABS).split()).strip("'") or "–"
    ends = ("", *(f" ({at})" for at in range(2, len(taken) + 3)))
    tries = (plain[: LONGEST_TAB - len(end)].rstrip(" '") + end for end in ends)
    # Excel keeps the name History for itself.
    return next(tab for tab in tries if tab.lower() not in taken | {"history"})


def write_head(desk: Desk, page: Worksheet, title: str, width: float, row: int = 0) -> int:
    """The warning and the title; returns the row after them."""
    row = write_lines(page, row, desk.pack.warning or "", desk.looks("warning"), width)
    return write_lines(page, row, title, desk.looks("title"), TITLE_LETTERS * width, height=TITLE_PT)


def write_lines(page: Worksheet, row: int, text: str, look: Format, width: float, *, height: float = ROW_PT) -> int:
    """A text in as many rows as it needs, since cells are not merged; returns the row after them."""
    for line in wrap(visible(text), int(width)):
        page.set_row(row, height)
        write_text(page, row, 0, line, look)
        row += 1
    return row


def write_asides(desk: Desk, page: Worksheet, row: int, texts: Sequence[str], width: float) -> int:
    for text in texts:
        row = write_lines(page, row, text, desk.looks("name"), width)
    return row


def source_line(desk: Desk, section: Section) -> str:
    return desk.words["source"].format(text=section.source) if section.source else ""


def write_link(desk: Desk, page: Worksheet, row: int, code: str, text: str) -> None:
    target = "internal:'" + desk.tabs[code].replace("'", "''") + "'!A1"
    page.write_url(row, 0, target, desk.looks("link", "left"), safe(text))


def finish_page(desk: Desk, page: Worksheet, title: str) -> None:
    set_up_print(page, title, desk.pack.language, warning=desk.pack.warning, origin=desk.pack.origin)
