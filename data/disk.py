"""What is asked of the disk: that a power cut takes nothing back, that its owner stays, that its faults are told."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from data.errors import CakupanError, hindrance


def make_private(path: Path) -> None:
    """An empty file that only its owner reads, where there is none yet.

    One that is there is not even opened: closing it would drop every lock that SQLite holds on it in this process
    (sqlite.org/howtocorrupt.html, 2.2), and another process would then take the log of what was written away.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def sync(path: Path) -> None:
    """Bring a file's bytes, or the names in a folder, onto the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows has no handle for a folder; the rename itself is journalled by NTFS
    descriptor = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(root: Path) -> None:
    """Bring the names in a tree of folders onto the disk."""
    for folder in (*(path for path in root.rglob("*") if path.is_dir()), root):
        sync(folder)


def give_to_owner_of(path: Path, other: Path) -> None:
    """Made by the system's administrator, a file still belongs to the account under which the server runs."""
    if os.name != "nt" and os.geteuid() == 0:
        owner = other.stat()
        os.chown(path, owner.st_uid, owner.st_gid)


@contextmanager
def hindrance_told(doing: str, unharmed: str = "data tidak berubah") -> Iterator[None]:
    """A full disk and its like as a CakupanError, whoever stumbles over it; every other error stays what it is."""
    try:
        yield
    except (OSError, duckdb.Error, sqlite3.Error) as error:
        hindered = hindrance(error)
        if hindered is None:
            raise
        raise CakupanError(f"{doing} berhenti ({hindered}); {unharmed}, perbaiki lalu ulangi.") from error
