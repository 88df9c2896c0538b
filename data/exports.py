"""Files that leave: journaled with their hash before anybody has them, and found again by it."""

import hashlib
from pathlib import PurePath
from typing import Any

from data import journal
from data.access import Reader
from data.home import Home
from data.journal import Entry


def record_export(home: Home, reader: Reader, name: str, content: bytes, facts: dict[str, Any]) -> Entry:
    """Journal a file before it leaves. JournalUnusable when that cannot be done: then nobody gets the file."""
    told = {
        "name": name,
        "format": PurePath(name).suffix.removeprefix("."),
        "bytes": len(content),
        "sha256": sha256_of(content),
    }
    return journal.append(home, "export", facts | told, reader)


def exports_of(home: Home, sha256: str) -> list[Entry]:
    """The entries of a file by its hash, oldest first: several readers may have taken the same bytes."""
    found = journal.entries(home, kind="export", text=sha256, limit=-1)
    return [entry for entry in reversed(found) if entry.facts.get("sha256") == sha256]


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
