"""The tables and charts of a pack's files, read back by other libraries than those that wrote them."""

import re
import zipfile
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
from docx import Document
from pptx import Presentation
from pptx.shapes.graphfrm import GraphicFrame
from pypdf import PdfReader

SHAPES = "●▲○◇◐◆■◷□┆"
MARKS = {"id": (".", ","), "en": (",", ".")}
UNITS = "|".join((" ?%", " orang", " persons", " proyek", " projects", " poin", " points"))
NUMBERS = {
    language: re.compile(
        rf"([+−-]?)(?:Rp)?(\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})*(?:{re.escape(mark)}\d+)?)"
        rf"(?:{UNITS})?(?: \([^)]*\))?"
    )
    for language, (thousands, mark) in MARKS.items()
}


@dataclass(frozen=True)
class ReadTable:
    """A table as a reader finds it: its headers, and the cells of its rows below them; None is an empty cell."""

    where: str
    headers: list[str]
    rows: list[list[Any]]


def number_in(text: str, language: str) -> tuple[Decimal, int] | None:
    """The number that a cell says, before what stands in brackets, and how many decimals it shows; None without one."""
    found = NUMBERS[language].fullmatch(text.replace("\N{NO-BREAK SPACE}", " ").strip())
    if not found:
        return None
    thousands, mark = MARKS[language]
    digits = found[2].replace(thousands, "").replace(mark, ".")
    sign = "-" if found[1] in ("−", "-") else ""
    return Decimal(sign + digits), len(digits.partition(".")[2])


def unpacked(content: bytes) -> dict[str, bytes]:
    """The files of a ZIP by their endings."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return {name.rpartition(".")[2]: packed.read(name) for name in packed.namelist()}


def of_workbook(content: bytes) -> list[ReadTable]:
    """Each sheet that holds a table: the first row of several cells, and what follows but for blank rows."""
    book = openpyxl.load_workbook(BytesIO(content), read_only=True)
    tables = []
    for sheet in book.worksheets[1:]:  # the cover says facts, and no table
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        at = next((at for at, row in enumerate(rows) if sum(cell is not None for cell in row) >= 2), None)
        if at is None or any(isinstance(cell, int | float | datetime) for cell in rows[at]):
            continue
        headers = [str(header) for header in rows[at] if header is not None]
        below = [row[: len(headers)] for row in rows[at + 1 :]]
        # A sentence below the table stands alone in its row.
        tables.append(ReadTable(f"XLSX {sheet.title}", headers, [row for row in below if _cells(row) >= 2]))
    return tables


def _cells(row: list[Any]) -> int:
    return sum(cell not in (None, "") for cell in row)


def of_document(content: bytes) -> list[ReadTable]:
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(BytesIO(content)).tables]
    return [ReadTable("DOCX", rows[0], rows[1:]) for rows in tables if len(rows) > 1]


def of_slides(content: bytes) -> tuple[list[ReadTable], list[tuple[list[str], dict[str, list[float | None]]]]]:
    """The tables, and of each chart its categories with the values of its series."""
    tables, charts = [], []
    for number, slide in enumerate(Presentation(BytesIO(content)).slides, start=1):
        for shape in slide.shapes:
            if isinstance(shape, GraphicFrame) and shape.has_table:
                rows = [[cell.text for cell in row.cells] for row in shape.table.rows]
                tables.append(ReadTable(f"PPTX {number}", rows[0], rows[1:]))
            elif isinstance(shape, GraphicFrame) and shape.has_chart:
                charts += [
                    (list(plot.categories), {one.name: list(one.values) for one in plot.series})
                    for plot in shape.chart.plots
                ]
    return tables, charts


def text_of(content: bytes) -> str:
    """All pages of a PDF, with single blanks and without the shapes of status words."""
    return flattened(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))


def flattened(text: str) -> str:
    """With single blanks, and none after a dash or slash, where a line may end within a name."""
    return re.sub(r"([-–/]) ", r"\1", " ".join(text.translate(dict.fromkeys(map(ord, SHAPES), " ")).split()))
