"""Meeting packs: what one was asked for, and the files kept of it, each by its hash and named by the journal.

A pack is kept whole or not at all: its files are on the disk before the entry that names them, and what a killed
making left is removed by the next one. Nothing that an entry names is ever changed or removed.
"""

import hashlib
import json
import os
import re
import shutil
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Annotated, Any, Literal

import msgspec
from filelock import FileLock, Timeout

from data import journal
from data.access import Grant, Reader
from data.backup import open_private
from data.cases import MOST_YEARS, SHORT, clean, could_be_nik
from data.disk import sync
from data.editions import Edition, current_edition, open_edition
from data.errors import CakupanError, HomeBusy, obstacle
from data.home import Home
from data.journal import Entry
from data.pack_kinds import FORMATS, KEPT_NAME, Audience, Format, name_parts

MOST_BYTES = 100_000_000  # of one pack; a hundred thousand projects take fifteen million
# Room that stays free beside the packs, which are kept for good: whatever else is on that disk goes on working.
ROOM_LEFT_BYTES = 500_000_000
# What an account may add within a day, for the same reason: two dozen packs with a hundred thousand projects each, or
# hundreds without.
MOST_BYTES_IN_A_DAY = 500_000_000
WAIT_SECONDS = 60
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


@dataclass(frozen=True)
class KeptFile:
    """One file of a pack."""

    format: Format
    bytes: int
    sha256: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]


@dataclass(frozen=True)
class PackFacts:
    """What was found out when a pack was made.

    `casework` is the number of the journal's last entry that it was made with, `since` that of the pack it begins
    with. `rows` are the lines of all its tables. `areas` and `owners` are a grant that shows all of it; None: all.
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

    @property
    def of_what(self) -> tuple[Any, ...]:
        """Equal for packs that say the same to the same readers."""
        return self.edition, self.content_hash, self.areas, self.owners


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

    The same pack is kept once: asked for in another format it gets an entry that names the former files as well.
    CakupanError, and nothing is kept, where they are too large or too many for a day, the disk is full or the journal
    cannot be written.
    """
    made = {_described(format_, content): content for format_, content in files.items()}
    _refuse_large(sum(file.bytes for file in made))
    with _alone(home):
        _clear_left_overs(home)
        former = next((one for one in _all(home) if (one.request, one.facts.of_what) == (request, facts.of_what)), None)
        if former is not None and set(made) <= set(former.files):
            _store_all(home, made)  # what somebody took off the disk comes back
            (home.packs_dir / UNFINISHED).unlink(missing_ok=True)
            return former
        kept = former.files if former is not None else ()
        named = [*made, *(file for file in kept if file.format not in files)]
        named.sort(key=lambda file: FORMATS.index(file.format))
        _refuse_many(home, reader, made)
        try:
            _store_all(home, made)
            entry = journal.append(home, "pack", _told(request, facts, named), reader)
        except BaseException:
            # Where the journal cannot be read, the next making removes them.
            with suppress(CakupanError, OSError):
                _clear_left_overs(home)
            raise
        (home.packs_dir / UNFINISHED).unlink(missing_ok=True)
    return next(one for one in _all(home) if one.number == entry.number)


def packs_of(home: Home, grant: Grant) -> list[Kept]:
    """The packs that this grant shows wholly, newest first; on demonstration data those of demonstrations only."""
    newest: dict[tuple[Any, ...], Kept] = {}
    for one in _visible(home, grant):
        newest.setdefault((one.request, one.facts.of_what), one)
    return list(newest.values())


def find(home: Home, grant: Grant, number: int) -> Kept:
    """The pack of this entry. CakupanError alike for one that is not there and one that may not be seen."""
    for one in _visible(home, grant):
        if one.number == number:
            return one
    raise CakupanError(f"Bahan rapat entri {number} tidak ditemukan dalam lingkup akun ini; muat ulang halaman.")


def read(home: Home, reader: Reader, sha256: str) -> bytes:
    """A file of a pack as it was made. CakupanError where there is none, or none that this reader may see."""
    kept = (file for one in _visible(home, reader.grant) for file in one.files)
    file = next((file for file in kept if file.sha256 == sha256), None)
    if file is None:
        shown = clean(sha256, paragraph=False)[:12]
        raise CakupanError(f"Berkas bahan rapat '{shown}' tidak ditemukan dalam lingkup akun ini; muat ulang halaman.")
    path = _path(home, file)
    try:
        content = path.read_bytes()
    except OSError as hindered:
        raise CakupanError(
            f"Berkas {path.name} tidak terbaca ({obstacle(hindered)}); pulihkan dari cadangan."
        ) from hindered
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise CakupanError(f"Berkas {path.name} berubah sejak dibuat; pulihkan dari cadangan.")
    return content


def entries_of(home: Home, sha256: str) -> list[Entry]:
    """The entries that name a file by its hash, oldest first."""
    numbers = {one.number for one in _all(home) if any(file.sha256 == sha256 for file in one.files)}
    found = journal.entries(home, kind="pack", text=sha256, limit=-1) if numbers else []
    return [entry for entry in reversed(found) if entry.number in numbers]


def last_of_series(home: Home, grant: Grant, request: PackRequest) -> Kept | None:
    """The pack of the meeting before this one: same name and scope, the latest day before this one's."""
    earlier = (
        one for one in _visible(home, grant) if one.request.series == request.series and one.request.day < request.day
    )
    return max(earlier, key=lambda one: (one.request.day, one.number), default=None)


def clear_left_overs(home: Home) -> None:
    """Remove what a killed making left; HomeBusy where one is under way."""
    if (home.packs_dir / UNFINISHED).exists():
        with _alone(home):
            _clear_left_overs(home)


def export_facts(kept: Kept) -> dict[str, Any]:
    """What the journal says of a file of a pack that leaves, besides its name and hash."""
    request, facts = kept.request, kept.facts
    told = {
        "table": "pack",
        "pack": kept.number,
        "edition": facts.edition,
        "month": f"{request.month:%Y-%m}",
        "place": request.place,
        "owner": request.owner,
        "fund": request.fund,
        "sector": request.sector,
        "estimate": request.vintage,
        "rows": facts.rows,
        "content_hash": facts.content_hash,
    }
    return {name: value for name, value in told.items() if value is not None}


def checked(request: PackRequest, today: date) -> PackRequest:
    """The request with its meeting's name as it is kept; CakupanError says what may not stand."""
    meeting = clean(request.meeting, paragraph=False)
    if not meeting:
        raise CakupanError("Nama rapat belum diisi; isi dahulu.")
    if len(meeting) > SHORT:
        raise CakupanError(f"Nama rapat berisi {len(meeting)} huruf, paling banyak {SHORT}; ringkas.")
    if (found := could_be_nik(meeting)) is not None:
        raise CakupanError(
            f"Nama rapat memuat deretan 16 angka ({found[:4]}…) yang dapat berupa NIK; hapus, sebab data perorangan "
            "tidak dicatat di sini."
        )
    if abs(request.day.year - today.year) > MOST_YEARS:
        raise CakupanError(f"Tanggal rapat {request.day} terlalu jauh dari hari ini; periksa tahunnya.")
    return replace(request, meeting=meeting)


def file_stem(request: PackRequest, *, is_demo: bool) -> str:
    """How the files of a pack are called, without their ending: letters, digits and hyphens that every system takes."""
    demo = "DATA-CONTOH-" if is_demo else ""
    meeting, *scope = name_parts(request.meeting, request.place, request.owner, request.fund)
    return "-".join([f"{demo}cakupan", meeting, request.day.isoformat(), *scope])


def _described(format_: str, content: bytes) -> KeptFile:
    assert format_ in FORMATS, format_
    return KeptFile(format_, len(content), hashlib.sha256(content).hexdigest())


def _refuse_large(size: int) -> None:
    if size > MOST_BYTES:
        raise CakupanError(
            f"Bahan rapat ini {size // 10**6} MB, paling besar {MOST_BYTES // 10**6} MB; persempit lingkupnya atau "
            "lepas bagian daftar proyek."
        )


def _refuse_many(home: Home, reader: Reader, made: Iterable[KeptFile]) -> None:
    """Who signs in may press as often as he likes, and nobody can remove what came of it. The shell may do both."""
    if not reader.is_authenticated:
        return
    day_ago = datetime.now(UTC) - timedelta(days=1)
    own = (one for one in _all(home) if one.is_authenticated and one.who == reader.name and one.at > day_ago)
    sizes = {file.sha256: file.bytes for one in own for file in one.files} | {file.sha256: file.bytes for file in made}
    if sum(sizes.values()) > MOST_BYTES_IN_A_DAY:
        raise CakupanError(
            f"Bahan rapat akun ini dalam 24 jam melebihi {MOST_BYTES_IN_A_DAY // 10**6} MB, jadi tidak disimpan; "
            "lepas bagian daftar proyek, atau lanjutkan besok."
        )


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """Nobody else keeps a pack meanwhile. HomeBusy when somebody is not through in time."""
    try:
        home.packs_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = FileLock(home.packs_dir / ".lock")
        lock.acquire(timeout=WAIT_SECONDS)
    except Timeout as busy:
        raise HomeBusy("Bahan rapat lain sedang disimpan; coba lagi sebentar lagi.") from busy
    except OSError as hindered:
        raise _unwritable(hindered) from hindered
    try:
        yield
    finally:
        lock.release()


def _unwritable(hindered: OSError) -> CakupanError:
    return CakupanError(
        f"Bahan rapat tidak dapat disimpan ({obstacle(hindered)}), jadi tidak dibuat; hubungi pengelola."
    )


def _refuse_without_room(home: Home, size: int) -> None:
    free = shutil.disk_usage(home.root).free
    if free < size + ROOM_LEFT_BYTES:
        raise CakupanError(
            f"Cakram tinggal memuat {free // 10**6} MB, jadi bahan rapat ini tidak disimpan; minta pengelola "
            "mengosongkannya dahulu."
        )


def _store_all(home: Home, made: Mapping[KeptFile, bytes]) -> None:
    """First a note of which files are to come: an unnamed file that the note does not name is nobody's to remove."""
    new = {_path(home, file): content for file, content in made.items() if not _is_stored(home, file)}
    if not new:
        return
    _refuse_without_room(home, sum(map(len, new.values())))
    try:
        _write(home.packs_dir / UNFINISHED, json.dumps([path.name for path in new]).encode())
        sync(home.packs_dir)
        for path, content in new.items():
            _write(path, content)
        sync(home.packs_dir)
        sync(home.root)
    except OSError as full:
        raise _unwritable(full) from full


def _is_stored(home: Home, file: KeptFile) -> bool:
    try:
        return hashlib.sha256(_path(home, file).read_bytes()).hexdigest() == file.sha256
    except OSError:
        return False


def _write(path: Path, content: bytes) -> None:
    """On the disk under its name, or not at all."""
    unfinished = path.with_name(f".{path.name.removeprefix('.')}.new")
    unfinished.unlink(missing_ok=True)
    with open_private(unfinished) as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    unfinished.replace(path)


def _clear_left_overs(home: Home) -> None:
    """Of the files that a killed making had noted, those go that no entry names. The caller is alone here."""
    for unfinished in home.packs_dir.glob(".*.new"):
        unfinished.unlink()
    note = home.packs_dir / UNFINISHED
    if not note.exists():
        return
    named = _named(home)
    for name in json.loads(note.read_bytes()):
        if KEPT_NAME.fullmatch(name) and name.partition(".")[0] not in named:
            (home.packs_dir / name).unlink(missing_ok=True)
    note.unlink()


def _named(home: Home) -> set[str]:
    """The hashes that any entry names, also one this program cannot read. JournalUnusable: nothing may be concluded."""
    rows = journal.rows_after(home, 0, ("pack",))
    return {found for row in rows for found in re.findall(r'"sha256":"([0-9a-f]{64})"', row["facts"])}


def _path(home: Home, file: KeptFile) -> Path:
    return home.packs_dir / f"{file.sha256}.{file.format}"


def _visible(home: Home, grant: Grant) -> list[Kept]:
    edition = current_edition(home, grant)
    if edition is None:
        return []
    is_demo = edition.meta["demo"] == "1"
    return [one for one in _all(home) if one.facts.demo == is_demo and _shows(home, edition, one)]


def _shows(home: Home, edition: Edition, one: Kept) -> bool:
    """Whether all of it may be seen: what it is of, and what it says beside that."""
    facts, request, grant = one.facts, one.request, edition.grant
    if grant.owners is not None:
        told = None if facts.owners is None or request.owner is None else {request.owner, *facts.owners}
        if told is None or not {edition.owner_name(owner) for owner in told} <= grant.owners:
            return False
    if grant.areas is None:
        return True
    named = None if facts.areas is None else {request.place, *facts.areas}
    return named is not None and named <= edition.visible_places and named <= _visible_then(home, grant, facts.edition)


def _visible_then(home: Home, grant: Grant, edition: int) -> frozenset[str]:
    """A branch or group may have had other members in the edition that the pack was made from."""
    try:
        return open_edition(home, edition, grant).visible_places
    except CakupanError:
        return frozenset()


@dataclass(frozen=True)
class _Known:
    """The packs of one home, newest first, as far as the journal was read: up to the entry of this number and hash."""

    head: tuple[int, str]
    packs: tuple[Kept, ...]


_known: dict[Path, _Known] = {}
_reading = Lock()


def _all(home: Home) -> tuple[Kept, ...]:
    """Everybody's packs, newest first; only what was added since is read."""
    head = journal.head(home)
    with _reading:
        known = _known.get(home.root)
        if known is None or known.head != head:
            known = _known[home.root] = _grown(home, known, head)
        return known.packs


def _grown(home: Home, known: _Known | None, head: tuple[int, str]) -> _Known:
    # A journal that came back from a backup may hold other entries under the same numbers.
    if known is None or known.head[0] > head[0] or journal.hash_at(home, known.head[0]) != known.head[1]:
        known = _Known((0, journal.NO_HASH), ())
    rows = [row for row in journal.rows_after(home, known.head[0], ("pack",)) if row["number"] <= head[0]]
    new = [one for row in reversed(rows) if (one := _kept(row)) is not None]
    return _Known(head, (*new, *known.packs))


def _told(request: PackRequest, facts: PackFacts, files: Sequence[KeptFile]) -> dict[str, Any]:
    told = msgspec.to_builtins(request) | {"month": f"{request.month:%Y-%m}", "asked": request.sections}
    if request.compared is not None:
        told["compared"] = f"{request.compared:%Y-%m}"
    told |= msgspec.to_builtins(facts) | {"files": msgspec.to_builtins(files)}
    return {name: value for name, value in told.items() if value is not None}


def _kept(row: Any) -> Kept | None:
    """None where an entry is not what this program would have written: the check of the chain names it."""
    try:
        told = json.loads(row["facts"])
        asked = told | {"sections": told["asked"]}
        asked |= {name: _month_end(told[name]) for name in ("month", "compared") if name in told}
        request = msgspec.convert(asked, PackRequest)
        facts = msgspec.convert(told, PackFacts)
        files = msgspec.convert(told["files"], tuple[KeptFile, ...])
        at = datetime.fromisoformat(row["at"]).astimezone(UTC)
    except (msgspec.ValidationError, KeyError, TypeError, ValueError, OverflowError, RecursionError):
        return None
    return Kept(row["number"], at, row["who"], bool(row["is_authenticated"]), request, facts, files)


def _month_end(text: str) -> date:
    first = date.fromisoformat(f"{text}-01")
    return first.replace(day=monthrange(first.year, first.month)[1])
