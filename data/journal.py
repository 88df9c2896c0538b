"""The journal: who did what and when. Append-only, each entry chained to the hash of the one before it."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from data import disk
from data.access import Reader
from data.errors import CakupanError
from data.home import JAKARTA, Home
from data.sql import read_sql

KINDS = (
    "sign_in", "sign_in_refused", "sign_out", "password_changed", "import", "undo", "publish", "export", "account",
    "backup", "restore", "purge", "demonstration", "proof", "decision", "exception", "finding", "finding_followup",
    "follow_up", "pack", "alias", "mapping", "quality_note",
    "preview",
)  # fmt: skip
MIGRATIONS = Path(__file__).parent / "sql" / "journal"
NO_HASH = "0" * 64  # what the first entry is chained to
BUSY_MILLISECONDS = 10_000
MOST_FAULTS = 100
HINDRANCES = (
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
)  # fmt: skip


class JournalUnusable(CakupanError):
    """The journal cannot be written or read; what would have to be journaled is not done."""


class HeadMoved(CakupanError):
    """Somebody wrote an entry meanwhile; what was judged by the entries before it is judged anew."""


class DoneUnjournaled(JournalUnusable):
    """The act has happened, but the journal could not be written afterwards."""

    exit_code = 1


@dataclass(frozen=True)
class Entry:
    """One line of the journal. `facts` hold no person and no value of the data. `at` is UTC."""

    number: int
    at: datetime
    who: str
    role: str
    is_authenticated: bool
    kind: str
    facts: dict[str, Any]
    previous_hash: str
    hash: str


@dataclass(frozen=True)
class Fault:
    """What is wrong with one entry, or with the journal as a whole (`number` None).

    `text` is an Indonesian sentence with gaps for `values`, so that a page can say it in another language.
    """

    number: int | None
    text: str
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def problem(self) -> str:
        return self.text.format(**self.values)


@dataclass(frozen=True)
class Verification:
    """What a check of the whole chain found.

    `confirmed` is the last entry whose hash stands in an edition's sidecar as well: a history that was cut or wholly
    rewritten after it would not be noticed, unless its head was noted down elsewhere.
    """

    entries: int
    head_number: int
    head_hash: str
    faults: list[Fault]
    confirmed: int

    @property
    def is_whole(self) -> bool:
        return not self.faults


def append(home: Home, kind: str, facts: dict[str, Any], reader: Reader) -> Entry:
    """Write one entry, on disk when this returns. JournalUnusable when it cannot be: then the act must not happen."""
    return append_all(home, [(kind, facts)], reader)[0]


def append_done(home: Home, kind: str, facts: dict[str, Any], reader: Reader) -> Entry:
    """Write the entry of an act that has happened and cannot be taken back. DoneUnjournaled when it cannot be."""
    try:
        return append(home, kind, facts, reader)
    except JournalUnusable as broken:
        raise DoneUnjournaled(
            f"Sudah terlaksana, tetapi jurnal {home.journal_path} tidak dapat ditulis, jadi perbuatan ini tidak "
            "tercatat; perbaiki jurnal dan catat perbuatan ini dengan cara lain."
        ) from broken


def append_after(home: Home, head: tuple[int, str], kind: str, facts: dict[str, Any], reader: Reader) -> Entry:
    """As append, as long as this is still the last entry; else HeadMoved, and nothing is written."""
    return append_all(home, [(kind, facts)], reader, after=head)[0]


def append_all(
    home: Home,
    acts: Sequence[tuple[str, dict[str, Any]]],
    reader: Reader,
    *,
    after: tuple[int, str] | None = None,
) -> list[Entry]:
    """Write an entry for each act (its kind and facts), all of them or none; with `after` only after that entry."""
    with _writing(home) as journal:
        number, previous_hash = _head(journal)
        if after is not None and after != (number, previous_hash):
            raise HeadMoved("Jurnal bertambah sementara ini ditulis; coba lagi.")
        entries = []
        for kind, facts in acts:
            assert kind in KINDS, kind
            row = {
                "number": number + 1,
                "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "who": _storable(reader.name),
                "role": _storable(reader.role),
                "is_authenticated": int(reader.is_authenticated),
                "kind": kind,
                "facts": _storable(canonical(facts)),
                "previous_hash": previous_hash,
            }
            row["hash"] = hash_of(row)
            journal.execute(read_sql("journal/insert_entry"), row)
            number, previous_hash = row["number"], row["hash"]
            entries.append(_entry(row))
    return entries


def require(home: Home) -> None:
    """JournalUnusable unless an entry could be written now. Asked before an act that is journaled once it is done."""
    with _writing(home):
        pass


def entries(
    home: Home,
    *,
    kind: str | None = None,
    who: str | None = None,
    first: date | None = None,
    last: date | None = None,
    text: str | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[Entry]:
    """Entries newest first. `first` and `last` are days in Jakarta, both included; `text` is looked for in the facts
    and the name. A negative limit means all of them."""
    bound = _filters(kind, who, first, last, text) | {"limit": limit, "offset": offset}
    return [_entry(row) for row in _read(home, "entries", bound)]


def count(
    home: Home,
    *,
    kind: str | None = None,
    who: str | None = None,
    first: date | None = None,
    last: date | None = None,
    text: str | None = None,
) -> int:
    """How many entries there are with these filters of `entries`."""
    found = _read(home, "count", _filters(kind, who, first, last, text))
    return found[0][0] if found else 0


def names(home: Home) -> list[str]:
    """Everybody who stands in the journal."""
    return [row["who"] for row in _read(home, "accounts", {})]


def head(home: Home) -> tuple[int, str]:
    """Number and hash of the last entry; 0 and NO_HASH when there is none."""
    found = _read(home, "head", {})
    return (found[0]["number"], found[0]["hash"]) if found else (0, NO_HASH)


def rows_after(home: Home, number: int, kinds: Sequence[str]) -> list[sqlite3.Row]:
    """Entries of these kinds after that number, oldest first, their facts as the text that is stored."""
    return _read(home, "after", {"number": number, "kinds": json.dumps(kinds)})


def hash_at(home: Home, number: int) -> str | None:
    """The hash of an entry; None when there is no such entry."""
    found = _read(home, "hash_at", {"number": number})
    return found[0]["hash"] if found else None


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces: equal facts are equal text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def hash_of(row: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON of an entry's columns but its hash; `facts` is the text as stored."""
    text = canonical({name: value for name, value in row.items() if name != "hash"})
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def verify(home: Home) -> Verification:
    """Check every entry, the chain between them, and what the editions' sidecars say of it.

    JournalUnusable where the disk or its rights keep from reading: that says nothing against the journal.
    """
    anchors = _anchors(home)
    if not home.journal_path.exists():
        return Verification(0, 0, NO_HASH, _cut(0, anchors), 0)
    try:
        with closing(_connect(home, "ro")) as journal:
            if _is_unwritten(journal):
                return Verification(0, 0, NO_HASH, _cut(0, anchors), 0)
            return _verified(journal, anchors)
    # Neither a type nor a number need be what the schema says, once somebody made the table anew.
    except (sqlite3.Error, OSError, TypeError, ValueError) as broken:
        if _is_hindered(broken):
            raise _unreadable(home, broken) from broken
        text = _("Berkas {file} tidak dapat dibaca ({reason}); pulihkan dari cadangan.")
        values = {"file": home.journal_path.name, "reason": type(broken).__name__}
        return Verification(0, 0, NO_HASH, [Fault(None, text, values)], 0)


def _verified(journal: sqlite3.Connection, anchors: list[tuple[int, str, str]]) -> Verification:
    # Bytes that are no UTF-8 must neither stop the check nor look like any other text.
    journal.text_factory = lambda stored: stored.decode("utf-8", "surrogateescape")
    faults = _fence_faults(journal)
    wanted = {number for number, *_rest in anchors}
    hashes: dict[int, str] = {}
    number, previous_hash, counted = 0, NO_HASH, 0
    for found in journal.execute(read_sql("journal/chain")):
        row = dict(found)
        if len(faults) < MOST_FAULTS:
            faults += _row_faults(journal, row, number, previous_hash)
        number, previous_hash, counted = row["number"], row["hash"], counted + 1
        if number in wanted:
            hashes[number] = row["hash"]
    faults += _cut(number, anchors) + _rewritten(hashes, anchors)
    confirmed = max((n for n, expected, *_rest in anchors if hashes.get(n) == expected), default=0)
    return Verification(counted, number, str(previous_hash), faults, confirmed)


def _row_faults(journal: sqlite3.Connection, row: dict[str, Any], previous: int, previous_hash: str) -> Iterator[Fault]:
    number = row["number"]
    if number != previous + 1:
        one, several = _("Entri {first} hilang."), _("Entri {first} sampai {last} hilang.")
        values = {"first": previous + 1, "last": number - 1}
        yield Fault(previous + 1, one if number == previous + 2 else several, values)
    if hash_of(row) != row["hash"]:
        yield Fault(number, _("Entri {number} diubah: isinya tidak lagi sesuai dengan hash-nya."), {"number": number})
    if row["previous_hash"] != previous_hash and number == previous + 1:
        yield _break(journal, row, previous)


def _break(journal: sqlite3.Connection, row: dict[str, Any], previous: int) -> Fault:
    bound = {"hash": _storable(str(row["previous_hash"]))}
    other = journal.execute(read_sql("journal/number_of_hash"), bound).fetchone()
    values = {"number": row["number"], "expected": previous, "other": other[0] if other else None}
    if other and previous:
        text = _("Entri {number} menyambung ke entri {other}, bukan ke entri {expected}: urutannya diubah.")
    elif other:
        text = _("Entri {number} menyambung ke entri {other}, bukan ke awal jurnal: urutannya diubah.")
    elif previous:
        text = _(
            "Entri {number} tidak menyambung ke entri {expected}: ada entri yang disisipkan, dihapus atau ditulis "
            "ulang."
        )
    else:
        text = _("Entri {number} tidak menyambung ke awal jurnal: ada entri yang dihapus atau ditulis ulang.")
    return Fault(row["number"], text, values)


def _(text: str) -> str:
    """Marks a text for the catalogue of the screen."""
    return text


def _fence_faults(journal: sqlite3.Connection) -> list[Fault]:
    """Table, index and triggers must be those of the schema, and the file sound."""
    faults = []
    with closing(sqlite3.connect(":memory:")) as fresh:
        _migrate(fresh)
        expected = fresh.execute(read_sql("journal/fences")).fetchall()
    found = [tuple(row) for row in journal.execute(read_sql("journal/fences"))]
    if found != expected:
        faults.append(Fault(None, _("Pagar jurnal (tabel, indeks atau pemicunya) tidak seperti yang dibuat program.")))
    if journal.execute("pragma integrity_check").fetchone()[0] != "ok":
        faults.append(Fault(None, _("Berkas jurnal rusak di dalam (integrity_check); pulihkan dari cadangan.")))
    return faults


def _anchors(home: Home) -> list[tuple[int, str, str]]:
    """Number and hash of the journal's head as each publish wrote them into its sidecar, with the edition's number."""
    anchors = []
    for path in sorted(home.editions_dir.glob("[0-9]*.json")):
        with suppress(OSError, ValueError, KeyError, TypeError):
            facts = json.loads(path.read_text("utf-8"))
            anchors.append((int(facts["journal_number"]), str(facts["journal_hash"]), str(facts["number"])))
    return [anchor for anchor in anchors if anchor[0] > 0]


def _cut(head_number: int, anchors: list[tuple[int, str, str]]) -> list[Fault]:
    lost = [anchor for anchor in anchors if anchor[0] > head_number]
    if not lost:
        return []
    number, _hash, edition = max(lost)
    text = _("Entri {first} sampai sekurangnya {last} hilang di ujung: edisi {edition} mencatat entri {last}.")
    return [Fault(head_number + 1, text, {"first": head_number + 1, "last": number, "edition": edition})]


def _rewritten(hashes: dict[int, str], anchors: list[tuple[int, str, str]]) -> list[Fault]:
    text = _("Entri {number} bukan yang dicatat edisi {edition}: jurnal ditulis ulang sampai entri itu.")
    return [
        Fault(number, text, {"number": number, "edition": edition})
        for number, expected, edition in anchors
        if number in hashes and hashes[number] != expected
    ]


def _filters(
    kind: str | None, who: str | None, first: date | None, last: date | None, text: str | None
) -> dict[str, str | None]:
    return {
        "kind": kind,
        "who": who,
        "first": _utc(first) if first else None,
        "last": _utc(last + timedelta(days=1)) if last else None,
        # Facts are JSON: a quote or a backslash stands escaped in them.
        "text": json.dumps(text, ensure_ascii=False)[1:-1] if text else None,
    }


def _utc(day: date) -> str:
    return datetime.combine(day, time(), JAKARTA).astimezone(UTC).isoformat(timespec="milliseconds")


def _entry(row: Any) -> Entry:
    return Entry(
        number=row["number"],
        at=_moment(row["at"]),
        who=row["who"],
        role=row["role"],
        is_authenticated=bool(row["is_authenticated"]),
        kind=row["kind"],
        facts=_facts(row["facts"]),
        previous_hash=row["previous_hash"],
        hash=row["hash"],
    )


def _moment(text: str) -> datetime:
    """A tampered entry is still shown: the check names it."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return datetime.fromtimestamp(0, UTC)


def _facts(text: str) -> dict[str, Any]:
    try:
        facts = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return {"unreadable": str(text)}
    return facts if isinstance(facts, dict) else {"unreadable": text}


def _storable(text: str) -> str:
    """A file name may hold bytes that no UTF-8 can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")


@contextmanager
def _writing(home: Home) -> Iterator[sqlite3.Connection]:
    """The journal inside one transaction that no other process can write beside."""
    try:
        with closing(_open(home)) as journal:
            journal.execute("begin immediate")
            yield journal
            journal.execute("commit")
    except (sqlite3.Error, OSError) as broken:
        raise JournalUnusable(
            f"Jurnal {home.journal_path} tidak dapat ditulis ({type(broken).__name__}), jadi perbuatan ini tidak "
            "dilakukan; hubungi pengelola."
        ) from broken


def _read(home: Home, name: str, bound: dict[str, Any]) -> list[sqlite3.Row]:
    if not home.journal_path.exists():
        return []
    try:
        with closing(_connect(home, "ro")) as journal:
            journal.text_factory = lambda stored: stored.decode("utf-8", "replace")
            return [] if _is_unwritten(journal) else journal.execute(read_sql(f"journal/{name}"), bound).fetchall()
    except (sqlite3.Error, OSError) as broken:
        raise _unreadable(home, broken) from broken


def _unreadable(home: Home, broken: Exception) -> JournalUnusable:
    advice = "periksa ruang cakram dan izin folder, lalu ulangi" if _is_hindered(broken) else "pulihkan dari cadangan"
    return JournalUnusable(f"Jurnal {home.journal_path} tidak dapat dibaca ({type(broken).__name__}); {advice}.")


def _is_hindered(broken: Exception) -> bool:
    """Kept from reading by what lies outside the file. Even a reader needs room for the index of its log of writes."""
    # The upper bits say more than is needed.
    return isinstance(broken, OSError) or getattr(broken, "sqlite_errorcode", 0) & 0xFF in HINDRANCES


def _head(journal: sqlite3.Connection) -> tuple[int, str]:
    found = journal.execute(read_sql("journal/head")).fetchone()
    return (found["number"], found["hash"]) if found else (0, NO_HASH)


def _open(home: Home) -> sqlite3.Connection:
    """The journal for writing, made or migrated when needed; only its owner may read it."""
    home.root.mkdir(parents=True, exist_ok=True)
    disk.make_private(home.journal_path)
    journal = _connect(home, "rw")
    try:
        journal.execute("pragma journal_mode = wal")
        _migrate(journal)
    except BaseException:
        journal.close()
        raise
    return journal


def _connect(home: Home, mode: str) -> sqlite3.Connection:
    address = f"{home.journal_path.absolute().as_uri()}?mode={mode}"
    # Transactions are begun by hand: the driver would begin one that lets others read the same head.
    journal = sqlite3.connect(address, uri=True, isolation_level=None)
    journal.row_factory = sqlite3.Row
    journal.execute(f"pragma busy_timeout = {BUSY_MILLISECONDS}")
    journal.execute("pragma synchronous = full")
    journal.execute("pragma recursive_triggers = on")
    return journal


def _is_unwritten(journal: sqlite3.Connection) -> bool:
    """Created, and then the process died or the disk was full: as good as none. The next entry makes its table."""
    return _version(journal) == 0 and not journal.execute(read_sql("journal/fences")).fetchall()


def schema_versions() -> list[tuple[int, Path]]:
    """Numbered migrations, oldest first."""
    return sorted((int(path.name[:4]), path) for path in MIGRATIONS.glob("[0-9]*.sql"))


def _migrate(journal: sqlite3.Connection) -> None:
    newest = schema_versions()[-1][0]
    if _version(journal) == newest:
        return
    journal.execute("begin immediate")
    version = _version(journal)  # another process may have migrated it meanwhile
    if version > newest:
        raise JournalUnusable(f"Jurnal berversi {version}, lebih baru daripada program ini; perbarui program.")
    for number, path in schema_versions():
        if number > version:
            for statement in _statements(path.read_text("utf-8")):
                journal.execute(statement)
    journal.execute(f"pragma user_version = {newest}")
    journal.execute("commit")


def _version(journal: sqlite3.Connection) -> int:
    return journal.execute("pragma user_version").fetchone()[0]


def _statements(script: str) -> Iterator[str]:
    """Statement by statement: sqlite3's own way to run a script ends the transaction it stands in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
