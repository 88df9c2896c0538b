"""How the tables of a sender are read: remembered in the journal when somebody chose it, never a value of a cell."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import msgspec

from data import journal
from data.access import Reader
from data.home import Home

KIND = "mapping"


@dataclass(frozen=True)
class SenderMapping:
    """One header of a sender, and what its columns are. `columns`: by the key of a header the declared column.

    headers_sha256: the hash of all keys of the header, so that nothing else of it is kept. number: its journal entry.
    """

    sender: str
    kind: str
    headers_sha256: str
    columns: Mapping[str, str]
    number: int = 0
    at: datetime | None = None
    who: str = ""


class _Facts(msgspec.Struct):
    """What an entry of the journal says."""

    sender: str
    kind: str
    headers_sha256: str
    columns: dict[str, str]


def headers_hash(keys: Sequence[str]) -> str:
    """Of the keys of a header, whatever their order."""
    return hashlib.sha256(json.dumps(sorted(keys), ensure_ascii=False).encode()).hexdigest()


def mappings_of(home: Home, sender: str | None) -> tuple[SenderMapping, ...]:
    """Those of a sender that are in force, the newest of each header; none without a sender."""
    if sender is None:
        return ()
    found: dict[str, SenderMapping] = {}
    for entry in journal.entries(home, kind=KIND, text=sender, limit=-1):  # newest first
        if (facts := _facts(entry)) and facts.sender == sender:
            mapping = SenderMapping(
                sender, facts.kind, facts.headers_sha256, facts.columns, entry.number, entry.at, entry.who
            )
            found.setdefault(mapping.headers_sha256, mapping)
    return tuple(found.values())


def _facts(entry: journal.Entry) -> _Facts | None:
    """None of an entry that was tampered with: it maps nothing."""
    with suppress(msgspec.ValidationError):
        return msgspec.convert(entry.facts, _Facts)
    return None


def remember(home: Home, mapping: SenderMapping, reader: Reader) -> None:
    """Read the sender's tables under this header so from now on; a later one takes its place."""
    facts = {
        "sender": mapping.sender,
        "kind": mapping.kind,
        "headers_sha256": mapping.headers_sha256,
        "columns": dict(mapping.columns),
    }
    journal.append_done(home, KIND, facts, reader)
