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
LONG_TEXT_BYTES = 1_000
SHEETS_FOLDER = "xl/worksheets/"
SHARED_STRINGS = "xl/sharedStrings.xml"
CELL_REFERENCE = re.compile(rb"\br\s*=\s*[\"']\s*([A-Za-z]*)(\d+)")
SHARED_TEXT = re.compile(rb"<v>(\d+)</v>")


@dataclass(frozen=True)
class WorkbookSheet:
    """One worksheet. Cells are text, or numbers, dates and booleans as the workbook typed them; '' is blank."""

    name: str
    visible: bool
    cells: calamine.CalamineSheet

    def head(self, rows: int) -> list[Sequence[Any]]:
        return list(itertools.islice(self.cells.iter_rows(), rows))

    def blocks(self, first_row: int, block_rows: int) -> Iterator[tuple[Sequence[int], list[Any]]]:
        rows = self.cells.iter_rows()
        number = first_row + sum(1 for _ in itertools.islice(rows, first_row - 1)) - (first_row - 1)
        while block := list(itertools.islice(rows, block_rows)):
            yield range(number, number + len(block)), block
            number += len(block)


def check_archive(path: Path, name: str) -> None:
    """FileRefused unless this is a whole, unencrypted XLSX of bearable size; unpacked piece by piece, nothing kept."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, struct.error, OSError, ValueError, NotImplementedError):
        raise FileRefused(_damaged(name)) from None
    if "xl/workbook.xml" not in {member.filename for member in members}:
        raise FileRefused(f"{name} bukan buku kerja XLSX; kirim sebagai CSV atau XLSX.")
    if any(member.flag_bits & 1 for member in members):
        raise FileRefused(f"{name} terkunci kata sandi; simpan tanpa kata sandi lalu kirim ulang.")
    if len(members) > MAX_ARCHIVE_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise FileRefused(_too_large(name))
    # Sheets come last: what their cells repeat must be known by then.
    members.sort(key=lambda member: member.filename.startswith(SHEETS_FOLDER))
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
    """Add up what really comes out (sizes in an archive's directory can lie) and what the sheets would make of it."""
    unpacked = packed = 0
    claim = _Claim()
    with path.open("rb") as file:
        for member in members:
            packed += member.compress_size
            for piece in _unpack(file, member, name):
                unpacked += len(piece)
                if unpacked > max(RATIO_FREE_BYTES, MAX_UNPACKED_RATIO * packed) or unpacked > MAX_UNPACKED_BYTES:
                    raise FileRefused(_too_large(name))
                claim.see(member.filename, piece)
            claim.end_member(member.filename)
    if claim.cells > MAX_CELLS or claim.text_bytes > MAX_TEXT_BYTES:
        raise FileRefused(_too_large(name))


class _Claim:
    """What a reader would have to hold: the rectangles that cell references span, and repeated long texts."""

    def __init__(self) -> None:
        self.cells = self.text_bytes = 0
        self._rows = self._columns = self._elements = 0
        self._long_texts: dict[bytes, int] = {}
        self._texts_seen = 0
        self._rest = b""

    def see(self, member: str, piece: bytes) -> None:
        if member.startswith(SHEETS_FOLDER):
            self._see_cells(self._whole(piece, b"<c"))
        elif member == SHARED_STRINGS:
            self._see_texts(self._whole(piece, b"<si"))

    def end_member(self, member: str) -> None:
        rest, self._rest = self._rest, b""
        if member == SHARED_STRINGS:
            self._see_texts(rest)
        else:
            self._see_cells(rest)
        self.cells += max(self._rows * self._columns, self._elements)
        self._rows = self._columns = self._elements = 0

    def _whole(self, piece: bytes, start: bytes) -> bytes:
        """What is complete so far: an element may straddle two pieces, and comes with the next one."""
        text = self._rest + piece
        cut = text.rfind(start)
        whole, self._rest = (text[:cut], text[cut:]) if cut > 0 and len(text) - cut < READ_BYTES else (text, b"")
        return whole

    def _see_cells(self, xml: bytes) -> None:
        self._elements += xml.count(b"<c")
        references = CELL_REFERENCE.findall(xml)
        if not references:
            return
        # Of digits without leading zeros the longest, then the last in order, are the largest number.
        rows = {digits.lstrip(b"0") for _, digits in references}
        self._rows = max(self._rows, int(max(rows, key=lambda digits: (len(digits), digits))[:9] or 0))
        self._columns = max(self._columns, *(_column_number(letters) for letters in {found[0] for found in references}))
        if self._long_texts:
            self.text_bytes += sum(self._long_texts.get(index, 0) for index in SHARED_TEXT.findall(xml))

    def _see_texts(self, xml: bytes) -> None:
        _, *texts = xml.split(b"<si")
        for text in texts:
            if len(text) > LONG_TEXT_BYTES:
                self._long_texts[str(self._texts_seen).encode()] = len(text)
            self._texts_seen += 1


def _damaged(name: str) -> str:
    return f"Buku kerja {name} terpotong atau rusak; kirim ulang dari berkas aslinya."


def _too_large(name: str) -> str:
    return f"Isi buku kerja {name} terlalu besar setelah dibuka; pecah menjadi beberapa berkas atau kirim sebagai CSV."


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number


def _unpack(file, member: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """The bytes of one archive member in pieces of at most READ_BYTES, by what is there, not by what is declared."""
    damaged = FileRefused(_damaged(name))
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
