"""From a delivered file to sheets of cells; every way in which a whole file cannot be read is refused here."""

import csv
import hashlib
import io
import itertools
import os
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from data.errors import FileRefused
from data.importers import workbook
from data.importers.masking import masked
from data.importers.percents import as_shown
from data.importers.unsaid import NOTHING, Unsaid, unsaid_of

MAX_FILE_BYTES = 2 << 30
MAX_FILE_NAME_BYTES = 255  # as many as a file system takes
KEPT_ENDING_BYTES = 60
HEAD_ROWS = 40  # as far down as a header is looked for
BLOCK_ROWS = 20_000  # larger blocks only cost memory
READ_BYTES = 1 << 20
DELIMITERS = (",", ";", "\t")
WORKBOOK_START = b"PK\x03\x04"
OLE_START = b"\xd0\xcf\x11\xe0"
FOREIGN_STARTS = {
    b"%PDF": "PDF",
    b"\x89PNG": "gambar",
    b"\xff\xd8\xff": "gambar",
    b"GIF8": "gambar",
    b"\x1f\x8b": "arsip gzip",
    b"Rar!": "arsip RAR",
    b"7z\xbc\xaf": "arsip 7z",
    b"PK\x05\x06": "arsip ZIP kosong",
    b"SQLite format 3": "basis data",
    b"{": "JSON",
    b"[": "JSON",
    b"<": "HTML atau XML",
}
UTF16_STARTS = (b"\xff\xfe", b"\xfe\xff")

Block = tuple[Sequence[int], list[Any]]
OpenText = Callable[[], TextIO]


@dataclass(frozen=True)
class Sheet:
    """A table of cells; its name is '' in a CSV.

    head: the first rows. blocks(n): physical row numbers and rows, from the n-th row on. unsaid: what a workbook hides.
    """

    name: str
    visible: bool
    head: Sequence[Sequence[Any]]
    blocks: Callable[[int], Iterator[Block]]
    is_workbook: bool
    unsaid: Unsaid = NOTHING


@dataclass(frozen=True)
class Original:
    """A file as it was sent."""

    path: Path
    sha256: str


@dataclass(frozen=True)
class DeliveredFile:
    """A file that can be read, or several that make one delivery. sheets: of a CSV, the same cut at each delimiter.

    originals: the files of a delivery of several. data_as_of: the position that they state themselves.
    """

    path: Path
    name: str
    sha256: str
    size_bytes: int
    sheets: list[Sheet]
    is_workbook: bool
    originals: tuple[Original, ...] = ()
    data_as_of: date | None = None


def shown_name(path: Path) -> str:
    """The base name fit for a message, a log and the ledger: no control characters, no NIK or KPJ, not too long."""
    name = os.fsencode(path.name).decode("utf-8", "replace")
    kept = "".join(char for char in name if unicodedata.category(char)[0] != "C")
    return fitted_name(masked(kept), MAX_FILE_NAME_BYTES) or "tanpa nama"


def fitted_name(name: str, most_bytes: int) -> str:
    """The name, or its beginning and its end, where versions of a file differ and its kind is told."""
    content = name.encode()
    if len(content) <= most_bytes:
        return name
    beginning = content[: most_bytes - KEPT_ENDING_BYTES - len("…".encode())]
    return "…".join(part.decode("utf-8", "ignore") for part in (beginning, content[-KEPT_ENDING_BYTES:]))


def open_file(path: Path) -> DeliveredFile:
    """Read what kind of file it is and its first rows; FileRefused with one sentence when it cannot be a delivery."""
    name = shown_name(path)
    size_bytes, start = _size_and_start(path, name)
    if start.startswith(OLE_START):
        raise FileRefused(_refusal_of_ole(path, name))
    if start.startswith(WORKBOOK_START):
        workbook.check_archive(path, name)
        return DeliveredFile(path, name, sha256_of(path), size_bytes, _workbook_sheets(path, name), is_workbook=True)
    _refuse_foreign(start, name)
    sha256 = _sha256_of_utf8(path, name)
    sheets = _csv_sheets(lambda: path.open(encoding="utf-8-sig", newline=""), name)
    if sheets and not any(any(cell.strip() for cell in row) for sheet in sheets for row in sheet.head):
        raise FileRefused(f"Berkas {name} tidak berisi apa pun; kirim ulang berkas yang berisi.")
    if not sheets:
        raise FileRefused(
            f"Tanda kutip di baris-baris awal {name} tidak berpasangan atau satu selnya terlalu panjang; perbaiki lalu "
            "kirim ulang."
        )
    return DeliveredFile(path, name, sha256, size_bytes, sheets, is_workbook=False)


def open_kept(original: bytes, name: str) -> DeliveredFile:
    """A file that was imported before, from memory: on a disk it would lie in clear. Its form is not judged again."""
    is_workbook = original.startswith(WORKBOOK_START)
    if is_workbook:
        sheets = _workbook_sheets(io.BytesIO(original), name)
    else:
        sheets = _csv_sheets(lambda: io.TextIOWrapper(io.BytesIO(original), encoding="utf-8-sig", newline=""), name)
    digest = hashlib.sha256(original).hexdigest()
    return DeliveredFile(Path(name), name, digest, len(original), sheets, is_workbook=is_workbook)


def _workbook_sheets(source: Path | BinaryIO, name: str) -> list[Sheet]:
    unsaid = unsaid_of(source, name)
    return [_workbook_sheet(found, unsaid.get(found.name, NOTHING)) for found in workbook.open_sheets(source, name)]


def _workbook_sheet(found: workbook.WorkbookSheet, unsaid: Unsaid) -> Sheet:
    # A blank cell left of the table may be shown as a percentage too: it stands in no row.
    first = found.first_column
    percents = {column - first: rows for column, rows in unsaid.percents.items() if column >= first}

    def blocks(first_row: int) -> Iterator[Block]:
        for numbers, rows in found.blocks(first_row, BLOCK_ROWS):
            yield numbers, as_shown(rows, numbers[0], percents)

    head = as_shown(found.head(HEAD_ROWS), 1, percents)
    return Sheet(found.name, found.visible, head, blocks, is_workbook=True, unsaid=unsaid)


def _csv_sheets(open_text: OpenText, name: str) -> list[Sheet]:
    """The file cut at each delimiter with which its first rows can be read."""
    return [sheet for delimiter in DELIMITERS if (sheet := _csv_sheet(open_text, name, delimiter))]


def _size_and_start(path: Path, name: str) -> tuple[int, bytes]:
    try:
        if path.is_dir():
            raise FileRefused(f"{name} adalah folder; sebutkan berkas CSV atau XLSX di dalamnya.")
        if not path.is_file():
            raise FileRefused(f"Berkas {name} tidak ada; periksa letak dan namanya.")
        size_bytes = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(64)
    except OSError as unreadable:
        raise FileRefused(f"Berkas {name} tidak dapat dibuka; periksa nama dan izin bacanya.") from unreadable
    if size_bytes == 0:
        raise FileRefused(f"Berkas {name} kosong (0 byte); kirim ulang berkas yang berisi.")
    if size_bytes > MAX_FILE_BYTES:
        megabytes, most = size_bytes >> 20, MAX_FILE_BYTES >> 20
        raise FileRefused(f"Berkas {name} terlalu besar ({megabytes} MB); pecah di bawah {most} MB.")
    return size_bytes, start


def _refusal_of_ole(path: Path, name: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        return f"{name} terkunci kata sandi; simpan tanpa kata sandi lalu kirim ulang."
    return f"{name} berformat Excel lama (.xls); simpan sebagai .xlsx atau CSV lalu kirim ulang."


def _refuse_foreign(start: bytes, name: str) -> None:
    if start.startswith(UTF16_STARTS):
        raise FileRefused(f"{name} bersandi UTF-16; simpan sebagai CSV UTF-8 lalu kirim ulang.")
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    for foreign, what in FOREIGN_STARTS.items():
        if text.startswith(foreign):
            raise FileRefused(f"{name} bukan CSV atau XLSX melainkan {what}; kirim sebagai CSV atau XLSX.")


def sha256_of(path: Path) -> str:
    """The hexadecimal SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sha256_of_utf8(path: Path, name: str) -> str:
    """The file's hash, after a look at every byte of it: a wrong encoding is told before anything is staged."""
    digest, row, rest = hashlib.sha256(), 1, b""
    with path.open("rb") as file:
        while chunk := file.read(READ_BYTES):
            digest.update(chunk)
            if b"\0" in chunk:
                raise FileRefused(f"{name} berisi byte NUL, jadi bukan CSV UTF-8; simpan ulang sebagai CSV UTF-8.")
            # Cut at the last line end: a character never straddles it in UTF-8.
            whole, newline, tail = (rest + chunk).rpartition(b"\n")
            _refuse_other_encoding(whole, name, row)
            row, rest = row + whole.count(b"\n") + len(newline), tail
    _refuse_other_encoding(rest, name, row)
    return digest.hexdigest()


def _refuse_other_encoding(lines: bytes, name: str, row: int) -> None:
    try:
        lines.decode("utf-8")
    except UnicodeDecodeError as wrong:
        row += lines.count(b"\n", 0, wrong.start)
        raise FileRefused(f"Baris {row} dari {name} bukan UTF-8; simpan ulang sebagai CSV UTF-8.") from None


def _csv_sheet(open_text: OpenText, name: str, delimiter: str) -> Sheet | None:
    """The file cut at this delimiter; None when quotes show in its first row that it is another one.

    The first rows end where a quote has no other: reading on says so, if the file is cut here."""
    head: list[list[str]] = []
    try:
        with open_text() as file:
            for row in itertools.islice(csv.reader(file, delimiter=delimiter, strict=True), HEAD_ROWS):
                head.append(row)  # noqa: PERF402 - what was read before a fault stays
    except csv.Error:
        if not head:
            return None
    return Sheet("", True, head, lambda first: _csv_blocks(open_text, name, delimiter, first), is_workbook=False)


def _csv_blocks(open_text: OpenText, name: str, delimiter: str, first_row: int) -> Iterator[Block]:
    with open_text() as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        above = first_row - 1
        while True:
            line = reader.line_num
            try:
                rows = list(itertools.islice(reader, BLOCK_ROWS))
            except csv.Error as broken:
                raise FileRefused(_refusal_of_csv(broken, name, reader.line_num)) from None
            if not rows:
                return
            numbers = _row_numbers(rows, line, reader.line_num)
            # As `head` counts them, not by line numbers: a title may hold line breaks.
            skipped = min(above, len(rows))
            above -= skipped
            if skipped < len(rows):
                yield numbers[skipped:], rows[skipped:]


def _row_numbers(rows: list[list[str]], line: int, last_line: int) -> Sequence[int]:
    """The physical line each record begins on; a quoted cell may hold line breaks."""
    if last_line - line == len(rows):
        return range(line + 1, last_line + 1)
    breaks = (sum(cell.count("\n") + cell.count("\r") - cell.count("\r\n") for cell in row) for row in rows)
    starts = itertools.accumulate((1 + count for count in breaks), initial=line + 1)
    return list(itertools.islice(starts, len(rows)))


def _refusal_of_csv(broken: csv.Error, name: str, line: int) -> str:
    if "field larger" in str(broken):
        return f"Satu sel sebelum baris {line} dari {name} terlalu panjang; periksa tanda kutip yang tidak ditutup."
    return f"Tanda kutip sampai baris {line} dari {name} tidak berpasangan; perbaiki lalu kirim ulang."
