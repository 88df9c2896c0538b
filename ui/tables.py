"""The table of a chart: as HTML that a screen reader can walk, and as CSV and XLSX to take away."""

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from html import escape
from io import StringIO
from typing import Any, Literal

import streamlit as st

from reports.cells import Cell, defused_in_csv, plain_number
from reports.grid import Heading
from reports.workbook import Sheet, workbook_bytes
from ui import downloads, formats
from ui.texts import translator

# Excel splits at the semicolon where the comma is the decimal mark.
CSV_MARKS = {"id": (";", ","), "en": (",", ".")}
# A hundred thousand rows take twenty seconds of a processor that everybody waits for; CSV takes them.
MOST_IN_A_WORKBOOK = 20_000
# Where nobody has declared data complete, a hundred thousand projects are one table: more than a browser is to be sent.
MOST_ON_THE_SCREEN = 2_000
# A cell of a row that is stacked: a line of its own, bold, plain or grey; beside others where there is room, as it is
# or with its header before it; or not at all.
OnPhone = Literal["title", "line", "aside", "inline", "labelled", "hidden"]
ROLED = re.compile(r"<(table|thead|tbody|tr|th|td)\b")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column:
    """One column: its header, what a reader sees, and what a file carries; some are only in a file.

    `decimals` is how many a workbook shows, `decimals_of` how many in this row, where the rows are in several units.
    `link` gives the address a cell leads to, None for none. `says` is what lies there, where the text is a number: the
    link then looks like the number, and a note below the table tells of it. `on_phone` is how it stands in a table that
    is stacked there; None: a number with its header, a text on a line of its own.
    """

    header: str
    text: Callable[[Any], str]
    raw: Callable[[Any], Cell]
    numeric: bool = True
    only_in_file: bool = False
    decimals: int = 0
    link: Callable[[Any], str | None] | None = None
    decimals_of: Callable[[Any], int] | None = None
    says: str = ""
    on_phone: OnPhone | None = None


@dataclass(frozen=True)
class Stamp:
    """What every file says of itself, whatever it holds: `columns` by header, and the beginning of its name.

    `facts` is the same for the journal, by names that no language changes.
    """

    file_stem: str
    columns: dict[str, Cell]
    demo: bool
    facts: dict[str, Any] = field(default_factory=dict)


def csv_bytes(columns: Sequence[Column], rows: Sequence, stamp: Stamp, language: str) -> bytes:
    """UTF-8 with a byte order mark; every row repeats the stamp, so that a copied row still says what it is."""
    separator, _mark = marks = CSV_MARKS[language]
    out = StringIO()
    # All cells in quotes: a text may hold the separator of another country's spreadsheet.
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL)
    demo = ["DATA CONTOH"] * stamp.demo
    writer.writerow([_cell(header, marks) for header in (*(c.header for c in columns), *stamp.columns)] + demo)
    repeated = [_cell(value, marks) for value in stamp.columns.values()] + demo
    for row in rows:
        writer.writerow([_cell(column.raw(row), marks) for column in columns] + repeated)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Cell, marks: tuple[str, str]) -> str:
    """`marks` are the separator of cells and the decimal mark."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    separator, mark = marks
    return defused_in_csv(value, separator) if isinstance(value, str) else plain_number(value).replace(".", mark)


def html_table(columns: Sequence[Column], rows: Sequence, label: str, *, stacked: bool = False) -> str:
    """A plain table, every cell escaped; `label` names it to who reaches the scrollable region by keyboard.

    `stacked`: on a phone the cells of a row stand below each other, so that nobody has to scroll sideways.
    """
    columns = [column for column in columns if not column.only_in_file]
    cell_html = _stacked_cell_html if stacked else _cell_html
    body = "".join(f"<tr>{''.join([cell_html(column, row) for column in columns])}</tr>" for row in rows)
    classes = [' class="num"' if column.numeric else "" for column in columns]
    head = _cells("th scope='col'", classes, [column.header for column in columns])
    css = "ck-table ck-stacked" if stacked else "ck-table"
    table = f'<table class="{css}"><thead>{head}</thead><tbody>{body}</tbody></table>'
    if stacked:
        table = _with_roles(table)
    return f'<div class="ck-scroll" role="region" aria-label="{escape(label)}" tabindex="0">{table}</div>'


def _cell_html(column: Column, row: Any) -> str:
    css = ' class="num"' if column.numeric else ""
    return f"<td{css}>{_content_html(column, row)}</td>"


def _stacked_cell_html(column: Column, row: Any) -> str:
    how = column.on_phone or ("labelled" if column.numeric else "line")
    label = f' data-label="{_escaped(column.header)}"' if how == "labelled" else ""
    return f'<td class="{"num " if column.numeric else ""}{how}"{label}>{_content_html(column, row)}</td>'


def _content_html(column: Column, row: Any) -> str:
    text, address = _escaped(column.text(row)), column.link and column.link(row)
    if not address:
        return text
    # The number alone would not tell who listens where it leads.
    said = f' aria-label="{text}, {_escaped(column.says)}"' if column.says else ""
    return f'<a{said} href="{escape(address)}">{text}</a>'


def number_html(text: str, origin: str | None, language: str) -> str:
    """A number outside a table, with the way to its origin where it has one."""
    _ = translator(language)
    said = escape(f"{text}, {_('asal angka')}")
    return f'<a aria-label="{said}" href="{escape(origin)}">{escape(text)}</a>' if origin else escape(text)


def _with_roles(table: str) -> str:
    """Browsers take a table whose rows are laid out otherwise for plain text, unless told what it is."""
    roles = {
        "table": "table",
        "thead": "rowgroup",
        "tbody": "rowgroup",
        "tr": "row",
        "th": "columnheader",
        "td": "cell",
    }
    # Texts are escaped: what begins like a tag is one.
    return ROLED.sub(lambda found: f'<{found[1]} role="{roles[found[1]]}"', table)


@lru_cache(maxsize=20_000)
def _escaped(text: str) -> str:
    """Remembered, since hundreds of rows repeat their months, names and sources."""
    return escape(text)


def _cells(tag: str, classes: Sequence[str], texts: Sequence[str]) -> str:
    closing = tag.split()[0]
    cells = (f"<{tag}{css}>{escape(text)}</{closing}>" for css, text in zip(classes, texts, strict=True))
    return f"<tr>{''.join(cells)}</tr>"


def decimals_in(columns: Sequence[Column], row: Any) -> list[int] | None:
    """How many decimals a workbook shows in each cell of a row, None where all rows are alike."""
    if not any(column.decimals_of for column in columns):
        return None
    return [column.decimals_of(row) if column.decimals_of else column.decimals for column in columns]


def workbook(columns: Sequence[Column], rows: Sequence, title: str, stamp: Stamp, language: str) -> bytes:
    """The rows and columns of the CSV as XLSX; what the CSV repeats in every row stands above them once."""
    headings = [Heading(column.header, column.decimals, column.numeric) for column in columns]
    cells = [[column.raw(row) for column in columns] for row in rows]
    warning, shown = "DATA CONTOH" if stamp.demo else None, [decimals_in(columns, row) for row in rows]
    return workbook_bytes(Sheet(title, list(stamp.columns.items()), headings, cells, warning, shown), language)


def show_table(
    columns: Sequence[Column],
    rows: Sequence,
    name: str,
    label: str,
    stamp: Stamp,
    language: str,
    *,
    heading: str = "",
    expanded: bool = False,
    stacked: bool = False,
) -> None:
    """Folded under its chart, with downloads; `heading` tells apart the tables of several charts side by side.

    `expanded` where there is no chart above it; `stacked` as of html_table. Of a table that is too long for the screen
    the first rows are shown.
    """
    _ = translator(language)
    unfold = _("Tabel dan unduhan")
    with st.expander(f"{unfold} · {heading}" if heading else unfold, expanded=expanded):
        st.html(html_table(columns, rows[:MOST_ON_THE_SCREEN], label, stacked=stacked))
        if len(rows) > MOST_ON_THE_SCREEN:
            text = _("{shown} baris pertama dari {count}; semuanya ada dalam berkas.")
            counts = {"shown": MOST_ON_THE_SCREEN, "count": len(rows)}
            st.caption(text.format(**{name: formats.number(count, language) for name, count in counts.items()}))
        show_files(columns, rows, name, label, stamp, language)


def show_files(columns: Sequence[Column], rows: Sequence, name: str, label: str, stamp: Stamp, language: str) -> None:
    """The downloads of a table, below what its dotted numbers are."""
    _ = translator(language)
    if any(column.says and column.link and column.link(row) for column in columns for row in rows[:MOST_ON_THE_SCREEN]):
        st.caption(_("Angka bergaris titik membuka asalnya: pembilang, penyebut, kiriman dan baris berkasnya."))
    facts = stamp.facts | {"table": name, "rows": len(rows)}
    with st.container(horizontal=True, key=f"files-{name}"):
        read = partial(csv_bytes, columns, rows, stamp, language)
        _offer(_("Unduh CSV"), read, f"{name}.csv", "text/csv", stamp, facts)
        if len(rows) <= MOST_IN_A_WORKBOOK:
            read = partial(workbook, columns, rows, label, stamp, language)
            _offer(_("Unduh XLSX"), read, f"{name}.xlsx", XLSX, stamp, facts)
        else:
            text = _("XLSX memuat paling banyak {most} baris: saring dahulu, atau pakai CSV.")
            st.caption(text.format(most=formats.number(MOST_IN_A_WORKBOOK, language)))


def _offer(text: str, read: Callable[[], bytes], name: str, mime: str, stamp: Stamp, facts: dict[str, Any]) -> None:
    demo = "DATA-CONTOH-" if stamp.demo else ""
    downloads.offer(text, read, f"{demo}{stamp.file_stem}-{name}", mime, key=f"file-{name}", facts=facts)
