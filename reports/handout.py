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

from reports.canvas import widest, width_of
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
        "more": "First {shown} rows of {all}; all rows are in this pack's XLSX file.",
    },
}
# The page between its margins, in points.
PAGE_WIDTH = 493.0
CELL_SIZES = (8.5, 8.0, 7.5, 7.0, 6.5)
CELL_INSET = 4.0
# What a column of texts is given at least, as far as its longest word goes, and at most before others have theirs.
NARROWEST, WIDEST = 56.0, 190.0
# Longer than any meeting reads on paper; the workbook has them all.
MOST_LINES = 400
# As many rows as a chart on one page still shows legibly.
MOST_ROWS = 22
HEADLINE_CHART = (1080, 250)


def pack_handout(pack: Pack) -> bytes:
    """The pack as a tagged PDF (PDF/UA-1): equal packs are equal bytes."""
    drawings: list[str] = []
    facts = _frame(pack) | {
        "headline": _headline(pack.headline),
        "summary": list(pack.summary),
        "sections": [_section(section, pack.language, drawings) for section in pack.sections],
        "definitions": [_definition(definition, pack.language) for definition in pack.definitions],
        "sources": list(pack.sources),
    }
    return pdf_bytes("handout", facts, day=pack.day, drawings=drawings, shapes=SHAPES)


def headline_png(pack: Pack) -> bytes:
    """The headline with its anatomy and, where there is one, the line that led to it: 1200 by 675 pixels."""
    trend = next((section for section in pack.sections if section.chart and section.chart.kind == "line"), None)
    width, height = HEADLINE_CHART
    drawings = [svg(trend.chart, width=width, height=height, language=pack.language)] if trend and trend.chart else []
    finding = trend or next((section for section in pack.sections if not section.why_empty), None)
    facts = _frame(pack) | {"headline": _headline(pack.headline), "finding": finding.title if finding else ""}
    return png_bytes("headline", facts, drawings=drawings, shapes=SHAPES)


def _frame(pack: Pack) -> Facts:
    """What stands round everything: title, facts of the cover, foot."""
    return {
        "language": pack.language,
        "words": WORDS[pack.language],
        "title": pack.title,
        "where": pack.where,
        "office": pack.letterhead.office,
        "facts": [[name, shown(value, pack.language)] for name, value in pack.facts],
        "warning": pack.warning,
        "origin": pack.origin,
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
        "tables": [] if section.why_empty else [_table(table, language) for table in section.tables],
        "asides": list(section.asides),
        "notes": list(section.notes),
        "source": section.source,
    }


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


def _table(table: Table, language: str) -> Facts:
    """Its brief columns, as wide as they must be, in the largest letters that fit the page."""
    kept = [at for at, column in enumerate(table.columns) if column.is_brief]
    columns = [table.columns[at] for at in kept]
    lines = list(islice(table.lines, MOST_LINES))
    rows = [[line.texts[at] for at in kept] for line in lines]
    total = [table.total.texts[at] for at in kept] if table.total else None
    size, widths = column_widths(columns, [*rows, *([total] if total else [])])
    more = (
        WORDS[language]["more"].format(shown=len(lines), all=len(table.lines)) if len(table.lines) > len(lines) else ""
    )
    return {
        "title": table.title,
        "size": size,
        "widths": widths,
        "heads": [column.text for column in columns],
        "numeric": [column.is_numeric for column in columns],
        "rows": rows,
        "tones": [_tone(line, table.status_column) for line in lines],
        "status": kept.index(table.status_column) if table.status_column in kept else None,
        "total": total,
        "total_note": table.total_note if total else "",
        "empty": "" if lines else table.empty,
        "more": more,
    }


def _tone(line: Line, status_column: int | None) -> str:
    return line.tone if line.tone and status_column is not None else ""


def column_widths(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> tuple[float, list[float]]:
    """The size of the letters and the width of every column, in points; together never wider than the page.

    Numbers never break. Texts share what is left, in proportion to what they would take.
    """
    for size in CELL_SIZES:
        least, wished = _needs(columns, rows, size)
        if sum(least) <= PAGE_WIDTH or size == CELL_SIZES[-1]:
            return size, _shared(columns, least, wished)
    raise AssertionError(columns)


def _needs(columns: Sequence[Column], rows: Sequence[Sequence[str]], size: float) -> tuple[list[float], list[float]]:
    """The least and the wished width of each column."""
    least, wished = [], []
    for at, column in enumerate(columns):
        texts = [row[at] for row in rows]
        head = widest(column.text.split(), size, bold=True)
        longest = widest(texts, size, bold=True)
        word = min(widest([word for text in texts for word in text.split()], size, bold=True), NARROWEST)
        needed = longest if column.is_numeric else word
        least.append(max(head, needed) * 1.03 + 2 * CELL_INSET)
        whole_head = min(width_of(column.text, size, bold=True), 2 * head)
        wished.append(max(least[-1], max(longest, whole_head) * 1.03 + 2 * CELL_INSET))
    return least, wished


def _shared(columns: Sequence[Column], least: Sequence[float], wished: Sequence[float]) -> list[float]:
    spare = PAGE_WIDTH - sum(least)
    if spare < 0:  # even the smallest letters do not fit: all give way alike, and numbers break as texts do
        return [width * PAGE_WIDTH / sum(least) for width in least]
    limit = [want if column.is_numeric else min(want, WIDEST) for column, want in zip(columns, wished, strict=True)]
    wants = [max(0.0, want - need) for want, need in zip(limit, least, strict=True)]
    given = min(1.0, spare / sum(wants)) if sum(wants) else 0.0
    widths = [need + given * want for need, want in zip(least, wants, strict=True)]
    return _filled(columns, widths, wished)


def _filled(columns: Sequence[Column], widths: Sequence[float], wished: Sequence[float]) -> list[float]:
    """What is still left goes to the widest text, so that all tables end at the same margin."""
    spare = PAGE_WIDTH - sum(widths)
    texts = [at for at, column in enumerate(columns) if not column.is_numeric] or list(range(len(columns)))
    chosen = max(texts, key=lambda at: (columns[at].is_wide, wished[at])) if texts else 0
    return [width + spare if at == chosen else width for at, width in enumerate(widths)]
