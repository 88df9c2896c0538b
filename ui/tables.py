"""The table of a chart: as HTML that a screen reader can walk, and as CSV for a spreadsheet."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from io import StringIO
from typing import Any

import streamlit as st

from ui.texts import translator

# A spreadsheet runs a cell that begins like this as a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# Excel splits at the semicolon where the comma is the decimal mark.
CSV_MARKS = {"id": (";", ","), "en": (",", ".")}


@dataclass(frozen=True)
class Column:
    """One column: its header, what a reader sees, and what a file carries (numbers unrounded)."""

    header: str
    text: Callable[[Any], str]
    raw: Callable[[Any], str | float | Decimal | None]
    numeric: bool = True


def defused(cell: str) -> str:
    """The cell with a leading apostrophe if a spreadsheet would take it for a formula."""
    return "'" + cell if cell.lstrip(" ").startswith(FORMULA_STARTS) else cell


def csv_bytes(columns: Sequence[Column], rows: Sequence, language: str, *, demo: bool) -> bytes:
    """UTF-8 with a byte order mark; a demonstration says so on every row."""
    separator, mark = CSV_MARKS[language]
    out = StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow([defused(column.header) for column in columns] + ["DATA CONTOH"] * demo)
    for row in rows:
        writer.writerow([_cell(column.raw(row), mark) for column in columns] + ["DATA CONTOH"] * demo)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: str | float | Decimal | None, mark: str) -> str:
    if value is None:
        return ""
    return defused(value) if isinstance(value, str) else str(value).replace(".", mark)


def html_table(columns: Sequence[Column], rows: Sequence) -> str:
    """A plain table; every cell escaped."""
    classes = [' class="num"' if column.numeric else "" for column in columns]
    head = _cells("th scope='col'", classes, [column.header for column in columns])
    body = "".join(_cells("td", classes, [column.text(row) for column in columns]) for row in rows)
    table = f'<table class="ck-table"><thead>{head}</thead><tbody>{body}</tbody></table>'
    return f'<div class="ck-scroll" tabindex="0">{table}</div>'


def _cells(tag: str, classes: Sequence[str], texts: Sequence[str]) -> str:
    closing = tag.split()[0]
    cells = (f"<{tag}{css}>{escape(text)}</{closing}>" for css, text in zip(classes, texts, strict=True))
    return f"<tr>{''.join(cells)}</tr>"


def show_table(columns: Sequence[Column], rows: Sequence, name: str, language: str, *, demo: bool) -> None:
    """Folded under its chart, with a download."""
    _ = translator(language)
    with st.expander(_("Tabel dan unduhan")):
        st.html(html_table(columns, rows))
        st.download_button(
            _("Unduh CSV"),
            lambda: csv_bytes(columns, rows, language, demo=demo),
            file_name=("DATA-CONTOH-" if demo else "") + name + ".csv",
            mime="text/csv",
            key=f"csv-{name}",
            on_click="ignore",
        )
