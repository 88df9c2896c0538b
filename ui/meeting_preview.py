"""The meeting pack as a reader sees it before it is made: a cover and a card a section, from the Pack of the files."""

from collections.abc import Sequence
from html import escape
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from reports import drawing
from reports.pack import Chart, Column, Headline, Line, Pack, Section, Table
from ui import formats
from ui.texts import translator

STYLES = "<style>" + (Path(__file__).parent / "meeting.css").read_text("utf-8") + "</style>"
# Of a table; the files have all of them.
SHOWN_LINES = 5
# As wide as a card at 1280 pixels and on a phone: there letters of a chart are as large as those around it.
WIDE, NARROW = 720, 310


def pack_html(pack: Pack, *, dark: bool) -> str:
    """The whole preview; every text is escaped here."""
    cards = [_cover(pack), *(_section(at, one, pack, dark=dark) for at, one in enumerate(pack.sections, start=1))]
    return f'<div class="ck-pack">{"".join(cards)}</div>'


def _cover(pack: Pack) -> str:
    _ = translator(pack.language)
    day = formats.day(pack.day, pack.language)
    parts = [
        _warning(pack),
        f'<p class="kicker">{escape(pack.meeting)} · {escape(day)}</p>',
        f"<h2>{escape(pack.title)}</h2>",
        _headline(pack.headline) if pack.headline else "",
        f'<p class="origin">{escape(pack.origin)}</p>',
    ]
    name = escape(_("Sampul"))
    return f'<section class="cover" aria-label="{name}">{"".join(parts)}</section>'


def _warning(pack: Pack) -> str:
    return f'<p class="warning">{escape(pack.warning)}</p>' if pack.warning else ""


def _headline(headline: Headline) -> str:
    flagged = ' class="flagged"' if headline.is_flagged else ""
    band = f' <span class="band">{escape(headline.band)}</span>' if headline.band else ""
    anatomy = " · ".join(f"<span>{escape(part)}</span>" for part in headline.anatomy)
    asides = "".join(f'<p class="aside">{escape(aside)}</p>' for aside in headline.asides)
    return (
        f'<p class="name">{escape(headline.name)}</p><p class="figure"><b{flagged}>{escape(headline.figure)}</b>{band}'
        f'</p><p class="anatomy">{anatomy}</p>{asides}'
    )


def _section(number: int, section: Section, pack: Pack, *, dark: bool) -> str:
    kicker = f'<p class="kicker"><b>{number}</b> {escape(section.name)}</p>'
    if section.why_empty:
        title = f"<h2>{escape(section.title)}</h2>" if section.title != section.why_empty else ""
        return f'<section class="empty">{kicker}{title}<p>{escape(section.why_empty)}</p></section>'
    subtitle = f'<p class="subtitle">{escape(section.subtitle)}</p>' if section.subtitle else ""
    parts = [
        kicker,
        f"<h2>{escape(section.title)}</h2>{subtitle}",
        _pictures(section.chart, pack.language, dark=dark) if section.chart else "",
        *_tables(section, pack.language),
        *(f'<p class="aside">{escape(aside)}</p>' for aside in section.asides),
        f'<p class="source">{escape(section.source)}</p>' if section.source else "",
    ]
    return f"<section>{''.join(parts)}</section>"


def _pictures(chart: Chart, language: str, *, dark: bool) -> str:
    """One for a desk and one for a phone; styles hide that which does not fit, from who listens as well."""
    return "".join(_picture(chart, width, language, dark=dark) for width in (WIDE, NARROW))


def _picture(chart: Chart, width: int, language: str, *, dark: bool) -> str:
    drawn = drawing.svg(chart, width=width, language=language, dark=dark)
    address = "data:image/svg+xml," + quote(drawn, safe=" =:/'(){};.,-")
    return f'<img class="{"at-desk" if width == WIDE else "on-phone"}" src="{address}" alt="{escape(chart.alt)}">'


def _tables(section: Section, language: str) -> list[str]:
    """Open where they are all there is; under a chart, which says the same, folded by their names."""
    shown = [table for table in section.tables if not table.only_in_workbook]
    if section.chart is None:
        return [_table(table, language) for table in shown]
    return [_folded(table, language) for table in shown]


def _folded(table: Table, language: str) -> str:
    _ = translator(language)
    told = _.plural("{name} · {count} baris", len(table.lines)).format(
        name=table.name, count=formats.number(len(table.lines), language)
    )
    return f"<details><summary>{escape(told)}</summary>{_table(table, language)}</details>"


def _table(table: Table, language: str) -> str:
    """Its first lines in the columns that a slide has, and how many more the files hold."""
    _ = translator(language)
    if not len(table.lines):
        return f'<p class="aside">{escape(table.empty)}</p>' if table.empty else ""
    shown = [at for at, column in enumerate(table.columns) if column.is_brief]
    columns = [table.columns[at] for at in shown]
    head = "".join(f"<th scope='col'{_css(column)}>{escape(column.text)}</th>" for column in columns)
    lines = [_line(line, columns, shown, table.status_column) for line in islice(table.lines, SHOWN_LINES)]
    total = _line(table.total, columns, shown, None, css="total") if table.total else ""
    more = len(table.lines) - len(lines)
    text = _.plural("… dan {count} baris lagi dalam berkas", more).format(count=formats.number(more, language))
    rest = f'<tr class="more"><td colspan="{len(shown)}">{escape(text)}</td></tr>' if more > 0 else ""
    body = f"<thead><tr>{head}</tr></thead><tbody>{''.join(lines)}{rest}{total}</tbody>"
    scroll = f'<div class="ck-scroll" role="region" aria-label="{escape(table.title)}" tabindex="0">'
    note = f'<p class="aside">{escape(table.total_note)}</p>' if table.total_note else ""
    return f'{scroll}<table class="ck-table">{body}</table></div>{note}'


def _line(line: Line, columns: Sequence[Column], shown: Sequence[int], status: int | None, *, css: str = "") -> str:
    cells = []
    for at, column in zip(shown, columns, strict=True):
        tone = f" tone-{line.tone}" if at == status and line.tone else ""
        cells.append(f"<td{_css(column, tone)}><span>{escape(line.texts[at])}</span></td>")
    return f'<tr class="{css}">{"".join(cells)}</tr>'


def _css(column: Column, more: str = "") -> str:
    kind = "num" if column.is_numeric else "wide" if column.is_wide else ""
    return f' class="{(kind + more).strip()}"' if kind or more else ""
