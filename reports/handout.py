"""The handout: a pack as a PDF on A4, upright, to be read on paper; and its headline as a picture for a message.

Every section has its finding as heading, its chart and its tables; who needs all columns takes the workbook.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import ceil
from typing import Any

from babel.dates import format_date

from reports.canvas import shortened, wrapped
from reports.cells import Cell, plain_number
from reports.drawing import svg
from reports.pack import Chart, Definition, Headline, Pack, Section
from reports.paper_table import table_facts
from reports.typesetting import SHAPES, pdf_bytes, png_bytes

Facts = dict[str, Any]

WORDS = {
    "id": {
        "page": "Halaman",
        "of": "dari",
        "summary": "Ringkasan",
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
    },
    "en": {
        "page": "Page",
        "of": "of",
        "summary": "Summary",
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
    },
}
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
        "lines": [] if trend else _other_findings(pack, finding.title if finding else ""),
    }
    drawings = [_headline_chart(trend.chart, len(name), pack.language)] if trend and trend.chart else []
    return png_bytes("headline", facts, drawings=drawings, shapes=SHAPES)


def _other_findings(pack: Pack, told: str) -> list[str]:
    """Where no line can be drawn: what else the summary says, without the figure and what stands above."""
    lines = pack.summary[1:] if pack.headline else pack.summary
    return [_in_lines(line, 24, width=1040, most=2) for line in lines if line.rstrip(".") != told.rstrip(".")][:3]


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
        "tables": [] if section.why_empty else [table_facts(table, section, language) for table in section.tables],
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
