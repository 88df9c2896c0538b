"""How a table was found in its file: kept with the batch, so that its refused rows can go back as they came."""

import msgspec

from data.importers.files import DeliveredFile
from data.importers.header import Table
from data.importers.meanings import DEFAULT_MARK


class Layout(msgspec.Struct, frozen=True):
    """Where a table stood. sheet: its position in the file; header_row: the first row of the header, from 1.

    width: columns that the header spans. columns: the position of each declared column, from 0.
    decimal_mark: by which the ambiguous numbers of the file were read.
    """

    sheet: int
    header_row: int
    header_depth: int
    width: int
    columns: dict[str, int]
    decimal_mark: str = DEFAULT_MARK

    @property
    def first_data_row(self) -> int:
        return self.header_row + self.header_depth

    @property
    def found(self) -> "Layout":
        """Where the table stood, whatever mark its numbers had."""
        return msgspec.structs.replace(self, decimal_mark=DEFAULT_MARK)


def layout_of(file: DeliveredFile, table: Table, decimal_mark: str = DEFAULT_MARK) -> Layout | None:
    """The layout of a table of this file; None for joined records, which stand in no sheet."""
    if not file.sheets:
        return None
    place = sheet_place(file, table)
    return Layout(place, table.header_row, table.header_depth, table.width, table.positions, decimal_mark)


def sheet_place(file: DeliveredFile, table: Table) -> int:
    """The position of the table's sheet in its file; 0 for joined records."""
    return next((place for place, sheet in enumerate(file.sheets) if sheet is table.sheet), 0)


def write_layout(layout: Layout | None) -> str | None:
    """As the ledger keeps it."""
    return msgspec.json.encode(layout).decode() if layout else None


def read_layout(text: str | None) -> Layout | None:
    """As the ledger kept it."""
    return msgspec.json.decode(text, type=Layout) if text else None
