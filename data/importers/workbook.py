"""XLSX workbooks: what may be unpacked at all, and their sheets as rows of typed cells."""

import itertools
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

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
# What a member of the archive is, shows in it and not in its name: relationships may put a sheet anywhere, names differ
# in case, and an element may carry a prefix.
SHEET_MARK = b"sheetData"
TEXT_START = re.compile(rb"<(?:[^\s<>/:]+:)?si[\s/>]")
CELL_REFERENCE = re.compile(rb"\br\s*=\s*[\"']\s*([A-Za-z]*)(\d+)")
# The reader takes memory for as many as is declared, and the process dies when there is none.
DECLARED_COUNT = re.compile(rb"(?:\bc|uniqueC)ount\s*=\s*[\"']\s*(\d+)")
SHARED_TEXT = re.compile(rb"<(?:[^\s<>/:]+:)?v(?:\s[^<>]*)?>\s*(\d+)")


@dataclass(frozen=True)
class WorkbookSheet:
    """One worksheet. Cells are text, or numbers, dates and booleans as the workbook typed them; '' is blank."""

    name: str
    visible: bool
    cells: calamine.CalamineSheet

    @property
    def first_column(self) -> int:
        """That of the first cell of its rows: blank columns on the left are left out, blank rows above are not."""
        return self.cells.start[1] if self.cells.start else 0

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
        raise FileRefused(too_large(name))
    _measure(path, members, name)


def open_sheets(source: Path | BinaryIO, name: str) -> list[WorkbookSheet]:
    """The worksheets in workbook order; FileRefused when the workbook is encrypted or damaged."""
    try:
        if not isinstance(source, Path):
            source.seek(0)
        book = calamine.CalamineWorkbook.from_object(source)
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
    sheets = []
    with path.open("rb") as file:
        for member in members:
            packed += member.compress_size
            for piece in unpack(file, member, name):
                unpacked += len(piece)
                if unpacked > max(RATIO_FREE_BYTES, MAX_UNPACKED_RATIO * packed) or unpacked > MAX_UNPACKED_BYTES:
                    raise FileRefused(too_large(name))
                claim.see(piece)
            if claim.end_member():
                sheets.append(member)
        if (
            claim.declared > MAX_CELLS
            or claim.cells > MAX_CELLS
            or _text_bytes(file, sheets, claim.long_texts, name) > MAX_TEXT_BYTES
        ):
            raise FileRefused(too_large(name))


def _text_bytes(file, sheets: list[zipfile.ZipInfo], long_texts: dict[bytes, int], name: str) -> int:
    """Bytes of the long shared texts, as often as cells repeat them. The sheets are read once more, when there are any
    long texts: the archive may hold the texts behind the sheets."""
    text_bytes = 0
    for member in sheets if long_texts else []:
        rest = b""
        for piece in unpack(file, member, name):
            whole, rest = _cut(rest + piece, (rest + piece).rfind(b"<"))
            text_bytes += sum(long_texts.get(index, 0) for index in SHARED_TEXT.findall(whole))
        text_bytes += sum(long_texts.get(index, 0) for index in SHARED_TEXT.findall(rest))
    return text_bytes


class _Claim:
    """What a reader would have to hold: the rectangles that cell references span, and long texts by their index."""

    def __init__(self) -> None:
        self.cells = self.declared = 0
        self.long_texts: dict[bytes, int] = {}
        self._begin_member()

    def see(self, piece: bytes) -> None:
        text = self._rest + piece
        self._is_sheet = self._is_sheet or SHEET_MARK in text
        if self._is_sheet:
            whole, self._rest = _cut(text, text.rfind(b"<"))
            self._see_cells(whole)
        else:
            last_start = max(text.rfind(b"<si"), text.rfind(b":si"))
            whole, self._rest = _cut(text, text.rfind(b"<", 0, last_start + 1) if last_start > 0 else text.rfind(b"<"))
            self._see_texts(whole)

    def end_member(self) -> bool:
        """Whether the member was a sheet."""
        was_sheet = self._is_sheet
        if was_sheet:
            self._see_cells(self._rest)
        else:
            self._see_texts(self._rest)
        self.cells += max(self._rows * self._columns, self._elements)
        self._begin_member()
        return was_sheet

    def _begin_member(self) -> None:
        self._rows = self._columns = self._elements = self._texts_seen = 0
        self._is_sheet = False
        self._rest = b""

    def _see_counts(self, xml: bytes) -> None:
        if b"ount" in xml:
            # Twenty digits say enough; more are not made a number.
            self.declared = max(self.declared, *(int(found[:20]) for found in DECLARED_COUNT.findall(xml)), 0)

    def _see_cells(self, xml: bytes) -> None:
        self._see_counts(xml)
        self._elements += xml.count(b"<c")
        if b":c" in xml:
            self._elements += sum(map(xml.count, (b":c ", b":c>", b":c/")))
        references = CELL_REFERENCE.findall(xml)
        if not references:
            return
        # Of digits without leading zeros the longest, then the last in order, are the largest number.
        rows = {digits.lstrip(b"0") for _, digits in references}
        self._rows = max(self._rows, int(max(rows, key=lambda digits: (len(digits), digits))[:9] or 0))
        self._columns = max(self._columns, *(_column_number(letters) for letters in {found[0] for found in references}))

    def _see_texts(self, xml: bytes) -> None:
        self._see_counts(xml)
        _, *texts = TEXT_START.split(xml)
        for text in texts:
            if len(text) > LONG_TEXT_BYTES:
                index = str(self._texts_seen).encode()
                # Several members may pass for the shared texts; the longest of an index counts.
                self.long_texts[index] = max(self.long_texts.get(index, 0), len(text))
            self._texts_seen += 1


def _cut(text: bytes, at: int) -> tuple[bytes, bytes]:
    """What is complete of a text, and what comes with the next piece: an element may straddle two pieces."""
    return (text[:at], text[at:]) if at > 0 and len(text) - at < READ_BYTES else (text, b"")


def _damaged(name: str) -> str:
    return f"Buku kerja {name} terpotong atau rusak; kirim ulang dari berkas aslinya."


def too_large(name: str) -> str:
    return f"Isi buku kerja {name} terlalu besar setelah dibuka; pecah menjadi beberapa berkas atau kirim sebagai CSV."


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number


def _at_content(file: BinaryIO, member: zipfile.ZipInfo) -> bool:
    """Go to where a member's bytes begin; False when its header is not there."""
    if member.header_offset < 0:  # where the directory itself is damaged, its reader guesses where the archive begins
        return False
    file.seek(member.header_offset)
    header = file.read(30)
    if len(header) < 30:
        return False
    file.seek(sum(LOCAL_HEADER.unpack(header)), 1)
    return True


def unpack(file: BinaryIO, member: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """The bytes of one archive member in pieces of at most READ_BYTES, by what is there, not by what is declared."""
    damaged = FileRefused(_damaged(name))
    if not _at_content(file, member):
        raise damaged
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
