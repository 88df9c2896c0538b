"""Meeting packs: what one was asked for, and the files kept of it, each by its hash and named by the journal.

A pack is kept whole or not at all: its files are on the disk before the entry that names them, and what a killed
making left is removed by the next one. Nothing that an entry names is ever changed or removed.
"""

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from filelock import FileLock, Timeout

from data import journal
from data.access import EVERYTHING, Grant, Reader
from data.backup import open_private, sync_folder
from data.cases import SHORT, clean, could_be_nik
from data.editions import current_edition
from data.errors import CakupanError, HomeBusy, obstacle
from data.home import Home
from data.journal import Entry

Audience = Literal["pimpinan", "cabang", "opd", "inspektorat"]
AUDIENCES: tuple[Audience, ...] = ("pimpinan", "cabang", "opd", "inspektorat")
FORMATS = ("xlsx", "pptx", "docx", "pdf", "png", "zip")
MOST_BYTES = 100_000_000  # of one pack; a hundred thousand projects take fifteen million
WAIT_SECONDS = 60
LONGEST_NAME = 60
UNFINISHED = ".sedang-dibuat.json"  # names the files of a pack whose entry is not yet written


@dataclass(frozen=True)
class PackRequest:
    """A meeting and the screen's scope. Packs of one `meeting` and scope are a series.

    `sections` are codes of ui.pack.SECTIONS in their order; empty: those of the audience. `compared` and `vintage` are
    those of the screen, None: as the screen chooses. `place` is a Kemendagri code, branch:CODE or group:CODE.
    """

    meeting: str
    day: date
    audience: Audience
    month: date
    place: str
    owner: str | None = None
    fund: str | None = None
    sector: str = "konstruksi"
    compared: date | None = None
    vintage: str | None = None
    sections: tuple[str, ...] = ()
    language: Literal["id", "en"] = "id"

    @property
    def series(self) -> tuple[str | None, ...]:
        """Equal for the packs of one meeting and scope, also where the name is written in capitals."""
        return self.meeting.casefold(), self.place, self.owner, self.fund, self.sector


class KeptFile(msgspec.Struct, frozen=True):
    """One file of a pack. `rows` are the lines of all its tables."""

    format: str
    bytes: int
    sha256: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]


class PackFacts(msgspec.Struct, frozen=True):
    """What was found out when a pack was made.

    `casework` is the number of the journal's last entry that it was made with, `since` that of the pack it begins
    with. `areas` and `owners` are a grant that shows all of it; None: all of them.
    """

    edition: int
    demo: bool
    content_hash: str
    casework: int
    sections: tuple[str, ...]
    rows: int = 0
    since: int | None = None
    areas: tuple[str, ...] | None = None
    owners: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Kept:
    """A pack that is kept; `number` is that of its entry in the journal, `at` UTC."""

    number: int
    at: datetime
    who: str
    is_authenticated: bool
    request: PackRequest
    facts: PackFacts
    files: tuple[KeptFile, ...]

    def file(self, format_: str) -> KeptFile | None:
        """The pack's file of this format, None where it was not made."""
        return next((file for file in self.files if file.format == format_), None)


def keep(home: Home, reader: Reader, request: PackRequest, files: Mapping[str, bytes], facts: PackFacts) -> Kept:
    """Put the files of a pack (by format) on the disk, then into the journal.

    The same files for the same request are kept once. CakupanError, and nothing is kept, where they are too large,
    the disk is full or the journal cannot be written.
    """
    raise NotImplementedError


def packs_of(home: Home, grant: Grant) -> list[Kept]:
    """The packs that this grant shows wholly, newest first; on demonstration data those of demonstrations only."""
    raise NotImplementedError


def find(home: Home, grant: Grant, number: int) -> Kept:
    """The pack of this entry. CakupanError alike for one that is not there and one that may not be seen."""
    raise NotImplementedError


def read(home: Home, reader: Reader, sha256: str) -> bytes:
    """A file of a pack as it was made. CakupanError where there is none, or none that this reader may see."""
    raise NotImplementedError


def last_of_series(home: Home, grant: Grant, request: PackRequest) -> Kept | None:
    """The pack of the meeting before this one: same name and scope, the latest day before this one's."""
    raise NotImplementedError


def checked(request: PackRequest) -> PackRequest:
    """The request with its meeting's name as it is kept. CakupanError for a name that is empty, too long or a NIK."""
    raise NotImplementedError


def file_stem(request: PackRequest, *, is_demo: bool) -> str:
    """How the files of a pack are called without their ending: ASCII that every system takes."""
    raise NotImplementedError
