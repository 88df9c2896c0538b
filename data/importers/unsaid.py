"""What each sheet of a workbook does not say aloud: hidden rows and columns, which are read like all others, errors of
formulas, and formulas without a result, which are read as blank, and which numbers are shown as percentages. The sender
is told of the first three."""

import itertools
import posixpath
import re
import zipfile
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from lxml.etree import XMLParser, XMLSyntaxError, fromstring

from data.importers.percents import PercentCells, Percents, percent_styles
from data.importers.workbook import READ_BYTES, unpack

MAX_DIRECTORY_BYTES = 1 << 20  # of the member that lists the sheets
MAX_STYLES_BYTES = 8 << 20  # workbooks that were copied from for years hold thousands of formats
MAX_COLUMNS = 16_384
SHEET_TAG, RELATION_TAG = "{*}sheet", "{*}Relationship"
ROW_OR_COLUMN = re.compile(rb"<(?:[^\s<>/:]+:)?(row|col)\s([^<>]*)")
IS_HIDDEN = re.compile(rb"\b(?:hidden|zeroHeight)\s*=\s*[\"'](?:1|true)[\"']")
FIRST, LAST = re.compile(rb"\bmin\s*=\s*[\"'](\d{1,6})"), re.compile(rb"\bmax\s*=\s*[\"'](\d{1,6})")

STYLES = "/styles"  # how the type of that relationship ends
# As a program writes one that does not reckon; a spreadsheet keeps the result beside it, and of an empty text says so.
NO_RESULT = re.compile(
    rb"<(?:[^\s<>/:]+:)?c\s(?![^<>]*\bt\s*=\s*[\"']str)[^<>]*>\s*"
    rb"<(?:[^\s<>/:]+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:[^\s<>/:]+:)?f>)\s*"
    rb"(?:</(?:[^\s<>/:]+:)?c>|<(?:[^\s<>/:]+:)?v\s*(?:/>|>\s*</))"
)
IS_ERROR = re.compile(rb"<(?:[^\s<>/:]+:)?c\s[^<>]*?\bt\s*=\s*[\"']e[\"']")


@dataclass(frozen=True)
class Unsaid:
    """Of one sheet: how many rows and columns are hidden, how many cells hold an error such as #N/A, how many a formula
    without a result, and which cells are shown as percentages."""

    hidden_rows: int = 0
    hidden_columns: int = 0
    errors: int = 0
    unreckoned: int = 0
    percents: Percents = field(default_factory=dict, hash=False)


NOTHING = Unsaid()


def unsaid_of(source: Path | BinaryIO, name: str) -> dict[str, Unsaid]:
    """By the name of a sheet, of an archive that was checked; none of a sheet without any, nor of a workbook whose list
    of sheets cannot be understood: the reader of cells judges that."""
    opened = source.open("rb") if isinstance(source, Path) else nullcontext(source)
    with zipfile.ZipFile(source) as archive, opened as file:
        members = {member.filename: member for member in archive.infolist()}
        relations = _xml(file, members.get("xl/_rels/workbook.xml.rels"), name)
        if relations is None:
            return {}
        styles = _percent_styles(file, members, relations, name)
        found = {}
        for sheet, member_name in _members_of_sheets(file, members, relations, name).items():
            if member_name in members:
                counts = _counts(unpack(file, members[member_name], name), styles)
                if counts != NOTHING:
                    found[sheet] = counts
        return found


def _percent_styles(file: BinaryIO, members: dict[str, zipfile.ZipInfo], relations: Any, name: str) -> list[int]:
    targets = (found for found in relations.iter(RELATION_TAG) if found.get("Type", "").endswith(STYLES))
    styled = (members.get(_member(found.get("Target", ""))) for found in targets)
    styles = next((_xml(file, member, name, MAX_STYLES_BYTES) for member in styled), None)
    return [] if styles is None else percent_styles(styles)


def _member(target: str) -> str:
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _members_of_sheets(
    file: BinaryIO, members: dict[str, zipfile.ZipInfo], relations: Any, name: str
) -> dict[str, str]:
    """The archive's member of each sheet by its name, as the workbook and its relationships tell."""
    book = _xml(file, members.get("xl/workbook.xml"), name)
    if book is None:
        return {}
    targets = {found.get("Id"): found.get("Target", "") for found in relations.iter(RELATION_TAG)}
    return {
        sheet.get("name", ""): _member(targets[relation])
        for sheet in book.iter(SHEET_TAG)
        for attribute, relation in sheet.attrib.items()
        if attribute.endswith("}id") and relation in targets
    }


def _xml(file: BinaryIO, member: zipfile.ZipInfo | None, name: str, most_bytes: int = MAX_DIRECTORY_BYTES) -> Any:
    if member is None or member.file_size > most_bytes:
        return None
    # By what is there, as the archive was checked: its own reader stops at a checksum or a method that is not so.
    pieces = itertools.islice(unpack(file, member, name), most_bytes // READ_BYTES + 1)
    if len(text := b"".join(pieces)) > most_bytes:
        return None
    try:
        return fromstring(text, XMLParser(resolve_entities=False, no_network=True))
    except XMLSyntaxError:
        return None


def _counts(pieces: Iterable[bytes], styles: list[int]) -> Unsaid:
    rows = columns = errors = unreckoned = 0
    percents = PercentCells(styles)
    rest = b""
    for piece in itertools.chain(pieces, (b"<c",)):
        text = rest + piece
        # Where a cell begins, so that a formula and its result stay together.
        cut = max(text.rfind(b"<c"), text.rfind(b"<", 0, max(text.rfind(b":c"), 0)), 0)
        # An element longer than a piece is none of these; kept on, it would be copied and searched again and again.
        whole, rest = (text[:cut], text[cut:]) if len(text) - cut < READ_BYTES else (text, b"")
        if b"idden" in whole or b"zeroHeight" in whole:
            found = _hidden(whole)
            rows, columns = rows + found[0], columns + found[1]
        if b'e"' in whole or b"e'" in whole:
            errors += len(IS_ERROR.findall(whole))
        if b"f>" in whole:
            unreckoned += len(NO_RESULT.findall(whole))
        percents.see(whole)
    return Unsaid(rows, min(columns, MAX_COLUMNS), errors, unreckoned, percents.found)


def _hidden(xml: bytes) -> tuple[int, int]:
    rows = columns = 0
    for kind, attributes in ROW_OR_COLUMN.findall(xml):
        if not IS_HIDDEN.search(attributes):
            continue
        if kind == b"row":
            rows += 1
        else:
            first, last = FIRST.search(attributes), LAST.search(attributes)
            columns += max(0, int(last[1]) - int(first[1]) + 1) if first and last else 0
    return rows, columns
