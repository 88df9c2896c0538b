"""The table of a chart: as HTML that a screen reader can walk, and as CSV for a spreadsheet."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from html import escape
from io import StringIO
from typing import Any

import streamlit as st

from ui.texts import translator

# A spreadsheet runs a cell that begins like this as a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# Excel splits at the semicolon where the comma is the decimal mark.
CSV_MARKS = {"id": (";", ","), "en": (",", ".")}


# More digits than any source has, fewer than binary fractions show: 45,555556 and never 45,55555555555556.
MOST_DECIMALS = Decimal("0.000001")

Cell = str | float | Decimal | None


@dataclass(frozen=True)
class Column:
    """One column: its header, what a reader sees, and what a file carries; some are only in a file."""

    header: str
    text: Callable[[Any], str]
    raw: Callable[[Any], Cell]
    numeric: bool = True
    only_in_file: bool = False


@dataclass(frozen=True)
class Stamp:
    """What every file says of itself, whatever it holds: `columns` by header, and the beginning of its name."""

    file_stem: str
    columns: dict[str, Cell]
    demo: bool


def defused(cell: str) -> str:
    """The cell with a leading apostrophe if a spreadsheet would take it for a formula."""
    return "'" + cell if cell.lstrip(" ").startswith(FORMULA_STARTS) else cell


def csv_bytes(columns: Sequence[Column], rows: Sequence, stamp: Stamp, language: str) -> bytes:
    """UTF-8 with a byte order mark; every row repeats the stamp, so that a copied row still says what it is."""
    separator, mark = CSV_MARKS[language]
    out = StringIO()
    writer = csv.writer(out, delimiter=separator)
    demo = ["DATA CONTOH"] * stamp.demo
    writer.writerow([defused(header) for header in (*(c.header for c in columns), *stamp.columns)] + demo)
    repeated = [_cell(value, mark) for value in stamp.columns.values()] + demo
    for row in rows:
        writer.writerow([_cell(column.raw(row), mark) for column in columns] + repeated)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Cell, mark: str) -> str:
    if value is None:
        return ""
    return defused(value) if isinstance(value, str) else _plain_number(value).replace(".", mark)


def _plain_number(value: float | Decimal) -> str:
    """Whole numbers without a point, others to at most six decimals."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    text = f"{exact.quantize(MOST_DECIMALS, rounding=ROUND_HALF_UP):f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def html_table(columns: Sequence[Column], rows: Sequence, label: str) -> str:
    """A plain table, every cell escaped; `label` names it to who reaches the scrollable region by keyboard."""
    columns = [column for column in columns if not column.only_in_file]
    classes = [' class="num"' if column.numeric else "" for column in columns]
    head = _cells("th scope='col'", classes, [column.header for column in columns])
    body = "".join(_cells("td", classes, [column.text(row) for column in columns]) for row in rows)
    table = f'<table class="ck-table"><thead>{head}</thead><tbody>{body}</tbody></table>'
    return f'<div class="ck-scroll" role="region" aria-label="{escape(label)}" tabindex="0">{table}</div>'


def _cells(tag: str, classes: Sequence[str], texts: Sequence[str]) -> str:
    closing = tag.split()[0]
    cells = (f"<{tag}{css}>{escape(text)}</{closing}>" for css, text in zip(classes, texts, strict=True))
    return f"<tr>{''.join(cells)}</tr>"


def show_table(
    columns: Sequence[Column], rows: Sequence, name: str, label: str, stamp: Stamp, language: str, *, heading: str = ""
) -> None:
    """Folded under its chart, with a download; `heading` tells apart the tables of several charts side by side."""
    _ = translator(language)
    unfold = _("Tabel dan unduhan")
    with st.expander(f"{unfold} · {heading}" if heading else unfold):
        st.html(html_table(columns, rows, label))
        st.download_button(
            _("Unduh CSV"),
            lambda: csv_bytes(columns, rows, stamp, language),
            file_name=("DATA-CONTOH-" if stamp.demo else "") + f"{stamp.file_stem}-{name}.csv",
            mime="text/csv",
            key=f"csv-{name}",
            on_click="ignore",
        )
