"""The handout: a pack as a PDF on A4, upright, to be read on paper; and its headline as a picture for a message.

Every section has its finding as heading, its chart and its tables; who needs all columns takes the workbook.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import islice, pairwise
from math import ceil
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from reports.canvas import shortened, width_of, wrapped
from reports.cells import Cell, plain_number
from reports.drawing import svg
from reports.pack import Chart, Column, Definition, Headline, Line, Pack, Section, Table
from reports.typesetting import SHAPES, pdf_bytes, png_bytes

Facts = dict[str, Any]

WORDS = {
    "id": {
        "page": "Halaman",
        "of": "dari",
        "summary": "Ringkasan",
        "contents": "Isi",
        "table": "Tabel",
        "figure": "Gambar",
        "part": "bagian {part} dari {parts}",
        "notes": "Catatan",
        "source": "Sumber",
        "sources": "Sumber data",
        "definitions": "Definisi",
        "formula": "Rumus",
        "exclusions": "Tidak termasuk",
        "version": "versi",
        "content": "Sidik isi",
        "limits": "Batas",
        "elsewhere": "{all} baris, dalam berkas XLSX paket ini.",
        "more": "{shown} baris pertama dari {all}; semua baris ada dalam berkas XLSX paket ini.",
    },
    "en": {
        "page": "Page",
        "of": "of",
        "summary": "Summary",
        "contents": "Contents",
        "table": "Table",
        "figure": "Figure",
        "part": "part {part} of {parts}",
        "notes": "Notes",
        "source": "Source",
        "sources": "Sources",
        "definitions": "Definitions",
        "formula": "Formula",
        "exclusions": "Not included",
        "version": "version",
        "content": "Fingerprint of the content",
        "limits": "Limits",
        "elsewhere": "{all} rows, in this pack's XLSX file.",
        "more": "First {shown} rows of {all}; all rows are in this pack's XLSX file.",
    },
}
# The page between its margins, in points.
PAGE_WIDTH = 493.0
CELL_SIZES = (8.5, 8.0, 7.5, 7.0, SMALLEST := 6.5)
CELL_INSET = 4.0
# What a column of texts is given at least, as far as its longest word goes; longer words break.
NARROWEST, WIDEST_WORD = 64.0, 90.0
# A text that asks for more than this breaks before others do; one that asks for less than SHORT after them.
WIDEST, SHORT = 260.0, 82.0
MOST_BROKEN = 100.0
MOST_HEAD_LINES = 3
# Digits of one width and rounding take a little more than what was measured.
SLACK = 1.02
# Longer than any meeting reads on paper; the workbook has them all.
MOST_LINES = 400
# A table of so few rows and letters moves to the next page as a whole.
MOST_UNBROKEN, LETTERS_UNBROKEN = 12, 2_000
# As many rows as a chart on one page still shows legibly.
MOST_ROWS = 22
HEADLINE_CHART = (720, 205)


def pack_handout(pack: Pack) -> bytes:
    """The pack as a tagged PDF (PDF/UA-1): equal packs are equal bytes."""
    facts, drawings = handout_facts(pack)
    return pdf_bytes("handout", facts, day=pack.day, drawings=drawings, shapes=SHAPES)


def handout_facts(pack: Pack) -> tuple[Facts, list[str]]:
    """What the template lays out, and the drawings that its sections name by number."""
    drawings: list[str] = []
    facts = _frame(pack) | {
        "headline": _headline(pack.headline),
        "summary": list(pack.summary),
        "sections": _without_repeated_notes([_section(section, pack.language, drawings) for section in pack.sections]),
        "definitions": [_definition(definition, pack.language) for definition in pack.definitions],
        "sources": list(pack.sources),
    }
    return facts, drawings


def headline_png(pack: Pack) -> bytes:
    """The headline with its anatomy and, where there is one, the line that led to it: 1200 by 675 pixels."""
    trend = next((section for section in pack.sections if section.chart and section.chart.kind == "line"), None)
    finding = trend or next((section for section in pack.sections if not section.why_empty), None)
    source = " · ".join(filter(None, [finding and finding.source, pack.origin]))
    name = _lines(pack.headline.name if pack.headline else pack.title, 24, width=860, most=2)
    facts = _frame(pack) | {
        "headline": _short_headline(pack.headline),
        "name": " ".join(name),
        "finding": _in_lines(finding.title if finding else "", 24, width=1080, most=2),
        "source": _in_lines(source, 17, width=950, most=1),
    }
    drawings = [_headline_chart(trend.chart, len(name), pack.language)] if trend and trend.chart else []
    return png_bytes("headline", facts, drawings=drawings, shapes=SHAPES)


def _headline_chart(chart: Chart, name_lines: int, language: str) -> str:
    """Lower where the name above takes a second line."""
    width, height = HEADLINE_CHART
    return svg(chart, width=width, height=height - 22 * (name_lines - 1), language=language)


def _lines(text: str, size: float, *, width: float, most: int) -> list[str]:
    """The text in lines of bold letters, shortened where it would take more."""
    return wrapped(text, size, width=0.93 * width, most=most)


def _in_lines(text: str, size: float, *, width: float, most: int) -> str:
    return " ".join(_lines(text, size, width=width, most=most))


def _short_headline(headline: Headline | None) -> Facts | None:
    """What has room beside the large figure: four lines, and what its rounding allows below it."""
    if headline is None:
        return None
    anatomy = [_in_lines(part, 24, width=560, most=1) for part in headline.anatomy[:4]]
    short = {"figure": _in_lines(headline.figure, 120, width=620, most=1), "anatomy": anatomy}
    return (_headline(headline) or {}) | short | {"band": _in_lines(headline.band, 24, width=430, most=1)}


def _frame(pack: Pack) -> Facts:
    """What stands round everything: title, facts of the cover, foot."""
    return {
        "language": pack.language,
        "words": WORDS[pack.language],
        "title": pack.title,
        "where": pack.where,
        "office": shortened(pack.letterhead.office, 8, width=380),
        "facts": [[name, shown(value, pack.language)] for name, value in pack.facts],
        "warning": pack.warning,
        "origin": pack.origin,
        "head": shortened(pack.title, 8, width=380),
        "foot": shortened(pack.origin, 8, width=380),
        "content_hash": pack.content_hash,
    }


def shown(value: Cell, language: str) -> str:
    """A fact of the cover as it is read."""
    if isinstance(value, date):
        return format_date(value, "d MMMM y", locale=language)
    if isinstance(value, float | Decimal):
        return plain_number(value)
    return "–" if value is None or value == "" else str(value)


def _headline(headline: Headline | None) -> Facts | None:
    if headline is None:
        return None
    return {
        "name": headline.name,
        "figure": headline.figure,
        "band": headline.band,
        "anatomy": list(headline.anatomy),
        "asides": list(headline.asides),
        "is_flagged": headline.is_flagged,
    }


def _definition(definition: Definition, language: str) -> Facts:
    words = WORDS[language]
    told = [
        [words["formula"], definition.formula],
        [words["exclusions"], definition.exclusions],
        [words["limits"], definition.limits],
        [words["source"], definition.source],
    ]
    name = f"{definition.name} ({words['version']} {definition.version})"
    return {"name": name, "rows": [row for row in told if row[1]]}


def _section(section: Section, language: str, drawings: list[str]) -> Facts:
    """Its words, its tables, and the numbers of its drawings, which are added to `drawings`."""
    parts = chart_parts(section.chart) if section.chart and not section.why_empty else []
    first = len(drawings)
    drawings += [svg(part, width=720, language=language) for part in parts]
    return {
        "name": section.name,
        "title": section.title,
        "subtitle": section.subtitle,
        "why_empty": section.why_empty,
        "drawings": list(range(first, first + len(parts))),
        "alt": section.chart.alt if section.chart else "",
        "part": WORDS[language]["part"],
        "tables": [] if section.why_empty else [_table(table, section, language) for table in section.tables],
        "asides": list(section.asides),
        "notes": list(section.notes),
        "source": section.source,
    }


def _without_repeated_notes(sections: Sequence[Facts]) -> list[Facts]:
    """A note stands at the first section that it belongs to: a handout is read from its beginning."""
    told: set[str] = set()
    kept = []
    for section in sections:
        kept.append(section | {"notes": [note for note in section["notes"] if note not in told]})
        told |= set(section["notes"])
    return kept


def chart_parts(chart: Chart) -> list[Chart]:
    """The chart, or one of many rows as several that fit on a page each, all on the same axis."""
    rows = len(chart.categories)
    if chart.kind == "line" or rows <= MOST_ROWS:
        return [chart]
    count = ceil(rows / MOST_ROWS)
    ends = [round(rows * part / count) for part in range(count + 1)]
    return [_rows_of(chart, start, end) for start, end in pairwise(ends)]


def _rows_of(chart: Chart, start: int, end: int) -> Chart:
    series = [replace(one, points=one.points[start:end]) for one in chart.series]
    return replace(chart, categories=chart.categories[start:end], series=series)


def _table(table: Table, section: Section, language: str) -> Facts:
    """Its brief columns, as wide as they must be, in the largest letters that fit the page."""
    kept = [at for at, column in enumerate(table.columns) if column.is_brief]
    columns = [table.columns[at] for at in kept]
    lines = [] if table.only_in_workbook else list(islice(table.lines, MOST_LINES))
    rows = [[line.texts[at] for at in kept] for line in lines]
    total = [table.total.texts[at] for at in kept] if table.total and rows else None
    size, widths = column_widths(columns, [*rows, *([total] if total else [])])
    return {
        # What stands above in large letters is not said again.
        "title": table.name if table.title == section.title else table.title,
        "size": size,
        "widths": widths,
        "heads": [column.text for column in columns],
        "numeric": [column.is_numeric for column in columns],
        "rows": rows,
        "tones": [_tone(line, table.status_column) for line in lines],
        "status": kept.index(table.status_column) if table.status_column in kept else None,
        "is_short": len(rows) <= MOST_UNBROKEN and sum(len(text) for row in rows for text in row) < LETTERS_UNBROKEN,
        "total": total,
        "total_note": table.total_note if total else "",
        "empty": "" if lines else table.empty,
        "more": _more(table, len(lines), language),
    }


def _more(table: Table, on_paper: int, language: str) -> str:
    """Where the lines are that do not stand here."""
    whole = len(table.lines)
    words = WORDS[language]["more" if on_paper else "elsewhere"]
    grouped = [format_decimal(number, locale=language) for number in (on_paper, whole)]
    return words.format(shown=grouped[0], all=grouped[1]) if whole > on_paper else ""


def _tone(line: Line, status_column: int | None) -> str:
    return line.tone if line.tone and status_column is not None else ""


def column_widths(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> tuple[float, list[float]]:
    """The size of the letters and the width of every column, in points; together as wide as the page.

    Numbers never break, as long as the smallest letters fit. Texts share what is left so that they take as few lines as
    can be; what then remains goes to headers, and to the widest text.
    """
    size, least = next(
        (size, least)
        for size in CELL_SIZES
        if sum(least := _least(columns, rows, size)) <= PAGE_WIDTH or size == SMALLEST
    )
    if sum(least) > PAGE_WIDTH:  # all give way alike, and numbers break as texts do
        return size, [width * PAGE_WIDTH / sum(least) for width in least]
    cells = [sorted(_cell(text, size) for text in texts) for texts in zip(*rows, strict=True)]
    # What nine of ten texts take in one line; a few long ones do not narrow the other columns.
    usual = [widths[-1] if widths[-1] <= SHORT else widths[len(widths) * 9 // 10] for widths in cells]
    widths = _shared(least, [min(width, WIDEST) for width in usual] or least)
    widths = _granted(widths, [widths[-1] for widths in cells] or least)
    widths = _granted(widths, [_cell(column.text, size) for column in columns])
    texts = [at for at, column in enumerate(columns) if not column.is_numeric] or [0]
    last = max(texts, key=lambda at: (columns[at].is_wide, widths[at]))
    return size, [width + PAGE_WIDTH - sum(widths) if at == last else width for at, width in enumerate(widths)]


def _cell(text: str, size: float) -> float:
    """The width of a cell that holds the text in one line; as bold as that of JUMLAH."""
    shapes = sum(char in SHAPES for char in text)
    return (width_of(text, size, bold=True) + shapes * size) * SLACK + 2 * CELL_INSET


def _least(columns: Sequence[Column], rows: Sequence[Sequence[str]], size: float) -> list[float]:
    """Numbers in one line; of texts and headers the longest word, which breaks itself if it is very long."""
    found = []
    for at, column in enumerate(columns):
        texts = {row[at] for row in rows}
        words = {word for text in texts for word in text.split()}
        needed = max((_cell(text, size) for text in (texts if column.is_numeric else words)), default=0.0)
        found.append(max(needed if column.is_numeric else min(needed, NARROWEST), _head(column.text, size)))
    return found


def _head(text: str, size: float) -> float:
    """The least width of a header: its longest word, and three lines at most."""
    words = [_cell(word, size) - 2 * CELL_INSET for word in _head_words(text)]
    gap, tried = width_of(" ", size, bold=True), max(words, default=0.0)
    while _line_count(words, gap, tried) > MOST_HEAD_LINES:
        tried += 2
    return min(tried + 2 * CELL_INSET, WIDEST_WORD)


def _line_count(words: Sequence[float], gap: float, width: float) -> int:
    lines, used = 0, width
    for word in words:
        fits = used + gap + word <= width
        lines, used = (lines, used + gap + word) if fits else (lines + 1, word)
    return lines


def _head_words(head: str) -> list[str]:
    """What a header may break between: never before a unit, as in 'Cakupan, %'."""
    return head.replace(", ", ",\u00a0").split(" ")


def _shared(least: Sequence[float], wished: Sequence[float]) -> list[float]:
    """As wide as wished, or all in so many lines as make them fit: the same part of its wish for each column.

    Short texts, such as dates, stay whole as long as the others have room.
    """

    def broken(lines: float, short: float) -> list[float]:
        return [max(need, wish if wish <= short else wish / lines) for need, wish in zip(least, wished, strict=True)]

    short = SHORT if sum(broken(MOST_BROKEN, SHORT)) <= PAGE_WIDTH else 0.0
    few, many = 1.0, MOST_BROKEN
    if sum(broken(few, short)) <= PAGE_WIDTH:
        return broken(few, short)
    for _halved in range(30):
        middle = (few + many) / 2
        few, many = (few, middle) if sum(broken(middle, short)) <= PAGE_WIDTH else (middle, many)
    return broken(many, short)


def _granted(widths: Sequence[float], wished: Sequence[float]) -> list[float]:
    """Widths with what is left of the page: who wants least first, nobody more than a fair part of what remains."""
    given, spare = list(widths), PAGE_WIDTH - sum(widths)
    wants = sorted(
        (wish - width, at) for at, (width, wish) in enumerate(zip(widths, wished, strict=True)) if wish > width
    )
    for number, (want, at) in enumerate(wants):
        granted = max(0.0, min(want, spare / (len(wants) - number)))
        given[at] += granted
        spare -= granted
    return given
