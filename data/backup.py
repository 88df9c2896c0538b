"""Copies of a whole home, taken while it is in use.

The ledger is copied under the writer lock, everything else that changes with it, too: so a copy is one state. Editions
and originals never change and are copied after the lock is given back.
"""

import hashlib
import os
import re
import shutil
import sqlite3
import time
import tomllib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import duckdb
import msgspec
from filelock import FileLock, Timeout

from data import journal
from data.access import LOCAL, Reader
from data.config import EMBLEM_NAME
from data.disk import sync, sync_tree
from data.editions import current_edition
from data.errors import CakupanError, HomeBusy, hindrance, obstacle
from data.home import JAKARTA, Home
from data.ledger import open_ledger, read_meta
from data.pack_kinds import KEPT_NAME
from data.sql import read_sql
from data.steps import Progress

FORMAT = 1
MANIFEST_NAME = "cadangan.json"
PROGRAM = Path(__file__).parents[1] / "pyproject.toml"
WAIT_SECONDS = 15 * 60
ASK_AGAIN_SECONDS = 0.05
BLOCK_BYTES = 2**20
# Room that stays free beside a backup: whatever else is on that disk goes on working.
ROOM_LEFT_BYTES = 50_000_000

# What a backup may hold, by path; nothing else is copied, and nothing else is taken back.
WITH_THE_LEDGER = re.compile(
    r"ledger\.duckdb|current|config\.toml|template\.pptx|[^/\\:\x00-\x1f\x7f]{1,200}\.geojson|"
    f"(?i:{EMBLEM_NAME.pattern})"
)
PACK = re.compile(f"packs/{KEPT_NAME.pattern}")
IMMUTABLE = re.compile(rf"editions/\d{{6}}\.(duckdb|json)|(uploads|evidence)/[0-9a-f]{{64}}\.aes|{PACK.pattern}")
PLACES = ("*", "editions/*", "uploads/*", "evidence/*", "packs/*", "keys/*")
DATABASES = re.compile(r"(journal|accounts)\.sqlite")
KEYS = re.compile(r"keys/[A-Za-z0-9][A-Za-z0-9._-]{0,60}")


# More files than any home holds have room in a list of this size.
MOST_MANIFEST_BYTES = 100_000_000

Count = Annotated[int, msgspec.Meta(ge=0)]
Sha256 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]


class KeptFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of a backup."""

    path: str
    bytes: Count
    sha256: Sha256


class JournalHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last entry of the journal that was copied; number 0: it had none."""

    number: Count
    hash: Sha256


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a backup says of itself. Written last: a folder without it is no backup."""

    format: Count
    program: str
    # Shown and journaled: nothing but a moment.
    made_at: Annotated[str, msgspec.Meta(pattern=r"^[0-9T:.+Z-]{10,40}\Z")]
    demo: bool
    ledger_schema: Count | None
    edition_schema: Count | None
    edition: Count | None
    batches: Count
    person_key: str | None
    journal: JournalHead
    has_keys: bool
    files: list[KeptFile]


@dataclass(frozen=True)
class BackupMade:
    """Where a backup lies and what it holds; `removed` are the names of older ones that `keep` took away.

    `broken` are files of meeting packs that are no longer what was kept under their names: a copy of them is of no use,
    and an older backup may be the only one with the file. Then none is taken away.
    """

    path: Path
    files: int
    size_bytes: int
    edition: int | None
    has_keys: bool
    removed: list[str]
    broken: list[str]


def back_up(
    home: Home,
    folder: Path,
    *,
    with_keys: bool = False,
    wait_seconds: float = WAIT_SECONDS,
    keep: int | None = None,
    progress: Progress | None = None,
    reader: Reader = LOCAL,
) -> BackupMade:
    """Copy the home into a new folder below `folder`; from outside it appears in one step.

    HomeBusy when a writer is not through within `wait_seconds`; CakupanError when the copy cannot be made. Then
    nothing of it is left.
    """
    progress = progress or _nobody_watches
    _refuse_folder(home, folder)
    _refuse_empty(home)
    journal.require(home)
    with in_one_sentence(f"Pencadangan ke {folder}"), _only_backup_in(folder):
        unfinished = folder / f".cakupan-{os.getpid()}.belum"
        unfinished.mkdir(mode=0o700)
        try:
            manifest = _Copy(home, unfinished, progress).of_all(with_keys=with_keys, wait_seconds=wait_seconds)
            size_bytes = sum(file.bytes for file in manifest.files)
            finished = _put_in_place(unfinished, folder)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        try:
            journal.append(home, "backup", _facts(finished, manifest), reader)
        except BaseException:
            shutil.rmtree(finished, ignore_errors=True)
            raise
        broken = [file.path for file in manifest.files if PACK.fullmatch(file.path) and file.sha256 not in file.path]
        removed = _remove_older(folder, finished.name, manifest, keep) if keep and not broken else []
    return BackupMade(finished, len(manifest.files), size_bytes, manifest.edition, manifest.has_keys, removed, broken)


def read_manifest(backup: Path) -> Manifest:
    """What a backup says of itself; CakupanError when it is none, or one of a newer program."""
    path = backup / MANIFEST_NAME
    try:
        if path.stat().st_size > MOST_MANIFEST_BYTES or not path.is_file():
            raise CakupanError(f"{path} bukan daftar isi cadangan yang dikenal; pakai cadangan lain.")
        text = path.read_bytes()
    except OSError as unreadable:
        raise CakupanError(
            f"{backup} bukan cadangan yang lengkap: {MANIFEST_NAME} tidak terbaca ({obstacle(unreadable)}); "
            "sebutkan folder cadangan lain."
        ) from unreadable
    try:
        manifest = msgspec.json.decode(text, type=Manifest)
    except msgspec.DecodeError as wrong:
        raise CakupanError(f"{path} bukan daftar isi cadangan yang dikenal; pakai cadangan lain.") from wrong
    if manifest.format > FORMAT:
        raise CakupanError(f"Cadangan {backup.name} dibuat oleh program yang lebih baru; perbarui program.")
    return manifest


def copy_synced(source: Path, target: Path) -> KeptFile:
    """Copy a file onto the disk, readable by its owner only, and say what was copied; the time of change is kept."""
    digest, size = hashlib.sha256(), 0
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with source.open("rb") as original, open_private(target) as copy:
        while block := original.read(BLOCK_BYTES):
            digest.update(block)
            copy.write(block)
            size += len(block)
        copy.flush()
        os.fsync(copy.fileno())
    changed = source.stat()
    os.utime(target, ns=(changed.st_atime_ns, changed.st_mtime_ns))
    return KeptFile(target.name, size, digest.hexdigest())


def open_private(path: Path):
    """A new file that only its owner reads."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def stamp(now: datetime) -> str:
    """Date and time as folders bear them, in the time of Jakarta: as the clock of who looks for one."""
    return now.astimezone(JAKARTA).strftime("%Y%m%d-%H%M%S")


@contextmanager
def in_one_sentence(doing: str) -> Iterator[None]:
    """Faults of the disk and of the databases as a CakupanError that says what was going on."""
    try:
        yield
    except (OSError, sqlite3.Error, duckdb.Error) as error:
        reason = hindrance(error) or type(error).__name__
        raise CakupanError(f"{doing} berhenti ({reason}); perbaiki lalu ulangi.") from error


class _Copy:
    """One backup on its way."""

    def __init__(self, home: Home, target: Path, progress: Progress) -> None:
        self.home, self.target, self.progress = home, target, progress
        self.files: list[KeptFile] = []
        self.done_bytes = 0
        self.total_bytes = 0

    def of_all(self, *, with_keys: bool, wait_seconds: float) -> Manifest:
        facts: dict[str, Any] = {"demo": False, "ledger_schema": None, "person_key": None, "batches": 0}
        with _waited_lock(self.home, wait_seconds, self.progress):
            _refuse_strange_outlines(self.home)
            self._refuse_without_room()
            if self.home.ledger_path.exists():
                facts = _settle_ledger(self.home)
            edition = current_edition(self.home)
            for path in self._members(WITH_THE_LEDGER):
                self._take(path)
            for path in self._members(DATABASES):
                self._take_database(path)
            # After the journal: a scan or a pack is there before the entry that names it.
            immutable = self._members(IMMUTABLE)
        for path in immutable:
            self._take_immutable(path)
        for path in self._members(KEYS) if with_keys else []:
            self._take(path)
        number, head = journal.head(Home(self.target))
        return self._write_manifest(
            Manifest(
                format=FORMAT,
                program=tomllib.loads(PROGRAM.read_text("utf-8"))["project"]["version"],
                made_at=datetime.now(UTC).isoformat(timespec="seconds"),
                edition=edition.number if edition else None,
                edition_schema=int(edition.meta["schema_version"]) if edition else None,
                journal=JournalHead(number, head),
                has_keys=with_keys,
                files=sorted(self.files, key=lambda file: file.path),
                **facts,
            )
        )

    def _members(self, kind: re.Pattern[str]) -> list[Path]:
        found = (path for place in PLACES for path in self.home.root.glob(place))
        named = {path.relative_to(self.home.root).as_posix(): path for path in found if path.is_file()}
        return [path for name, path in sorted(named.items()) if kind.fullmatch(name)]

    def _refuse_without_room(self) -> None:
        kinds = (WITH_THE_LEDGER, DATABASES, IMMUTABLE)
        self.total_bytes = sum(path.stat().st_size for kind in kinds for path in self._members(kind))
        free = shutil.disk_usage(self.target).free
        if free < self.total_bytes + ROOM_LEFT_BYTES:
            raise CakupanError(
                f"Cadangan ini memerlukan {self.total_bytes // 10**6 + 1} MB, sedangkan di {self.target.parent} hanya "
                f"tersisa {free // 10**6} MB; kosongkan dahulu atau pilih folder lain."
            )

    def _take(self, path: Path) -> None:
        name = path.relative_to(self.home.root).as_posix()
        self.progress("menyalin", self.done_bytes, max(self.total_bytes, 1))
        self._taken(name, copy_synced(path, self.target / name))

    def _take_immutable(self, path: Path) -> None:
        try:
            self._take(path)
        except FileNotFoundError:
            # An original or a scan may have passed its time meanwhile, a pack that was never entered is cleared away,
            # and an edition goes only when the data are replaced.
            if path.parent != self.home.editions_dir:
                (self.target / path.relative_to(self.home.root)).unlink(missing_ok=True)
                return
            raise CakupanError(
                f"Edisi {path.stem} dihapus selagi disalin karena data diganti; ulangi pencadangan."
            ) from None

    def _take_database(self, path: Path) -> None:
        """By SQLite's own online copy: others may be writing."""
        copied = self.target / path.name
        open_private(copied).close()
        with closing(sqlite3.connect(path)) as original, closing(sqlite3.connect(copied, isolation_level=None)) as copy:
            original.backup(copy)
            if path.name == "accounts.sqlite":
                copy.executescript(read_sql("backup/forget_sessions"))
            # One file, without the two that a journal of writes would lie in.
            copy.execute("pragma journal_mode = delete")
        self._taken(path.name, _described(copied))

    def _taken(self, name: str, file: KeptFile) -> None:
        self.files.append(KeptFile(name, file.bytes, file.sha256))
        self.done_bytes += file.bytes

    def _write_manifest(self, manifest: Manifest) -> Manifest:
        with open_private(self.target / MANIFEST_NAME) as target:
            target.write(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
            target.flush()
            os.fsync(target.fileno())
        return manifest


def _nobody_watches(_stage: str, _done: int, _total: int | None) -> None:
    """Nobody watches."""


def _refuse_folder(home: Home, folder: Path) -> None:
    if not folder.is_dir():
        # Not made here: a medium that is not mounted would fill the system's own disk.
        raise CakupanError(f"Folder {folder} tidak ada; buat folder itu atau pasang medianya dahulu.")
    inside = folder.resolve()
    if inside == home.root.resolve() or home.root.resolve() in inside.parents:
        raise CakupanError(f"{folder} ada di dalam CAKUPAN_HOME; cadangan harus di luarnya, sebaiknya di media lain.")


def _refuse_empty(home: Home) -> None:
    """A mistyped home must not be backed up every night without a word."""
    if not home.root.is_dir():
        raise CakupanError(f"CAKUPAN_HOME {home.root} belum ada, jadi belum ada yang dapat dicadangkan.")
    if not any(path.exists() for path in (home.ledger_path, home.accounts_path, home.journal_path)):
        raise CakupanError(f"Belum ada apa pun di {home.root} yang dapat dicadangkan; periksa CAKUPAN_HOME.")


def _refuse_strange_outlines(home: Home) -> None:
    """Outlines may bear any name; one that could not come back must not be left out without a word."""
    for path in home.root.glob("*.geojson"):
        if not (path.name.isprintable() and WITH_THE_LEDGER.fullmatch(path.name)):
            raise CakupanError(f"Nama berkas {path.name!r} di CAKUPAN_HOME tidak dapat dicadangkan; ganti namanya.")


@contextmanager
def _only_backup_in(folder: Path) -> Iterator[None]:
    """One backup into a folder at a time, so that whatever is unfinished there was left by one that died."""
    lock = FileLock(folder / ".cakupan-cadangan.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as busy:
        raise CakupanError(f"Cadangan lain sedang ditulis ke {folder}; coba lagi setelah selesai.") from busy
    try:
        for left_over in folder.glob(".cakupan-*.belum"):
            shutil.rmtree(left_over, ignore_errors=True)
        yield
    finally:
        lock.release()


@contextmanager
def _waited_lock(home: Home, wait_seconds: float, progress: Progress) -> Iterator[None]:
    """The writer lock, as soon as it is free."""
    began = time.monotonic()
    while True:
        held = home.writer_lock("pencadangan")
        try:
            held.__enter__()
            break
        except HomeBusy as busy:
            waited = time.monotonic() - began
            if waited >= wait_seconds:
                raise HomeBusy(f"Sudah menunggu {waited:.0f} detik. {busy}") from busy
            progress(f"menunggu {waited:.0f} detik: {busy}", 0, None)
            time.sleep(ASK_AGAIN_SECONDS)
    try:
        yield
    finally:
        held.__exit__(None, None, None)


def _settle_ledger(home: Home) -> dict[str, Any]:
    """Bring everything into the ledger's one file; what a manifest says of it. The caller holds the writer lock."""
    with open_ledger(home, key_needed=False) as ledger:
        ledger.execute("checkpoint")
        return {
            "demo": read_meta(ledger, "demo") == "1",
            "ledger_schema": int(read_meta(ledger, "schema_version") or 0),
            "person_key": read_meta(ledger, "person_key"),
            "batches": len(ledger.execute(read_sql("books/batches")).fetchall()),
        }


def _described(path: Path) -> KeptFile:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
        return KeptFile(path.name, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def _put_in_place(unfinished: Path, folder: Path) -> Path:
    sync_tree(unfinished)
    name = f"cakupan-{stamp(datetime.now(UTC))}"
    finished, number = folder / name, 1
    while finished.exists():
        number += 1
        finished = folder / f"{name}-{number}"
    unfinished.rename(finished)
    sync(folder)
    return finished


def _facts(finished: Path, manifest: Manifest) -> dict[str, Any]:
    return {
        "backup": finished.name,
        "edition": manifest.edition,
        "files": len(manifest.files),
        "bytes": sum(file.bytes for file in manifest.files),
        "has_keys": manifest.has_keys,
        "manifest_sha256": hashlib.sha256((finished / MANIFEST_NAME).read_bytes()).hexdigest(),
    }


def _remove_older(folder: Path, just_made: str, newest: Manifest, keep: int) -> list[str]:
    """Take away all but the newest `keep` backups of this installation; whatever else lies there is not touched.

    The one just made stays, also where the clock went back and others say that they are newer.
    """
    found = []
    for path in folder.glob("cakupan-*"):
        with suppress(CakupanError):
            manifest = read_manifest(path)
            if manifest.person_key == newest.person_key and not path.is_symlink() and path.name != just_made:
                found.append((manifest.made_at, path.name, path))
    removed = []
    for _, name, path in sorted(found, reverse=True)[keep - 1 :]:
        # Without its manifest it is no backup any more, however far the removal comes.
        (path / MANIFEST_NAME).unlink()
        shutil.rmtree(path)
        removed.append(name)
    return removed
