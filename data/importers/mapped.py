"""The tables of a file whose header a sender's mapping knows, and what is to be remembered of a choice."""

from collections.abc import Sequence
from dataclasses import replace

from data.errors import FileRefused
from data.importers.choice import Choice, choice_of, chosen_table
from data.importers.files import DeliveredFile, Sheet
from data.importers.header import Table, best_reading, cells_of_header, header_key, header_keys, missing_columns
from data.importers.kinds import KINDS, REFERENCE, RETURNED_HEADERS
from data.mappings import SenderMapping, headers_hash

ALL_KINDS = tuple(KINDS.values())
RETURNED_KEYS = tuple(map(header_key, RETURNED_HEADERS))


def mapped_tables(
    file: DeliveredFile, mappings: Sequence[SenderMapping], kind_name: str | None = None
) -> dict[int, Table]:
    """By the place of a sheet in the file, the table that the sender's mapping of this header makes."""
    by_hash = {mapping.headers_sha256: mapping for mapping in mappings if kind_name in (None, mapping.kind)}
    found = {}
    for place, sheet in enumerate(file.sheets if by_hash else ()):
        if table := _mapped_table(file, sheet, by_hash):
            found[place] = table
    return found


def to_remember(
    file: DeliveredFile, tables: Sequence[Table], sender: str | None, known: dict[int, Table]
) -> tuple[SenderMapping, ...]:
    """What the chosen tables say of the sender's headers that is not known of them already."""
    if sender is None:
        return ()
    places = {id(sheet): place for place, sheet in enumerate(file.sheets)}
    return tuple(
        _mapping_of(table, sender)
        for table in tables
        if not _reads_alike(table, known.get(places[id(table.sheet)]) or best_reading(table.sheet, ALL_KINDS)[0])
    )


def _reads_alike(chosen: Table, known: Table | None) -> bool:
    return known is not None and choice_of(chosen) == choice_of(known)


def _mapping_of(table: Table, sender: str) -> SenderMapping:
    keys = _keys(table.sheet, table.header_row, table.header_depth)
    columns = {
        keys[position]: name
        for name, position in table.positions.items()
        if position < len(keys) and name != REFERENCE.name
    }
    return SenderMapping(sender, table.kind.name, _hash_of(keys), columns)


def _mapped_table(file: DeliveredFile, sheet: Sheet, by_hash: dict[str, SenderMapping]) -> Table | None:
    for depth in (1, 2) if sheet.is_workbook else (1,):
        for row in range(1, len(sheet.head) + 2 - depth):
            keys = _keys(sheet, row, depth)
            mapping = by_hash.get(_hash_of(keys)) if keys else None
            if mapping and (table := _followed(file, sheet, mapping, keys, row, depth)):
                return table
    return None


def _followed(
    file: DeliveredFile, sheet: Sheet, mapping: SenderMapping, keys: list[str], row: int, depth: int
) -> Table | None:
    """None when a program that knows other columns has remembered it."""
    columns = {column: keys.index(key) for key, column in mapping.columns.items() if key in keys}
    choice = Choice(sheet.name if sheet.is_workbook else None, mapping.kind, row, depth, columns)
    try:
        table = chosen_table(file, choice, sheet)
    except FileRefused:
        return None
    if missing_columns(table):
        return None
    note = (
        f"Kolom dibaca menurut pemetaan pengirim {mapping.sender} yang diingat (jurnal {mapping.number}); "
        "pilih sendiri bila keliru."
    )
    return replace(table, notes=(note,), mapping=mapping.number)


def _keys(sheet: Sheet, row: int, depth: int) -> list[str]:
    return header_keys(cells_of_header(sheet, row, depth))


def _hash_of(keys: list[str]) -> str:
    """Of the sender's own columns: those that were put beside refused rows make no other header of it."""
    is_returned = RETURNED_KEYS[-1] in keys
    return headers_hash([key for key in keys if not (is_returned and key in RETURNED_KEYS)])
