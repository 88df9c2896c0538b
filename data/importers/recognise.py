"""What a file seems to hold, for a person who looks before it is imported: nothing is kept, no person is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from data.errors import FileRefused
from data.home import JAKARTA
from data.importers.choice import Choice, Choices, choice_of, chosen_table, chosen_tables, named_as_shown
from data.importers.files import HEAD_ROWS, DeliveredFile, Sheet, open_file, sha256_of, shown_name
from data.importers.header import (
    Table,
    best_reading,
    cells_of_header,
    clean_header,
    find_tables,
    fullest_cut,
    is_blank,
    missing_columns,
    nearest_reading,
    personal_headers,
)
from data.importers.kinds import KINDS, Kind
from data.importers.mapped import mapped_tables
from data.importers.procurement.sets import read_set
from data.importers.seen import seen_cells, seen_text
from data.mappings import SenderMapping

SHOWN_ROWS = 15


@dataclass(frozen=True)
class Header:
    """One column of the file. column: the declared one it is read as; None: not read, `is_personal` says why."""

    position: int
    text: str
    column: str | None
    is_personal: bool = False


@dataclass(frozen=True)
class SeenRow:
    """One of the first rows, its cells fit to be shown: nothing of a person."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class RecognisedSheet:
    """One sheet, of a CSV the only one, of a procurement set one table.

    name: None in a CSV. rows: filled ones below the header, of a sheet without a header all. choice: how it would be
    read, to be corrected and sent back; None when nothing is recognised. is_read: whether an import reads it as it is.
    problem: why it is not read. rivals: other kinds that fit as well. mapping: the journal's number of the sender's
    mapping that was used.
    """

    name: str | None
    is_visible: bool
    hidden_rows: int
    hidden_columns: int
    rows: int
    first_rows: tuple[SeenRow, ...]
    kind: str | None
    rivals: tuple[str, ...]
    header_row: int | None
    header_depth: int
    headers: tuple[Header, ...]
    missing: tuple[str, ...]
    choice: Choice | None
    is_read: bool
    problem: str | None = None
    mapping: int | None = None


@dataclass(frozen=True)
class Recognised:
    """A file and its sheets. problem: why an import would refuse it as it is."""

    file: str
    sha256: str
    bytes: int
    is_workbook: bool
    is_procurement: bool
    sheets: tuple[RecognisedSheet, ...]
    problem: str | None = None


def recognise(
    path: Path,
    mappings: Sequence[SenderMapping] = (),
    choices: Sequence[Choice] = (),
    *,
    kind: str | None = None,
    today: date | None = None,
) -> Recognised:
    """What an import would make of the file: as chosen, by the sender's mappings, or by itself.

    A choice without columns asks which its headers seem to be. FileRefused when it is no file that can be read at all.
    """
    today = today or datetime.now(JAKARTA).date()
    if found := read_set(path, today):
        return _procured(*found)
    file = open_file(path)
    known = mapped_tables(file, mappings, kind)
    tables, problem = _imported(file, choices, known, kind)
    looked_at = file.sheets if file.is_workbook else [_cut(file, known, tables, choices)]
    kinds = [KINDS[kind]] if kind in KINDS else list(KINDS.values())
    sheets = tuple(_sheet(file, sheet, choices, tables, known, kinds) for sheet in looked_at)
    return Recognised(file.name, file.sha256, file.size_bytes, file.is_workbook, False, sheets, problem)


def _imported(
    file: DeliveredFile, choices: Sequence[Choice], known: dict[int, Table], kind: str | None
) -> tuple[list[Table], str | None]:
    """The tables that an import would read, or why it would refuse the file."""
    try:
        return (chosen_tables(file, choices) if choices else find_tables(file, kind, known))[0], None
    except FileRefused as refused:
        return [], str(refused)


def _cut(file: DeliveredFile, known: dict[int, Table], tables: list[Table], choices: Sequence[Choice]) -> Sheet:
    if choices:
        return fullest_cut(file, max(choices[0].header_row, 1))
    table = next(iter(known.values()), None) or next(iter(tables), None)
    return table.sheet if table else fullest_cut(file)


def _sheet(
    file: DeliveredFile,
    sheet: Sheet,
    choices: Sequence[Choice],
    tables: list[Table],
    known: dict[int, Table],
    kinds: Sequence[Kind],
) -> RecognisedSheet:
    place = next(number for number, one in enumerate(file.sheets) if one is sheet)
    table, rivals, problem = _table(file, sheet, choices, known.get(place), kinds)
    is_read = any(one.sheet is sheet for one in tables)
    return RecognisedSheet(
        name=clean_header(sheet.name) if file.is_workbook else None,
        is_visible=sheet.visible,
        hidden_rows=sheet.unsaid.hidden_rows,
        hidden_columns=sheet.unsaid.hidden_columns,
        rows=_filled_rows(sheet, table.first_data_row if table else 1),
        first_rows=_first_rows(sheet, table),
        kind=table.kind.name if table else None,
        rivals=rivals,
        header_row=table.header_row if table else None,
        header_depth=table.header_depth if table else 1,
        headers=_headers(sheet, table),
        missing=tuple(missing_columns(table)) if table else (),
        choice=named_as_shown(choice_of(table)) if table else None,
        is_read=is_read,
        problem=None if is_read else problem,
        mapping=table.mapping if table else None,
    )


def _table(
    file: DeliveredFile, sheet: Sheet, choices: Sequence[Choice], known: Table | None, kinds: Sequence[Kind]
) -> tuple[Table | None, tuple[str, ...], str | None]:
    """How a sheet would be read, other kinds that fit as well, and what is against it."""
    for choice in choices:
        if not file.is_workbook or clean_header(choice.sheet or "") == clean_header(sheet.name):
            try:
                return chosen_table(file, choice), (), None
            except FileRefused as refused:
                return nearest_reading([sheet], kinds), (), str(refused)
    if known:
        return known, (), None
    best, rivals = best_reading(sheet, kinds)
    return best or nearest_reading([sheet], kinds), rivals, None


def _headers(sheet: Sheet, table: Table | None) -> tuple[Header, ...]:
    if table is None:
        return ()
    by_position = {position: name for name, position in table.positions.items()}
    texts = [clean_header(cell) for cell in cells_of_header(sheet, table.header_row, table.header_depth)]
    return tuple(
        Header(
            position=position,
            text=text,
            column=by_position.get(position),
            is_personal=position not in by_position and bool(personal_headers([text])),
        )
        for position, text in enumerate(texts[: table.width])
    )


def _first_rows(sheet: Sheet, table: Table | None) -> tuple[SeenRow, ...]:
    """Up to SHOWN_ROWS rows from the top, and as many below a header that stands further down."""
    headers = [header.text for header in _headers(sheet, table)]
    by_position = {position: name for name, position in table.positions.items()} if table else {}
    columns = [table.kind.column(by_position[place]) if table and place in by_position else None
               for place in range(len(headers))]  # fmt: skip
    first_data = table.first_data_row if table else HEAD_ROWS + 1
    shown = []
    for number, cells in enumerate(sheet.head[: first_data - 1 + SHOWN_ROWS], 1):
        if table and table.header_row <= number < first_data:
            shown.append(SeenRow(number, tuple(clean_header(cell) for cell in cells)))
        elif number < first_data:
            shown.append(SeenRow(number, tuple(seen_text(cell) for cell in cells)))
        else:
            shown.append(SeenRow(number, seen_cells(cells, columns, headers)))
    return tuple(shown[:SHOWN_ROWS] if table is None else shown)


def _filled_rows(sheet: Sheet, first_row: int) -> int:
    return sum(not is_blank(row) for _, rows in sheet.blocks(first_row) for row in rows)


def _procured(file: DeliveredFile, tables: list[Table]) -> Recognised:
    """The tables of a procurement set are joined from its files; there is nothing to choose."""
    sheets = tuple(
        RecognisedSheet(
            name=None,
            is_visible=True,
            hidden_rows=0,
            hidden_columns=0,
            rows=_filled_rows(table.sheet, 1),
            first_rows=(),
            kind=table.kind.name,
            rivals=(),
            header_row=None,
            header_depth=1,
            headers=(),
            missing=(),
            choice=None,
            is_read=True,
        )
        for table in tables
    )
    return Recognised(file.name, file.sha256, file.size_bytes, False, True, sheets)


def recognise_with(path: Path, mappings: Sequence[SenderMapping], choices: Choices, *, kind: str | None) -> Recognised:
    """As recognise, with the choices that speak of this file by its name or SHA-256."""
    chosen = choices.get(path.name) or choices.get(shown_name(path)) or ()
    if choices and not chosen and path.is_file():
        chosen = choices.get(sha256_of(path)) or ()
    return recognise(path, mappings, chosen, kind=kind)
