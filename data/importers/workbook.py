"""XLSX workbooks: what may be unpacked at all, and their sheets as rows of typed cells."""

import itertools
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import python_calamine as calamine

from data.errors import FileRefused

MAX_UNPACKED_BYTES = 1 << 30
MAX_UNPACKED_RATIO = 300  # honest sheets of repeated text reach about 100
RATIO_FREE_BYTES = 16 << 20  # below this nobody is hurt, whatever the ratio
MAX_ARCHIVE_MEMBERS = 2_000
MAX_CELLS = 20_000_000  # the reader holds a full rectangle: one cell at XFD1048576 would claim 17 thousand million
MAX_TEXT_BYTES = 1 << 30  # of all text cells together; shared strings repeat at no cost in the file
READ_BYTES = 1 << 20
LOCAL_HEADER = struct.Struct("<26xHH")
CELL_REFERENCE = re.compile(rb"\br\s*=\s*[\"']\s*([A-Za-z]*)(\d+)")
CELL_START = re.compile(rb"<(?:\w+:)?c[\s>/]")
SHARED_STRING = re.compile(rb"<(?:\w+:)?si[\s>].*?</(?:\w+:)?si>", re.DOTALL)


@dataclass(frozen=True)
class WorkbookSheet:
    """One worksheet. Cells are text, or numbers, dates and booleans as the workbook typed them; '' is blank."""

    name: str
    visible: bool
    cells: calamine.CalamineSheet

    def head(self, rows: int) -> list[Sequence[Any]]:
        return list(itertools.islice(self.cells.iter_rows(), rows))

    def blocks(self, first_row: int, block_rows: int) -> Iterator[tuple[Sequence[int], list[Sequence[Any]]]]:
        rows = self.cells.iter_rows()
        number = first_row + sum(1 for _ in itertools.islice(rows, first_row - 1)) - (first_row - 1)
        while block := list(itertools.islice(rows, block_rows)):
            yield range(number, number + len(block)), block
            number += len(block)


def check_archive(path: Path, name: str) -> None:
    """FileRefused unless this is a whole, unencrypted XLSX of bearable size; unpacks piece by piece, keeping nothing."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, struct.error, OSError, ValueError):
        raise FileRefused(f"Buku kerja {name} terpotong atau rusak; kirim ulang dari berkas aslinya.") from None
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names:
        raise FileRefused(f"{name} bukan buku kerja XLSX; kirim sebagai CSV atau XLSX.")
    if any(member.flag_bits & 1 for member in members):
        raise FileRefused(f"{name} terkunci kata sandi; simpan tanpa kata sandi lalu kirim ulang.")
    if len(members) > MAX_ARCHIVE_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise FileRefused(_bomb(name))
    _measure(path, members, name)


def open_sheets(path: Path, name: str) -> list[WorkbookSheet]:
    """The worksheets in workbook order; FileRefused when the workbook is encrypted or damaged."""
    try:
        book = calamine.CalamineWorkbook.from_path(path)
        return [
            WorkbookSheet(
                found.name, found.visible == calamine.SheetVisibleEnum.Visible, book.get_sheet_by_name(found.name)
            )
            for found in book.sheets_metadata
            if found.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    except calamine.PasswordError:
        raise FileRefused(f"{name} terkunci kata sandi; simpan tanpa kata sandi lalu kirim ulang.") from None
    except (calamine.CalamineError, OSError, ValueError):
        raise FileRefused(f"Buku kerja {name} rusak; buka di Excel, simpan ulang, lalu kirim.") from None


def _measure(path: Path, members: list[zipfile.ZipInfo], name: str) -> None:
    """Add up what really comes out, since sizes in an archive's directory can lie, and how large the sheets claim to be."""
    unpacked = claimed_cells = cells = longest_text = 0
    with path.open("rb") as file:
        for member in members:
            extent = SheetExtent()
            longest = LongestSharedString()
            for piece in _unpack(file, member, name):
                unpacked += len(piece)
                if unpacked > MAX_UNPACKED_BYTES or (
                    unpacked > RATIO_FREE_BYTES and unpacked > MAX_UNPACKED_RATIO * file.tell()
                ):
                    raise FileRefused(_bomb(name))
                if member.filename.startswith("xl/worksheets/"):
                    extent.see(piece)
                elif member.filename == "xl/sharedStrings.xml":
                    longest.see(piece)
            claimed_cells += extent.claimed_cells
            cells += extent.cells
            longest_text = max(longest_text, longest.longest_bytes)
    if claimed_cells > MAX_CELLS or cells * longest_text > MAX_TEXT_BYTES * 100:
        raise FileRefused(_bomb(name))


def _bomb(name: str) -> str:
    return f"Isi buku kerja {name} terlalu besar setelah dibuka; pecah menjadi beberapa berkas atau kirim sebagai CSV."


class SheetExtent:
    """The rectangle that the cell references of a sheet span."""

    def __init__(self) -> None:
        self.rows = self.columns = self.cells = 0
        self._rest = b""

    def see(self, piece: bytes) -> None:
        whole, bracket, tail = (self._rest + piece).rpartition(b"<")
        self._rest = bracket + tail
        references = CELL_REFERENCE.findall(whole)
        if references:
            self.cells += len(references)
            self.rows = max(self.rows, max(int(digits) for _, digits in references[-1:]), self._highest(references))
            self.columns = max(self.columns, max(map(_column_number, {letters for letters, _ in references})))

    @staticmethod
    def _highest(references: list[tuple[bytes, bytes]]) -> int:
        # As text, the longest digits are the largest number: one pass without a conversion a cell.
        return int(max({digits for _, digits in references}, key=lambda digits: (len(digits), digits)))

    @property
    def claimed_cells(self) -> int:
        return self.rows * self.columns


class LongestSharedString:
    """The longest entry of the table of shared strings, in bytes of XML."""

    def __init__(self) -> None:
        self.longest_bytes = 0
        self._rest = b""

    def see(self, piece: bytes) -> None:
        text = self._rest + piece
        cut = text.rfind(b"<si")
        whole, self._rest = (text[:cut], text[cut:]) if cut > 0 else (b"", text)
        self.longest_bytes = max(self.longest_bytes, len(self._rest), *map(len, whole.split(b"<si")), 0)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number


def _unpack(file, member: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    damaged = FileRefused(f"Buku kerja {name} terpotong atau rusak; kirim ulang dari berkas aslinya.")
    file.seek(member.header_offset)
    header = file.read(30)
    if len(header) < 30:
        raise damaged
    file.seek(sum(LOCAL_HEADER.unpack(header)), 1)
    if member.compress_type == zipfile.ZIP_STORED:
        left = member.compress_size
        while left > 0 and (piece := file.read(min(left, READ_BYTES))):
            left -= len(piece)
            yield piece
        if left:
            raise damaged
        return
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise damaged
    inflate, left = zlib.decompressobj(-zlib.MAX_WBITS), member.compress_size
    try:
        while not inflate.eof:
            packed = inflate.unconsumed_tail or file.read(min(left, READ_BYTES))
            if not packed:
                raise damaged
            if not inflate.unconsumed_tail:
                left -= len(packed)
            yield inflate.decompress(packed, READ_BYTES)
    except zlib.error:
        raise damaged from None
