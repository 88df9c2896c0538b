"""What an edition is made from: the live deliveries, the names confirmed, the settings, and the program that makes it.

Two editions of one day that are made from the same say the same. A token of it travels with a preview, so that an act
is done on what its preview spoke of, or not at all.
"""

import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import msgspec
from msgspec.structs import replace

from data import journal
from data.access import EVERYTHING, Grant
from data.aliases import Aliases, aliases_of
from data.config import Config, load_config
from data.errors import CakupanError
from data.home import JAKARTA, Home
from data.preview import Happening, NamesJudged
from data.sql import read_sql

PROGRAM_PARTS = ("sql/publish/*.sql", "sql/rollup/*.sql", "sql/edition/schema.sql", "reference/*", "*.py")
# Of the journal's kinds those by which names are joined and files are read.
KIND_OF_NAMES, KIND_OF_MAPPINGS = "alias", "mapping"
TOLD_KINDS = ("import", "undo", KIND_OF_NAMES, KIND_OF_MAPPINGS)
# What publish reads of the settings; a new letterhead changes no number.
SETTINGS = (
    "home_province", "personal_covers_project", "registration_deadline_working_days", "denominator_sources",
    "report_sources", "branch", "place_group", "rule",
)  # fmt: skip
TOKEN = re.compile(r"(\d{1,12})-[0-9a-f]{16}")
MOST_NAMED = 5


class Moved(CakupanError):
    """The data has changed since the preview; the sentence names what came in between."""


class LiveBatch(NamedTuple):
    """A delivery that counts, as an edition's sidecar lists it."""

    batch: int
    kind: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class State:
    """`names`, `mappings`, `settings` and `program` are hashes; `batches` in the order of their numbers."""

    batches: tuple[LiveBatch, ...]
    names: str
    mappings: str
    settings: str
    program: str

    @property
    def hash(self) -> str:
        return _hash([self.batches, self.names, self.mappings, self.settings, self.program])

    @property
    def numbers(self) -> frozenset[int]:
        return frozenset(live.batch for live in self.batches)

    def as_facts(self) -> dict[str, str]:
        """What an edition's sidecar keeps of it beside its deliveries. How files were read changes no edition."""
        return {"names": self.names, "settings": self.settings, "program": self.program}

    def made(self, sidecar: dict[str, Any]) -> bool:
        """Whether an edition with this sidecar says what one made now would say of the same day."""
        listed = tuple(LiveBatch(**batch) for batch in sidecar["batches"])
        return listed == self.batches and sidecar.get("made_from") == self.as_facts()


def state_of(home: Home, ledger: duckdb.DuckDBPyConnection | None, aliases: Aliases | None = None) -> State:
    """The state now; the caller holds the writer lock. `ledger` None: there is none yet.

    `aliases`: those in force, where the caller has read them.
    """
    found = ledger.execute(read_sql("books/live_batches")).fetchall() if ledger else []
    return State(
        batches=tuple(LiveBatch(*row) for row in found),
        names=(aliases or aliases_of(home, is_demo=_is_demo(ledger))).token,
        mappings=_last_hash(home, KIND_OF_MAPPINGS),
        settings=_settings(load_config(home)),
        program=_program(),
    )


def token_of(home: Home, state: State) -> str:
    """The state as a text to be handed back; it begins with the journal's last number, for telling what came after."""
    return f"{journal.head(home)[0]}-{state.hash}"


def refuse_moved(
    home: Home, ledger: duckdb.DuckDBPyConnection | None, expected: str | None, grant: Grant = EVERYTHING
) -> None:
    """Moved unless the state is that of the token, CakupanError when it is none. None expects nothing.

    Under a limited `grant` no file is named: it may be another's.

    The caller holds the writer lock, so that nothing comes in between this and the act.
    """
    if expected is None:
        return
    found = TOKEN.fullmatch(expected)
    if found is None:
        raise CakupanError(f"Tanda pratinjau '{expected[:40]}' bukan tanda yang dikenal; buat pratinjau lagi.")
    if state_of(home, ledger).hash != expected.partition("-")[2]:
        happened = happened_after(home, int(found[1]))
        told = happened if grant == EVERYTHING else [replace(one, file=None) for one in happened]
        raise Moved(f"Sejak pratinjau {_said(told)}; buat pratinjau lagi.")


def happened_after(home: Home, number: int) -> list[Happening]:
    """What the journal says since that entry that can change what is published, oldest first."""
    return [_happening(row) for row in journal.rows_after(home, number, _known(TOLD_KINDS))]


class _Facts(msgspec.Struct, frozen=True):
    """What an entry of the journal says of a delivery."""

    batch: int | None = None
    kind: str | None = None
    file: str | None = None
    rows_accepted: int | None = None


def _happening(row: Any) -> Happening:
    """Of an entry that this program did not write, only that it stands there."""
    kind, said, names = row["kind"], _Facts(), None
    with suppress(msgspec.DecodeError, RecursionError):
        if kind in ("import", "undo"):
            said = msgspec.json.decode(row["facts"], type=_Facts)
        elif kind == KIND_OF_NAMES:
            names = msgspec.json.decode(row["facts"], type=NamesJudged)
    return Happening(kind, row["who"], row["at"], said.batch, said.kind, said.file, said.rows_accepted, names)


def _said(happened: list[Happening]) -> str:
    if not happened:
        return "pengaturan, program atau isi buku besar berubah"
    told = [_in_words(one) for one in happened[:MOST_NAMED]]
    more = f", dan {len(happened) - MOST_NAMED} perubahan lain" if len(happened) > MOST_NAMED else ""
    return ", ".join(told) + more


def _in_words(one: Happening) -> str:
    batch = f"batch {one.batch} ({one.file})" if one.file else f"batch {one.batch}"
    what = {
        "import": f"{batch} dimasukkan",
        "undo": f"{batch} dibatalkan",
        "alias": "padanan nama diubah",
    }.get(one.what, "pemetaan kolom diubah")
    return f"{what} oleh {one.who} pada {datetime.fromisoformat(one.at).astimezone(JAKARTA):%Y-%m-%d %H.%M} WIB"


def _known(kinds: tuple[str, ...]) -> list[str]:
    return [kind for kind in kinds if kind in journal.KINDS]


def _is_demo(ledger: duckdb.DuckDBPyConnection | None) -> bool:
    found = ledger.execute(read_sql("books/read_meta"), {"key": "demo"}).fetchone() if ledger else None
    return found is not None and found[0] == "1"


def _last_hash(home: Home, kind: str) -> str:
    """Of the journal's last entry of a kind: as each is chained to the one before, of all of them."""
    found = journal.entries(home, kind=kind, limit=1) if kind in journal.KINDS else []
    return found[0].hash[:16] if found else ""


def _settings(config: Config) -> str:
    return _hash({name: msgspec.to_builtins(getattr(config, name)) for name in SETTINGS})


@cache
def _program() -> str:
    """Of all that turns a ledger into an edition: a new version may count otherwise."""
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(path for part in PROGRAM_PARTS for path in folder.glob(part) if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _hash(value: Any) -> str:
    return hashlib.sha256(msgspec.json.encode(value, order="deterministic")).hexdigest()[:16]
