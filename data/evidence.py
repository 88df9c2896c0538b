"""Scans of proofs: encrypted beside the original files, each kept as long as an entry of the journal names it."""

import hashlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from data import keys
from data.cases import CaseRefused, FieldRefused, _
from data.disk import sync
from data.errors import CakupanError, HomeBusy, obstacle
from data.home import Home

MOST_BYTES = 10_000_000
WAIT_SECONDS = 30
# What a file begins with, whatever its name says; the name is not kept, since it may hold a person or a path.
KINDS = (
    ("pdf", "application/pdf", b"%PDF-"),
    ("jpg", "image/jpeg", b"\xff\xd8\xff"),
    ("png", "image/png", b"\x89PNG\r\n\x1a\n"),
)


@dataclass(frozen=True)
class Scan:
    """A file that may be kept: its bytes, what kind of file they are, their hash."""

    content: bytes
    extension: str
    mime: str
    sha256: str


def is_kept(home: Home, sha256: str) -> bool:
    """Whether a scan is still there: it may have passed its time."""
    return (home.evidence_dir / f"{sha256}.aes").exists()


def scan_of(content: bytes) -> Scan:
    """FieldRefused unless these bytes are a PDF, JPG or PNG of at most 10 MB."""
    if len(content) > MOST_BYTES:
        raise FieldRefused(
            "scan_sha256",
            _("{label} berukuran {size} MB, paling besar {most} MB; perkecil dahulu."),
            size=-(-len(content) // 10**6),
            most=MOST_BYTES // 10**6,
        )
    for extension, mime, beginning in KINDS:
        if content.startswith(beginning):
            return Scan(content, extension, mime, hashlib.sha256(content).hexdigest())
    raise FieldRefused("scan_sha256", _("{label} bukan PDF, JPG atau PNG menurut isinya; pindai ulang."))


@contextmanager
def kept_with_entry(home: Home, scan: Scan | None, named: Callable[[], Collection[str]]) -> Iterator[None]:
    """Inside this block the entry is written that names the scan, which is on the disk before.

    `named` gives the hashes that entries name: where this one is not written after all, its scan goes as well, and
    one that a process left when it died.
    """
    if scan is None:
        yield
        return
    with alone(home):
        entries = named()
        sweep(home, entries, is_journal_known=bool(entries))
        kept = home.evidence_dir / f"{scan.sha256}.aes"
        was_kept = kept.exists()
        _store(home, scan)
        try:
            yield
        except BaseException:
            # Where the journal cannot be read, the scan stays for a later sweep.
            with suppress(CakupanError, OSError):
                if not was_kept and scan.sha256 not in named():
                    kept.unlink()
            raise


def _store(home: Home, scan: Scan) -> None:
    try:
        keys.store_evidence(home, scan.content, scan.sha256)
        sync(home.evidence_dir)
        sync(home.root)
    except OSError as full:
        text = _("Pindaian tidak dapat disimpan ({obstacle}), jadi bukti ini tidak dicatat; hubungi pengelola.")
        raise CaseRefused(text, obstacle=obstacle(full)) from full


def sweep(home: Home, kept: Collection[str], *, is_journal_known: bool, dry_run: bool = False) -> list[Path]:
    """Remove the scans that are not to be kept; returns those. The caller is alone here.

    As long as no entry names any scan (`is_journal_known` is False) none goes: a journal that was lost must not take
    them along.
    """
    if not is_journal_known:
        return []
    orphans = [path for path in sorted(home.evidence_dir.glob("*.aes")) if path.stem not in kept]
    for path in orphans if not dry_run else []:
        path.unlink()
    return orphans


@contextmanager
def alone(home: Home) -> Iterator[None]:
    """Nobody else keeps or removes a scan meanwhile. HomeBusy when somebody is not through in time."""
    home.evidence_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = FileLock(home.evidence_dir / ".lock")
    try:
        lock.acquire(timeout=WAIT_SECONDS)
    except Timeout as busy:
        raise HomeBusy("Pindaian lain sedang disimpan; coba lagi sebentar lagi.") from busy
    try:
        yield
    finally:
        lock.release()
