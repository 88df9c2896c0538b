"""Drafts: uploaded files that nobody has landed yet, encrypted in the home, one an account, gone after a day.

A draft belongs to the account that uploaded it. Others learn that somebody looks at so many files, and since when.
"""

import json
import shutil
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from lzma import LZMAError
from pathlib import Path
from secrets import token_hex
from typing import Any
from zipfile import BadZipFile, ZipFile

from filelock import FileLock, Timeout

from data import keys
from data.errors import CakupanError, FileRefused, HomeBusy, obstacle
from data.home import Home
from data.importers.files import fitted_name, shown_name

MOST_FILES = 200  # a procurement set of a year is a dozen
MOST_BYTES = 400 << 20  # of one account
MOST_BYTES_OF_ALL = 2 << 30
KEPT = timedelta(hours=24)
ENDINGS = (".csv", ".xlsx", ".json")
ARCHIVE = ".zip"
ARCHIVES = (ARCHIVE, ".rar", ".7z", ".gz", ".tar")  # inside an archive none is opened
MOST_NAMED = 3
MOST_NAME_BYTES = 250  # a file system takes 255, and laid out it may bear a number
# What the reader of archives raises where one was changed or cut: each part of it says so in its own way.
DAMAGED = (
    BadZipFile, zlib.error, LZMAError, struct.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError,
)  # fmt: skip
SET_NAME = "Data pengadaan ({count} berkas)"
WAIT_SECONDS = 30
FACTS = "draft.json"

Upload = tuple[str, bytes]  # the name that the browser tells, and the content


@dataclass(frozen=True)
class DraftFile:
    """An uploaded file; its name holds no NIK."""

    name: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True)
class Draft:
    """What an account has uploaded and not landed. `answers` is what it has said of it so far; times are UTC."""

    token: str
    account: str
    opened_at: datetime
    files: tuple[DraftFile, ...] = ()
    answers: dict[str, Any] = field(default_factory=dict)

    @property
    def size_bytes(self) -> int:
        return sum(file.size_bytes for file in self.files)

    @property
    def content(self) -> tuple[str, ...]:
        """What is in it, whatever was said of it."""
        return tuple(file.sha256 for file in self.files)


def draft_of(home: Home, account: str) -> Draft | None:
    """The draft of this account; None when it has none, or let it lie for longer than a day."""
    return next((draft for draft in _drafts(home) if draft.account == account), None)


def others(home: Home, account: str) -> list[Draft]:
    """The drafts of everybody else, the oldest first, for who they are of, how many files and since when."""
    return sorted((draft for draft in _drafts(home) if draft.account != account), key=lambda draft: draft.opened_at)


def draft_with(home: Home, token: str) -> Draft:
    """A draft by its token; CakupanError when there is none any more."""
    found = next((draft for draft in _drafts(home) if draft.token == token), None)
    if found is None:
        raise CakupanError("Unggahan ini sudah tidak ada (dibuang, sudah masuk, atau lewat 24 jam); unggah lagi.")
    return found


def add(home: Home, account: str, uploads: Sequence[Upload]) -> Draft:
    """Put uploaded files, and those inside uploaded ZIP archives, into the account's draft.

    The same bytes twice are one file. FileRefused when there are too many or too large, or no files to import: then
    nothing of this upload is kept.
    """
    with _alone(home):
        _sweep(home)
        draft = draft_of(home, account) or Draft(token_hex(16), account, datetime.now(UTC))
        new = {sha256(content).hexdigest(): (name, content) for name, content in _unpacked(uploads)}
        known = set(draft.content)
        files = [DraftFile(name, key, len(content)) for key, (name, content) in new.items() if key not in known]
        grown = replace(draft, files=(*draft.files, *files))
        _refuse_too_much(home, grown)
        folder = home.drafts_dir / draft.token
        with _kept_whole(folder):
            for file in files:
                keys.store_draft(home, new[file.sha256][1], folder, file.sha256)
            _write(home, grown)
        return grown


def remove(home: Home, draft: Draft, *files: DraftFile) -> Draft | None:
    """The draft without these files, as it stands now; None when they were its last."""
    with _alone(home):
        now = _now(home, draft) or draft
        gone = {file.sha256 for file in files}
        files = tuple(file for file in now.files if file.sha256 not in gone)
        rest = replace(now, files=files, answers=_without_choices(now.answers, gone))
        if not rest.files:
            _discard(home, draft.token)
            return None
        _write(home, rest)
        for sha256 in gone:
            (home.drafts_dir / draft.token / f"{sha256}.aes").unlink(missing_ok=True)
        return rest


def _without_choices(answers: dict[str, Any], gone: set[str]) -> dict[str, Any]:
    """An import refuses choices that speak of a file which is not there."""
    choices = {key: chosen for key, chosen in answers.get("choices", {}).items() if key not in gone}
    others = {name: value for name, value in answers.items() if name != "choices"}
    return others | ({"choices": choices} if choices else {})


def answer(home: Home, draft: Draft, **answers: Any) -> Draft:
    """Keep what the account says of its files; None takes an answer back."""
    with _alone(home):
        now = _now(home, draft)
        told = {**(now or draft).answers, **answers}
        said = replace(now or draft, answers={name: value for name, value in told.items() if value is not None})
        if now:
            _write(home, said)
        return said


def _now(home: Home, draft: Draft) -> Draft | None:
    """As it stands: another tab of the same account may have added files since it was read. None: it is gone."""
    return _read(home.drafts_dir / draft.token / FACTS)


def discard(home: Home, draft: Draft) -> None:
    """Throw a draft away, with all its files."""
    with _alone(home):
        _discard(home, draft.token)


def sweep(home: Home) -> None:
    """Remove drafts that have lain for more than a day, and clear files that a killed process left."""
    if home.drafts_dir.exists():
        with _alone(home):
            _sweep(home)


@dataclass(frozen=True)
class Laid:
    """A private folder with the files of a draft as they were sent; `paths` are what to import of it."""

    folder: Path
    paths: list[Path]


@contextmanager
def in_the_clear(home: Home, draft: Draft) -> Iterator[Laid]:
    """The files of a draft in the clear, for as long as this block lasts.

    The parts of a procurement set go together as one folder. A process that is killed leaves its folder to the next
    one that opens or keeps a draft.
    """
    home_of_draft = home.drafts_dir / draft.token
    with _alone(home):
        _sweep(home)
        folder = home_of_draft / f"open-{token_hex(8)}"
        folder.mkdir(mode=0o700)
        held = FileLock(folder.with_suffix(".lock"))
        held.acquire(timeout=0)
    try:
        yield Laid(folder, _lay_out(home, draft, folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        held.release()
        folder.with_suffix(".lock").unlink(missing_ok=True)


def _lay_out(home: Home, draft: Draft, folder: Path) -> list[Path]:
    parts = [file for file in draft.files if file.name.lower().endswith(".json")]
    together = SET_NAME.format(count=len(parts)) if len(parts) > 1 else ""
    paths: list[Path] = []
    for number, file in enumerate(draft.files):
        # Two files of one name differ: each lies in a folder of its own.
        place = folder / together if together and file in parts else folder / f"{number:03}"
        place.mkdir(exist_ok=True)
        path = place / file.name
        path = place / f"{number:03}-{file.name}" if path.exists() else path
        path.write_bytes(keys.read_draft(home, home.drafts_dir / draft.token, file.sha256))
        paths.append(place if place.name == together else path)
    return list(dict.fromkeys(paths))


def _unpacked(uploads: Sequence[Upload]) -> list[Upload]:
    files: list[Upload] = []
    for name, content in uploads:
        files += _files_in(_safe_name(name), content)
        # Several archives that are each just small enough are no smaller in memory.
        if sum(len(unpacked) for _name, unpacked in files) > MOST_BYTES or len(files) > MOST_FILES:
            raise FileRefused(
                f"Unggahan ini lebih dari {MOST_BYTES >> 20} MB atau {MOST_FILES} berkas; masukkan sebagian dahulu."
            )
    return files


def _safe_name(name: str) -> str:
    """Without folders, control characters and numbers of persons, never hidden, and no longer than a disk takes."""
    plain = name.encode("utf-8", "replace").decode("utf-8").replace("\\", "/").rpartition("/")[2]
    stem, dot, ending = plain.rpartition(".")
    if f".{ending.lower()}" not in (*ENDINGS, ARCHIVE):
        stem, dot, ending = plain, "", ""
    told = shown_name(Path(stem or "berkas")).lstrip(".") or "berkas"
    return fitted_name(told + dot + ending, MOST_NAME_BYTES)


def _files_in(name: str, content: bytes) -> list[Upload]:
    if not name.lower().endswith(ARCHIVE):
        if not name.lower().endswith(ENDINGS):
            raise FileRefused(f"{name} bukan CSV, XLSX, JSON atau ZIP; simpan sebagai salah satunya lalu unggah lagi.")
        return [(name, content)]
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _refuse_archives_inside(name, [entry.filename for entry in entries])
            wanted = [entry for entry in entries if entry.filename.lower().endswith(ENDINGS)]
            if not wanted:
                raise FileRefused(f"Arsip {name} tidak berisi berkas CSV, XLSX atau JSON; kirim berkas datanya.")
            # What an archive says of its sizes may be a lie, but reading stops there.
            if sum(entry.file_size for entry in wanted) > MOST_BYTES or len(wanted) > MOST_FILES:
                raise FileRefused(
                    f"Isi {name} lebih dari {MOST_BYTES >> 20} MB atau {MOST_FILES} berkas; pecah dahulu."
                )
            return [(_safe_name(entry.filename), archive.read(entry)) for entry in wanted]
    except DAMAGED as damaged:
        raise FileRefused(f"Arsip {name} rusak atau berkata sandi; kirim ZIP yang utuh tanpa kata sandi.") from damaged


def _refuse_archives_inside(name: str, inside: Sequence[str]) -> None:
    """Data in an archive within the archive would be left out without a word."""
    found = [_safe_name(entry) for entry in inside if entry.lower().endswith(ARCHIVES)]
    if found:
        told = ", ".join(found[:MOST_NAMED]) + (f" dan {len(found) - MOST_NAMED} lagi" if found[MOST_NAMED:] else "")
        raise FileRefused(
            f"Arsip {name} berisi arsip lain: {told}. Buka dahulu, lalu unggah CSV, XLSX atau JSON di dalamnya."
        )


def _refuse_too_much(home: Home, draft: Draft) -> None:
    if len(draft.files) > MOST_FILES:
        raise FileRefused(f"Unggahan ini berisi {len(draft.files)} berkas; paling banyak {MOST_FILES} sekaligus.")
    if draft.size_bytes > MOST_BYTES:
        size = -(-draft.size_bytes >> 20)
        raise FileRefused(
            f"Unggahan ini {size} MB, paling besar {MOST_BYTES >> 20} MB; masukkan sebagian dahulu, atau minta "
            "pengelola memasukkannya dengan perintah import."
        )
    if draft.size_bytes + sum(other.size_bytes for other in others(home, draft.account)) > MOST_BYTES_OF_ALL:
        raise FileRefused("Tempat unggahan sedang penuh oleh unggahan akun lain; coba lagi nanti.")


def _drafts(home: Home) -> list[Draft]:
    if not home.drafts_dir.exists():
        return []
    found = [_read(path) for path in home.drafts_dir.glob(f"*/{FACTS}")]
    return [draft for draft in found if draft and not _is_over(draft)]


def _is_over(draft: Draft) -> bool:
    return datetime.now(UTC) - draft.opened_at > KEPT


def _read(path: Path) -> Draft | None:
    """None for one that somebody throws away in this moment, or half of one."""
    try:
        facts = json.loads(path.read_text("utf-8"))
        files = tuple(DraftFile(**file) for file in facts["files"])
        opened_at = datetime.fromisoformat(facts["opened_at"])
        return Draft(path.parent.name, facts["account"], opened_at, files, facts["answers"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(home: Home, draft: Draft) -> None:
    facts = asdict(draft) | {"opened_at": draft.opened_at.isoformat()}
    path = home.drafts_dir / draft.token / FACTS
    unfinished = path.with_suffix(".new")
    unfinished.write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
    unfinished.replace(path)


@contextmanager
def _kept_whole(folder: Path) -> Iterator[None]:
    """A folder for a draft; a disk that is full leaves no half of one."""
    is_new = not folder.exists()
    try:
        folder.mkdir(exist_ok=True, mode=0o700)
        yield
    except OSError as full:
        if is_new:
            shutil.rmtree(folder, ignore_errors=True)
        raise CakupanError(f"Unggahan tidak dapat disimpan ({obstacle(full)}); hubungi pengelola.") from full


def _discard(home: Home, token: str) -> None:
    folder = home.drafts_dir / token
    # First what makes it a draft: a process killed in between leaves what the next sweep takes.
    (folder / FACTS).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def _sweep(home: Home) -> None:
    for folder in [path for path in home.drafts_dir.iterdir() if path.is_dir()]:
        draft = _read(folder / FACTS)
        if draft is None or _is_over(draft):
            shutil.rmtree(folder, ignore_errors=True)
            continue
        for lock in folder.glob("open-*.lock"):
            _sweep_clear(lock)


def _sweep_clear(lock: Path) -> None:
    """Whoever holds the lock is still reading; the operating system lets it go when the process dies."""
    held = FileLock(lock)
    with suppress(Timeout):
        held.acquire(timeout=0)
        shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
        held.release()
        lock.unlink(missing_ok=True)


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """Nobody else keeps or removes a draft meanwhile. HomeBusy when somebody is not through in time."""
    try:
        home.drafts_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as unusable:
        raise CakupanError(f"Unggahan tidak dapat disimpan ({obstacle(unusable)}); hubungi pengelola.") from unusable
    lock = FileLock(home.drafts_dir / ".lock")
    try:
        lock.acquire(timeout=WAIT_SECONDS)
    except Timeout as busy:
        raise HomeBusy("Unggahan lain sedang disimpan; coba lagi sebentar lagi.") from busy
    try:
        yield
    finally:
        lock.release()
