"""The way back from a backup: every file is checked, then the restored home takes the old one's place in one step."""

import ctypes
import errno
import hashlib
import json
import os
import shutil
import sqlite3
import sys
from contextlib import closing, nullcontext, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data import accounts_file, editions, journal, ledger
from data.access import LOCAL, Reader
from data.backup import (
    DATABASES,
    IMMUTABLE,
    KEYS,
    MANIFEST_NAME,
    WITH_THE_LEDGER,
    Manifest,
    copy_synced,
    in_one_sentence,
    open_private,
    read_manifest,
    stamp,
)
from data.disk import give_to_owner_of, sync, sync_tree
from data.errors import CakupanError
from data.home import Home
from data.journal import JournalUnusable
from data.keys import person_key_fingerprint
from data.steps import Progress

# Stands in a home that is being put together; whatever bears it may be thrown away.
UNFINISHED_MARK = ".pemulihan-belum-selesai"
DATA = ("ledger.duckdb", "editions", "current", "uploads", "evidence", "packs", "journal.sqlite", "accounts.sqlite")
PASSING = ("writer.lock", "writer.json")
EXCHANGE = 2  # RENAME_EXCHANGE of Linux' renameat2
HERE = -100  # AT_FDCWD


@dataclass(frozen=True)
class Restored:
    """What came back. `kept_aside` is where the former home lies now; without `has_keys` imports are refused.

    `restart_needed`: a running server may still hold other numbers under the number of an edition that came back.
    """

    edition: int | None
    files: int
    kept_aside: Path | None
    has_keys: bool
    restart_needed: bool


def check(backup: Path, progress: Progress | None = None) -> Manifest:
    """What a backup says of itself, once every file is as it was when it was made.

    CakupanError names the first file that is missing, changed, not named, or of a name that no backup holds.
    """
    progress = progress or (lambda _stage, _done, _total: None)
    with in_one_sentence(f"Pemeriksaan cadangan {backup}"):
        manifest = read_manifest(backup)
        _refuse_strange_names(manifest)
        _refuse_newer(manifest)
        _refuse_other_files(backup, manifest)
        total, done = sum(file.bytes for file in manifest.files), 0
        for file in manifest.files:
            progress("memeriksa", done, max(total, 1))
            _refuse_changed(file.path, file.sha256, _sha256(backup / file.path))
            done += file.bytes
    return manifest


def restore(
    home: Home, backup: Path, *, replace: bool = False, progress: Progress | None = None, reader: Reader = LOCAL
) -> Restored:
    """Put a checked copy of the backup in the place of the home, in one step; the former home is kept beside it.

    CakupanError when the backup is not whole, when the home holds data and `replace` is not said, or when the folder
    around the home cannot be written. Then the home is as it was.
    """
    progress = progress or (lambda _stage, _done, _total: None)
    root = home.root.resolve()
    _refuse_place(root, backup.resolve(), replace=replace)
    manifest = check(backup, progress)
    with in_one_sentence(f"Pemulihan ke {home.root}"), _nobody_writes(home):
        _clear_left_overs(root)
        staged = root.with_name(f".{root.name}-pemulihan-{os.getpid()}")
        try:
            _stage(backup, manifest, staged, progress)
            _refuse_newer_accounts(Home(staged))
            has_keys = _keep_fitting_keys(home, manifest, staged)
            restart_needed = _keep_numbers(home, Home(staged))
            journal.append(Home(staged), "restore", _facts(home, backup, manifest), reader)
            _belong_to_owner_of(root, staged)
            sync_tree(staged)
        except BaseException:
            shutil.rmtree(staged, ignore_errors=True)
            raise
        (staged / UNFINISHED_MARK).unlink()
        kept_aside = _swap(staged, root)
    return Restored(manifest.edition, len(manifest.files), kept_aside, has_keys, restart_needed)


def _refuse_strange_names(manifest: Manifest) -> None:
    """Only what a backup holds: no absolute path, no way up, no second name for the same file."""
    kinds = (WITH_THE_LEDGER, IMMUTABLE, DATABASES, KEYS)
    seen: set[str] = set()
    for file in manifest.files:
        is_known = any(kind.fullmatch(file.path) for kind in kinds)
        if not is_known or file.path in seen:
            raise CakupanError(
                f"Cadangan menyebut berkas {file.path[:80]!r}, yang tidak pernah ada dalam cadangan; daftar isinya "
                "diubah, pakai cadangan lain."
            )
        seen.add(file.path)
    if manifest.edition is not None and f"editions/{manifest.edition:06}.duckdb" not in seen:
        raise CakupanError(f"Cadangan menyebut edisi {manifest.edition}, tetapi tidak memuatnya; pakai cadangan lain.")


def _refuse_newer(manifest: Manifest) -> None:
    ledger_schema = ledger.schema_versions()[-1][0]
    if (manifest.ledger_schema or 0) > ledger_schema or (manifest.edition_schema or 0) > editions.SCHEMA_VERSION:
        raise CakupanError("Cadangan ini dibuat oleh program yang lebih baru; perbarui program.")


def _refuse_newer_accounts(staged: Home) -> None:
    """The file itself is asked: a manifest says nothing of it. The journal is asked when the restore is entered."""
    if not staged.accounts_path.exists():
        return
    with closing(sqlite3.connect(f"{staged.accounts_path.absolute().as_uri()}?mode=ro", uri=True)) as accounts:
        version = accounts.execute("pragma user_version").fetchone()[0]
    if version > accounts_file.schema_versions()[-1][0]:
        raise CakupanError("Cadangan ini dibuat oleh program yang lebih baru; perbarui program.")


def _refuse_other_files(backup: Path, manifest: Manifest) -> None:
    named = {MANIFEST_NAME, *(file.path for file in manifest.files)}
    found = set()
    for path in sorted(backup.rglob("*")):
        name = path.relative_to(backup).as_posix()
        if path.is_symlink() or not (path.is_dir() or path.is_file()):
            raise CakupanError(f"{name!r} dalam cadangan bukan berkas biasa; pakai cadangan lain.")
        if path.is_file():
            found.add(name)
    if extra := sorted(found - named):
        raise CakupanError(
            f"Berkas {extra[0]!r} tidak disebut daftar isi cadangan; singkirkan atau pakai cadangan lain."
        )
    if missing := sorted(named - found):
        raise CakupanError(f"Berkas '{missing[0]}' hilang dari cadangan; pakai cadangan lain.")


def _refuse_changed(name: str, expected: str, found: str) -> None:
    if found != expected:
        raise CakupanError(f"Berkas '{name}' dalam cadangan sudah berubah sejak dibuat; pakai cadangan lain.")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_place(root: Path, backup: Path, *, replace: bool) -> None:
    if backup == root or root in backup.parents:
        raise CakupanError(f"Cadangan {backup} ada di dalam CAKUPAN_HOME; pindahkan dahulu ke luar.")
    if root.exists() and not root.is_dir():
        raise CakupanError(f"CAKUPAN_HOME {root} bukan folder; sebutkan folder lain.")
    holds_data = any((root / name).exists() for name in DATA)
    if holds_data and not replace:
        raise CakupanError(
            f"{root} sudah berisi data; pakai --replace untuk menggantinya (isi lama disisihkan, tidak dihapus), atau "
            "CAKUPAN_HOME lain."
        )
    if os.name == "nt" and root.exists() and any(root.iterdir()):
        raise CakupanError(f"Hentikan program, ganti nama folder {root} dengan tangan, lalu ulangi pemulihan.")
    if os.path.ismount(root):
        raise CakupanError(f"{root} adalah titik pasang (mount) dan tidak dapat ditukar; pakai folder di dalamnya.")


def _nobody_writes(home: Home):
    """A home that is not there yet has no writer, and must not come into being before the restored one does."""
    return home.writer_lock("pemulihan dari cadangan") if home.root.exists() else nullcontext()


def _clear_left_overs(root: Path) -> None:
    """What a killed restore left: an unfinished copy goes; a former home that was swapped out already gets its name."""
    for left_over in root.parent.glob(f".{root.name}-pemulihan-*"):
        if (left_over / UNFINISHED_MARK).exists():
            shutil.rmtree(left_over)
        else:
            left_over.rename(_name_aside(root))


def _stage(backup: Path, manifest: Manifest, staged: Path, progress: Progress) -> None:
    staged.mkdir(mode=0o700)
    open_private(staged / UNFINISHED_MARK).close()
    total, done = sum(file.bytes for file in manifest.files), 0
    for file in manifest.files:
        progress("memulihkan", done, max(total, 1))
        # Judged again: what was checked a moment ago need not be what is copied now.
        _refuse_changed(file.path, file.sha256, copy_synced(backup / file.path, staged / file.path).sha256)
        done += file.bytes


def _keep_fitting_keys(home: Home, manifest: Manifest, staged: Path) -> bool:
    """Take over the keys of the former home when the backup has none and they are those of its ledger."""
    if not manifest.has_keys and home.keys_dir.is_dir():
        with suppress(CakupanError):
            if manifest.person_key in (None, person_key_fingerprint(home)):
                for path in sorted(home.keys_dir.iterdir()):
                    if path.is_file() and KEYS.fullmatch(f"keys/{path.name}"):
                        copy_synced(path, staged / "keys" / path.name)
    return (staged / "keys" / "person.key").exists()


def _keep_numbers(home: Home, staged: Home) -> bool:
    """Leave a note in the place of every newer edition, so that no number ever stands for two editions.

    A server that runs on keeps what it computed by edition number; so do links and files. Returns whether it may hold
    other numbers under a number that came back: then it must be started again.
    """
    differs = False
    for path in home.editions_dir.glob("[0-9]*.json"):
        restored = staged.editions_dir / path.name
        if restored.exists():
            differs |= _content_hash(restored) != _content_hash(path)
        else:
            restored.parent.mkdir(mode=0o700, exist_ok=True)
            with open_private(restored) as note:
                note.write(json.dumps({"replaced_by_restore": stamp(datetime.now(UTC))}).encode())
                note.flush()
                os.fsync(note.fileno())
    return differs


def _content_hash(sidecar: Path) -> Any:
    try:
        return json.loads(sidecar.read_text("utf-8")).get("content_hash")
    except (OSError, ValueError, AttributeError):
        return None


def _facts(home: Home, backup: Path, manifest: Manifest) -> dict[str, Any]:
    return {
        "backup": backup.resolve().name,
        "made_at": manifest.made_at,
        "edition": manifest.edition,
        "files": len(manifest.files),
        "manifest_sha256": _sha256(backup / MANIFEST_NAME),
        **_end_of_journal(home),
    }


def _end_of_journal(home: Home) -> dict[str, Any]:
    """Where the journal that is replaced ended; nothing when it is beyond reading, which is why one restores."""
    with suppress(JournalUnusable):
        number, head = journal.head(home)
        return {"former_journal_number": number, "former_journal_hash": head}
    return {}


def _belong_to_owner_of(root: Path, staged: Path) -> None:
    for path in (staged, *staged.rglob("*")):
        give_to_owner_of(path, root if root.exists() else root.parent)


def _swap(staged: Path, root: Path) -> Path | None:
    """Give the restored home its name; where the former one lies now, None when it held nothing."""
    if not root.exists():
        staged.rename(root)
        sync(root.parent)
        return None
    _exchange(staged, root)
    sync(root.parent)
    if all(path.name in PASSING for path in staged.iterdir()):
        shutil.rmtree(staged)
        return None
    aside = _name_aside(root)
    staged.rename(aside)
    return aside


def _name_aside(root: Path) -> Path:
    name = f"{root.name}-sebelum-{stamp(datetime.now(UTC))}"
    aside, number = root.with_name(name), 1
    while aside.exists():
        number += 1
        aside = root.with_name(f"{name}-{number}")
    return aside


def _exchange(staged: Path, root: Path) -> None:
    """Both names change places in one step. Where the system cannot do that, in two: there is no home in between."""
    system = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    if system is not None and hasattr(system, "renameat2"):
        if system.renameat2(HERE, os.fsencode(staged), HERE, os.fsencode(root), EXCHANGE) == 0:
            return
        number = ctypes.get_errno()
        if number not in (errno.EINVAL, errno.ENOSYS):
            raise OSError(number, os.strerror(number), str(root))
    former = staged.with_name(f"{staged.name}-lama")
    root.rename(former)
    staged.rename(root)
    former.rename(staged)
