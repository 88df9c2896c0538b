"""How one table of a file is read because somebody said so: its sheet, kind, header row and columns."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from data.errors import FileRefused
from data.importers.files import HEAD_ROWS, DeliveredFile, Sheet
from data.importers.header import (
    Table,
    cells_of_header,
    clean_header,
    fullest_cut,
    header_key,
    ignored_headers,
    missing_columns,
    table_under,
    unread_sheets,
)
from data.importers.kinds import KINDS, REFERENCE, Kind, Reading
from data.importers.masking import masked
from data.importers.meanings import DAY_WORD

MAX_CHOICES_BYTES = 1 << 20
# A cell of one of these that holds no letter is a value, so its row is no header.
NEVER_WITHOUT_LETTERS = frozenset((
    Reading.NIK, Reading.DATE, Reading.MONTH_END, Reading.MONEY_RP, Reading.COUNT, Reading.PERCENT, Reading.YEAR,
    Reading.NUMBER, Reading.IDENTIFIER,
))  # fmt: skip
BARE_YEAR = re.compile(r"(19|20)\d\d")  # heads a column of numbers in many a table


@dataclass(frozen=True)
class Choice:
    """One table of a file. sheet: its name, None in a CSV. header_row: its number in the sheet, 1 is the first.

    header_depth: 1, or 2 where headers stand in two rows. columns: by declared column the position of the file's, 0 is
    the first; those that are not named are not read. Without any, the headers are recognised.
    """

    sheet: str | None
    kind: str
    header_row: int
    header_depth: int = 1
    columns: dict[str, int] = field(default_factory=dict)


Choices = Mapping[str, Sequence[Choice]]


def read_choices(path: Path) -> dict[str, list[Choice]]:
    """Choices by name or SHA-256 of the file they speak of, from JSON; FileRefused when it is none."""
    try:
        if path.stat().st_size > MAX_CHOICES_BYTES:
            raise ValueError(path.stat().st_size)
        return msgspec.json.decode(path.read_bytes(), type=dict[str, list[Choice]])
    except (OSError, ValueError, RecursionError):  # what msgspec raises is a ValueError, and may quote a cell
        raise FileRefused(
            f"Pilihan pembacaan {path.name} tidak terbaca; tulis JSON dengan sheet, kind, header_row, header_depth dan "
            "columns untuk tiap berkas."
        ) from None


def choices_of(file: DeliveredFile, choices: Choices) -> Sequence[Choice]:
    """Those that speak of this file, by its hash, else by its name."""
    return choices.get(file.sha256) or choices.get(file.name) or choices.get(file.path.name) or ()


def refuse_unused(files: Iterable[DeliveredFile], choices: Choices) -> None:
    """FileRefused when choices speak of a file that is not delivered: they would be lost without a word."""
    known = {name for file in files for name in (file.sha256, file.name, file.path.name)}
    for name in choices:
        if name not in known:
            raise FileRefused(
                f"Pilihan pembacaan menyebut '{clean_header(name)}', yang tidak ada di antara berkas ini; "
                "periksa nama berkasnya."
            )


def chosen_tables(file: DeliveredFile, choices: Sequence[Choice]) -> tuple[list[Table], list[str]]:
    """The tables as they were chosen, and the names of sheets not read; FileRefused when that cannot be."""
    tables = [chosen_table(file, choice) for choice in choices]
    for table in tables:
        if missing := missing_columns(table):
            raise FileRefused(
                f"Kolom wajib jenis {table.kind.name} belum dipilih untuk {file.name}: {', '.join(missing)}; "
                "pilih kolomnya."
            )
    _refuse_chosen_twice(tables, file.name)
    return tables, unread_sheets(file, tables) if file.is_workbook else []


def _refuse_chosen_twice(tables: Sequence[Table], name: str) -> None:
    """Sheets of the same kind may be chosen together, and two kinds of one sheet; the same twice is a mistake."""
    seen: set[tuple[int, str]] = set()
    for table in tables:
        if (id(table.sheet), table.kind.name) in seen:
            what = f"lembar '{clean_header(table.sheet.name)}'" if table.sheet.name else "isinya"
            raise FileRefused(f"Dari {name} {what} dipilih dua kali sebagai {table.kind.name}; sisakan satu.")
        seen.add((id(table.sheet), table.kind.name))


def chosen_table(file: DeliveredFile, choice: Choice, sheet: Sheet | None = None) -> Table:
    """The table as it was chosen, perhaps without some required columns; FileRefused when that cannot be.

    sheet: the one that is meant, where its name need not be looked up."""
    if choice.kind not in KINDS:
        known = ", ".join(KINDS)
        raise FileRefused(f"Jenis '{clean_header(choice.kind)}' tidak dikenal; pilih salah satu dari {known}.")
    kind, sheet = KINDS[choice.kind], sheet or _sheet(file, choice)
    cells = _header_cells(sheet, choice, file.name)
    if any(masked(cell) != cell for cell in cells):
        raise FileRefused(_no_header(choice, file.name))
    if not choice.columns:
        return _recognised_under(sheet, kind, choice, cells, file.name)
    _refuse_columns(kind, choice, len(cells), file.name)
    for name, position in choice.columns.items():
        if _is_value(kind, name, cells[position]):
            raise FileRefused(_no_header(choice, file.name))
    columns = _with_reference(choice.columns, cells)
    chosen = set(columns.values())
    return Table(
        sheet=sheet,
        kind=kind,
        first_data_row=choice.header_row + choice.header_depth,
        width=1 + max(position for position, cell in enumerate(cells) if cell.strip() or position in chosen),
        positions=columns,
        headers={name: clean_header(cells[position]) or name for name, position in columns.items()},
        ignored=ignored_headers(cells, chosen),
        doubled={},
        header_depth=choice.header_depth,
    )


def _with_reference(columns: Mapping[str, int], cells: Sequence[str]) -> dict[str, int]:
    """The columns chosen, and that of the references to refused rows, which nobody needs to choose."""
    at = {header_key(cell): position for position, cell in enumerate(cells)}.get(header_key(REFERENCE.name))
    if at is None or at in columns.values():
        return dict(columns)
    return {REFERENCE.name: at} | dict(columns)


def _recognised_under(sheet: Sheet, kind: Kind, choice: Choice, cells: list[str], name: str) -> Table:
    """The header row was chosen and nothing said of its columns."""
    table = table_under(sheet, kind, choice.header_row, cells, choice.header_depth)
    if table is None:
        raise FileRefused(
            f"Tidak ada kolom jenis {kind.name} yang dikenali di baris {choice.header_row} dari {name}; pilih kolomnya."
        )
    return table


def choice_of(table: Table) -> Choice:
    """The choice that would make this table."""
    name = table.sheet.name if table.sheet.is_workbook else None
    return Choice(name, table.kind.name, table.header_row, table.header_depth, dict(table.positions))


def named_as_shown(choice: Choice) -> Choice:
    """The choice with the name of its sheet fit for a page; chosen_table finds the sheet by it."""
    return replace(choice, sheet=clean_header(choice.sheet)) if choice.sheet else choice


def _sheet(file: DeliveredFile, choice: Choice) -> Sheet:
    if not file.is_workbook:
        if choice.sheet:
            raise FileRefused(f"{file.name} adalah CSV tanpa lembar; hapus lembar '{clean_header(choice.sheet)}'.")
        return fullest_cut(file, max(choice.header_row, 1))
    exact = [sheet for sheet in file.sheets if sheet.name == choice.sheet]
    found = exact or [sheet for sheet in file.sheets if clean_header(sheet.name) == clean_header(choice.sheet or "")]
    if len(found) != 1:
        names = ", ".join(f"'{clean_header(sheet.name)}'" for sheet in file.sheets)
        raise FileRefused(
            f"Lembar '{clean_header(choice.sheet or '')}' tidak dapat ditentukan di {file.name}; pilih satu dari "
            f"{names}."
        )
    return found[0]


def _header_cells(sheet: Sheet, choice: Choice, name: str) -> list[str]:
    last = choice.header_row + choice.header_depth - 1
    if choice.header_depth not in (1, 2) or choice.header_row < 1 or last > len(sheet.head):
        most = min(HEAD_ROWS, len(sheet.head))
        raise FileRefused(
            f"Judul kolom {name} tidak mungkin di baris {choice.header_row} setinggi {choice.header_depth} baris; "
            f"pilih satu atau dua baris di antara baris 1 dan {most}."
        )
    cells = cells_of_header(sheet, choice.header_row, choice.header_depth)
    if not any(cell.strip() for cell in cells):
        raise FileRefused(f"Baris {choice.header_row} dari {name} kosong; pilih baris judul kolomnya.")
    return cells


def _refuse_columns(kind: Kind, choice: Choice, width: int, name: str) -> None:
    declared = {column.name for column in kind.columns}
    for column, position in choice.columns.items():
        if column not in declared:
            known = ", ".join(sorted(declared))
            raise FileRefused(f"Jenis {kind.name} tidak punya kolom '{clean_header(column)}'; pilih dari {known}.")
        if not 0 <= position < width:
            raise FileRefused(
                f"Kolom ke-{position + 1} untuk {column} tidak ada di {name}, yang punya {width} kolom; pilih lain."
            )
    by_position: dict[int, str] = {}
    for column, position in choice.columns.items():
        if (other := by_position.setdefault(position, column)) != column:
            raise FileRefused(
                f"Kolom ke-{position + 1} dari {name} dipilih untuk {other} dan {column}; pilih satu saja."
            )


def _no_header(choice: Choice, name: str) -> str:
    return f"Baris {choice.header_row} dari {name} berisi data, bukan judul kolom; pilih baris judulnya."


def _is_value(kind: Kind, column: str, cell: str) -> bool:
    cell = cell.strip()
    if not cell or kind.column(column).reads_as not in NEVER_WITHOUT_LETTERS or BARE_YEAR.fullmatch(cell):
        return False
    return not any(char.isalpha() for char in cell) or DAY_WORD.fullmatch(cell) is not None
