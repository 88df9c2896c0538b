"""Which kind of table a sheet holds, in which row its header stands, and which of its columns are read."""

import itertools
import re
from collections.abc import Collection, Mapping, Sequence
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
    has to say, or whose mapping is used. old_values: what contracts said before their addenda, one a row.
    header_depth: rows that the header takes. mapping: the journal's number of the sender's mapping it follows.
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
    header_depth: int = 1
    mapping: int | None = None

    @property
    def header_row(self) -> int:
        return self.first_data_row - self.header_depth

    @property
    def matched(self) -> tuple[int, int]:
        return len(self.positions), sum(column.required for column in self.kind.columns)


def find_tables(
    file: DeliveredFile, kind_name: str | None, mapped: Mapping[int, Table] | None = None
) -> tuple[list[Table], list[str]]:
    """The tables of the file, one a kind at most, and the names of sheets not read; FileRefused when none fits.

    mapped: by the place of a sheet its table as the sender's mapping makes it, which goes before what is recognised.
    """
    if kind_name is not None and kind_name not in KINDS:
        raise FileRefused(f"Jenis '{kind_name}' tidak dikenal; pilih salah satu dari {', '.join(KINDS)}.")
    kinds = [KINDS[kind_name]] if kind_name else list(KINDS.values())
    known = mapped or {}
    fitting = [
        table
        for place, sheet in enumerate(file.sheets)
        if (table := known.get(place) or _table_of(sheet, kinds, file.name))
    ]
    if not fitting:
        raise FileRefused(_refusal(file, kinds))
    if not file.is_workbook:
        return [next(iter(known.values()), None) or max(fitting, key=lambda table: (table.matched, table.width))], []
    filled = [table for table in fitting if _has_rows(table)] or fitting
    visible = [table for table in filled if table.sheet.visible] or filled
    refuse_two_of_a_kind(visible, file.name)
    return visible, unread_sheets(file, visible)


def refuse_two_of_a_kind(tables: Sequence[Table], file_name: str) -> None:
    """A batch is one kind of one file; FileRefused names the sheets that would make two."""
    by_kind: dict[str, Table] = {}
    for table in tables:
        other = by_kind.setdefault(table.kind.name, table)
        if other is not table:
            raise FileRefused(
                f"Lembar '{clean_header(other.sheet.name)}' dan '{clean_header(table.sheet.name)}' dari {file_name} "
                f"sama-sama berisi {table.kind.name}; pilih lembarnya, gabungkan, atau kirim satu per berkas."
            )


def unread_sheets(file: DeliveredFile, tables: Sequence[Table]) -> list[str]:
    """Names of the sheets of which no table was made."""
    return [clean_header(sheet.name) for sheet in file.sheets if all(sheet is not table.sheet for table in tables)]


def fullest_cut(file: DeliveredFile, header_row: int | None = None) -> Sheet:
    """Of a CSV the cut at that delimiter which makes the most filled cells: of this row, else of the first rows.

    Amounts and addresses hold more commas than a header does, so where its row is known it decides."""

    def filled(sheet: Sheet) -> int:
        rows = sheet.head if header_row is None else sheet.head[header_row - 1 : header_row]
        return sum(bool(str(cell).strip()) for row in rows for cell in row)

    return max(file.sheets, key=filled)


def clean_header(text: Any) -> str:
    """A header or sheet name fit for a message: one line, no number of a person."""
    line = " ".join("".join(char if char.isprintable() else " " for char in str(text)).split())
    return masked(line)[:MAX_HEADER_CHARS]


def header_key(text: Any) -> str:
    """What is compared of a header: words in lower case; a bracketed unit or a star for 'required' does not matter."""
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"\(.*?\)", " ", str(text).lower())))


def header_keys(cells: Sequence[str]) -> list[str]:
    """A key for each column of a header: a second one of the same words, and one without words, by its place."""
    width = max((position + 1 for position, cell in enumerate(cells) if header_key(cell)), default=0)
    keys: list[str] = []
    for position, cell in enumerate(cells[:width], 1):
        key = header_key(cell)[:MAX_HEADER_CHARS]
        keys.append(key if key and key not in keys else f"{key} #{position}".strip())
    return keys


def personal_headers(headers: Sequence[str]) -> list[str]:
    """Those of the headers that promise facts about a person."""
    return [header for header in headers if PERSONAL_HEADER.search(header_key(header))]


@cache
def _columns_by_key(kind: Kind) -> dict[str, Column]:
    return {header_key(text): column for column in kind.columns for text in (column.name, *column.aliases)}


def _table_of(sheet: Sheet, kinds: Sequence[Kind], file_name: str) -> Table | None:
    """The best reading of a sheet; FileRefused when it is not the only one."""
    best, rivals = best_reading(sheet, kinds)
    if best is None:
        return None
    if rivals:
        either = " atau ".join(sorted((best.kind.name, *rivals)))
        raise FileRefused(f"{file_name} dapat berarti {either}; sebutkan jenisnya dengan --kind.")
    for name, second in best.doubled.items():
        first = best.headers[name]
        raise FileRefused(f"Kolom {name} ada dua kali di {file_name} ('{first}' dan '{second}'); sisakan satu.")
    return best


def best_reading(sheet: Sheet, kinds: Sequence[Kind]) -> tuple[Table | None, tuple[str, ...]]:
    """Most columns matched, topmost header row first, and the other kinds that fit as well; None when none fits."""
    candidates = [
        table
        for kind in kinds
        for number, cells, depth in _header_rows(sheet)
        if (table := table_under(sheet, kind, number, cells, depth)) and not missing_columns(table)
    ]
    if not candidates:
        return None, ()
    best = max(candidates, key=lambda table: (table.matched, -table.first_data_row))
    rivals = {table.kind.name for table in candidates if table.matched == best.matched} - {best.kind.name}
    return best, tuple(sorted(rivals))


def nearest_reading(sheets: Sequence[Sheet], kinds: Sequence[Kind]) -> Table | None:
    """The reading that lacks the fewest required columns; None when no header is known."""
    near = [
        table
        for sheet in sheets
        for kind in kinds
        for number, cells, depth in _header_rows(sheet)
        if (table := table_under(sheet, kind, number, cells, depth))
    ]
    best = max(near, key=_nearness, default=None)
    return None if best is None or (len(kinds) > 1 and len(best.positions) < 2) else best


def _header_rows(sheet: Sheet):
    """Every row that may be a header, also two rows taken as one where headers are merged across or down."""
    head = [[str(cell) for cell in row] for row in sheet.head]
    for index, cells in enumerate(head):
        if any(cell.strip() for cell in cells):
            yield index + 1, cells, 1
    for index, (upper, lower) in enumerate(itertools.pairwise(head)):
        if sheet.is_workbook and any(upper) and any(lower):
            yield index + 1, _merged(upper, lower), 2


def cells_of_header(sheet: Sheet, row: int, depth: int) -> list[str]:
    """The header's cells: of one row, 1 is the sheet's first, or of that and the next one taken together."""
    upper, *lower = ([str(cell) for cell in cells] for cells in sheet.head[row - 1 : row - 1 + depth])
    for below in lower:
        width = max(len(upper), len(below))
        upper = _merged([*upper, *[""] * (width - len(upper))], [*below, *[""] * (width - len(below))])
    return upper


def _merged(upper: list[str], lower: list[str]) -> list[str]:
    across = ""
    cells = []
    for above, below in zip(upper, lower, strict=False):
        across = above or (across if below else "")
        cells.append(f"{across} {below}".strip())
    return cells


def table_under(sheet: Sheet, kind: Kind, number: int, cells: Sequence[str], depth: int) -> Table | None:
    """The sheet read as a kind under this header; None when no column is known. Required ones may be missing."""
    columns = _columns_of(kind, sheet, number, cells, depth)
    positions: dict[str, int] = {}
    doubled: dict[str, str] = {}
    for position, column in columns.items():
        if positions.setdefault(column.name, position) != position:
            doubled[column.name] = clean_header(cells[position])
    if not positions:
        return None
    return Table(
        sheet=sheet,
        kind=kind,
        first_data_row=number + depth,
        width=max((position + 1 for position, cell in enumerate(cells) if cell.strip()), default=0),
        positions=positions,
        headers={name: clean_header(cells[position]) for name, position in positions.items()},
        ignored=ignored_headers(cells, columns),
        doubled=doubled,
        header_depth=depth,
    )


def _columns_of(kind: Kind, sheet: Sheet, number: int, cells: Sequence[str], depth: int) -> dict[int, Column]:
    """The declared columns by position. In a header of two rows the lower one counts alone for a column that nobody
    knows by both: 'Masa Kerja' merged over 'Mulai' and 'Selesai'."""
    by_key = _columns_by_key(kind)
    found = {position: column for position, cell in enumerate(cells) if (column := by_key.get(header_key(cell)))}
    if depth == 1:
        return found
    taken = {column.name for column in found.values()}
    for position, cell in enumerate(sheet.head[number][: len(cells)]):
        column = by_key.get(header_key(cell))
        if column and position not in found and column.name not in taken:
            found[position] = column
    return dict(sorted(found.items()))


def ignored_headers(cells: Sequence[str], known: Collection[int]) -> tuple[str, ...]:
    """The headers of columns that are not read, each once; a header of marks only is none."""
    found = (clean_header(cell) for position, cell in enumerate(cells) if position not in known and header_key(cell))
    return tuple(dict.fromkeys(found))


def missing_columns(table: Table) -> list[str]:
    """Names of the required columns that the header lacks; alternatives joined by 'atau'."""
    missing = [column.name for column in table.kind.columns if column.required and column.name not in table.positions]
    if table.kind.one_of and not set(table.kind.one_of) & set(table.positions):
        missing.append(" atau ".join(table.kind.one_of))
    return missing


def _has_rows(table: Table) -> bool:
    return any(not is_blank(row) for _, rows in table.sheet.blocks(table.first_data_row) for row in rows)


def is_blank(row: Sequence[Any]) -> bool:
    """Whether a row of cells holds nothing; that of a million formatted ones is asked at once."""
    return not row or list(row).count("") == len(row) or not any(str(cell).strip() for cell in row)


def _refusal(file: DeliveredFile, kinds: list[Kind]) -> str:
    """Why no sheet fits: names the columns missing from the kind that comes nearest. Never quotes a cell."""
    best = nearest_reading(file.sheets, kinds)
    if best is None:
        known = ", ".join(KINDS)
        return f"Jenis {file.name} tidak dikenali dari judul kolomnya; pakai templat salah satu jenis: {known}."
    missing = ", ".join(missing_columns(best))
    return f"Kolom wajib tidak ada di {file.name} untuk jenis {best.kind.name}: {missing}; tambahkan lalu kirim ulang."


def _nearness(table: Table) -> tuple[float, int]:
    required = sum(column.required for column in table.kind.columns) + bool(table.kind.one_of)
    return 1 - len(missing_columns(table)) / required, len(table.positions)
