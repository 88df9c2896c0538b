"""Which kind of table a sheet holds, in which row its header stands, and which of its columns are read."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyarrow as pa

from data.errors import FileRefused
from data.importers.files import DeliveredFile, Sheet
from data.importers.kinds import KINDS, Column, Kind
from data.importers.masking import masked

MAX_HEADER_CHARS = 60
# Headers of personal columns of real rosters; they are dropped while reading like every column not declared.
PERSONAL_HEADER = re.compile(
    r"\b(nama( lengkap| pekerja| peserta| tenaga kerja)?|ibu kandung|tempat|lahir|ttl|umur|kelamin|alamat|npwp|nip|"
    r"rekening|rek|telepon|telp|hp|handphone|email|agama|upah|gaji)\b"
)


@dataclass(frozen=True)
class Table:
    """A sheet understood as one kind. positions: where each declared column stands; headers: how the file spells it.

    doubled: a declared column that two headers name, and how the second is spelled. notes: what the joining of records
    has to say. old_values: what contracts said before their addenda, one a row.
    """

    sheet: Sheet
    kind: Kind
    first_data_row: int
    width: int
    positions: dict[str, int]
    headers: dict[str, str]
    ignored: tuple[str, ...]
    doubled: dict[str, str]
    notes: tuple[str, ...] = ()
    old_values: pa.Table | None = None

    @property
    def matched(self) -> tuple[int, int]:
        return len(self.positions), sum(column.required for column in self.kind.columns)


def find_tables(file: DeliveredFile, kind_name: str | None) -> tuple[list[Table], list[str]]:
    """The tables of the file, one a kind at most, and the names of sheets not read; FileRefused when none fits."""
    if kind_name is not None and kind_name not in KINDS:
        raise FileRefused(f"Jenis '{kind_name}' tidak dikenal; pilih salah satu dari {', '.join(KINDS)}.")
    kinds = [KINDS[kind_name]] if kind_name else list(KINDS.values())
    fitting = [table for sheet in file.sheets if (table := _table_of(sheet, kinds, file.name))]
    if not fitting:
        raise FileRefused(_refusal(file, kinds))
    if not file.is_workbook:
        return [max(fitting, key=lambda table: (table.matched, table.width))], []
    filled = [table for table in fitting if _has_rows(table)] or fitting
    visible = [table for table in filled if table.sheet.visible] or filled
    chosen: dict[str, Table] = {}
    for table in visible:
        other = chosen.setdefault(table.kind.name, table)
        if other is not table:
            raise FileRefused(
                f"Lembar '{clean_header(other.sheet.name)}' dan '{clean_header(table.sheet.name)}' dari {file.name} "
                f"sama-sama berisi {table.kind.name}; gabungkan atau kirim satu per berkas."
            )
    unread = [clean_header(sheet.name) for sheet in file.sheets if all(sheet is not t.sheet for t in chosen.values())]
    return list(chosen.values()), unread


def clean_header(text: Any) -> str:
    """A header or sheet name fit for a message: one line, no number of a person."""
    line = " ".join("".join(char if char.isprintable() else " " for char in str(text)).split())
    return masked(line)[:MAX_HEADER_CHARS]


def header_key(text: Any) -> str:
    """What is compared of a header: words in lower case; a bracketed unit or a star for 'required' does not matter."""
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"\(.*?\)", " ", str(text).lower())))


def personal_headers(headers: Sequence[str]) -> list[str]:
    """Those of the headers that promise facts about a person."""
    return [header for header in headers if PERSONAL_HEADER.search(header_key(header))]


@cache
def _columns_by_key(kind: Kind) -> dict[str, Column]:
    return {header_key(text): column for column in kind.columns for text in (column.name, *column.aliases)}


def _table_of(sheet: Sheet, kinds: list[Kind], file_name: str) -> Table | None:
    """The best reading of a sheet: most columns matched, topmost header row first."""
    candidates = [
        table
        for kind in kinds
        for number, cells, depth in _header_rows(sheet)
        if (table := _match(sheet, kind, number, cells, depth)) and not missing_columns(table)
    ]
    if not candidates:
        return None
    best = max(candidates, key=lambda table: (table.matched, -table.first_data_row))
    rivals = {table.kind.name for table in candidates if table.matched == best.matched}
    if len(rivals) > 1:
        either = " atau ".join(sorted(rivals))
        raise FileRefused(f"{file_name} dapat berarti {either}; sebutkan jenisnya dengan --kind.")
    for name, second in best.doubled.items():
        first = best.headers[name]
        raise FileRefused(f"Kolom {name} ada dua kali di {file_name} ('{first}' dan '{second}'); sisakan satu.")
    return best


def _header_rows(sheet: Sheet):
    """Every row that may be a header, also two rows taken as one where headers are merged across or down."""
    head = [[str(cell) for cell in row] for row in sheet.head]
    for index, cells in enumerate(head):
        if any(cell.strip() for cell in cells):
            yield index + 1, cells, 1
    for index, (upper, lower) in enumerate(itertools.pairwise(head)):
        if sheet.is_workbook and any(upper) and any(lower):
            yield index + 1, _merged(upper, lower), 2


def _merged(upper: list[str], lower: list[str]) -> list[str]:
    across = ""
    cells = []
    for above, below in zip(upper, lower, strict=False):
        across = above or (across if below else "")
        cells.append(f"{across} {below}".strip())
    return cells


def _match(sheet: Sheet, kind: Kind, number: int, cells: Sequence[str], depth: int) -> Table | None:
    by_key = _columns_by_key(kind)
    positions: dict[str, int] = {}
    doubled: dict[str, str] = {}
    for position, cell in enumerate(cells):
        column = by_key.get(header_key(cell))
        if column and positions.setdefault(column.name, position) != position:
            doubled[column.name] = clean_header(cell)
    if not positions:
        return None
    ignored = [clean_header(cell) for cell in cells if header_key(cell) and header_key(cell) not in by_key]
    return Table(
        sheet=sheet,
        kind=kind,
        first_data_row=number + depth,
        width=max((position + 1 for position, cell in enumerate(cells) if cell.strip()), default=0),
        positions=positions,
        headers={name: clean_header(cells[position]) for name, position in positions.items()},
        ignored=tuple(dict.fromkeys(ignored)),
        doubled=doubled,
    )


def missing_columns(table: Table) -> list[str]:
    """Names of the required columns that the header lacks; alternatives joined by 'atau'."""
    missing = [column.name for column in table.kind.columns if column.required and column.name not in table.positions]
    if table.kind.one_of and not set(table.kind.one_of) & set(table.positions):
        missing.append(" atau ".join(table.kind.one_of))
    return missing


def _has_rows(table: Table) -> bool:
    blocks = table.sheet.blocks(table.first_data_row)
    return any(str(cell).strip() for _, rows in blocks for row in rows for cell in row)


def _refusal(file: DeliveredFile, kinds: list[Kind]) -> str:
    """Why no sheet fits: names the columns missing from the kind that comes nearest. Never quotes a cell."""
    near = [
        table
        for sheet in file.sheets
        for kind in kinds
        for number, cells, depth in _header_rows(sheet)
        if (table := _match(sheet, kind, number, cells, depth))
    ]
    best = max(near, key=_nearness, default=None)
    if best is None or (len(kinds) > 1 and len(best.positions) < 2):
        known = ", ".join(KINDS)
        return f"Jenis {file.name} tidak dikenali dari judul kolomnya; pakai templat salah satu jenis: {known}."
    missing = ", ".join(missing_columns(best))
    return f"Kolom wajib tidak ada di {file.name} untuk jenis {best.kind.name}: {missing}; tambahkan lalu kirim ulang."


def _nearness(table: Table) -> tuple[float, int]:
    required = sum(column.required for column in table.kind.columns) + bool(table.kind.one_of)
    return 1 - len(missing_columns(table)) / required, len(table.positions)
