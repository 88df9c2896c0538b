"""What was said about findings of data quality: accepted, put right, no problem, in hand. Kept in the journal.

Append-only: the newest note on a finding counts, the earlier ones stay to be seen. A note corrects no number. What was
noted on the demonstration counts on the demonstration only. What is said of many findings together stands in as few
entries as hold them, and is a note on each.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, ClassVar

import msgspec

from data import journal
from data.access import MAY, ROLE_NAMES, Reader
from data.cases import LONG, RECORDED, SHORT, CaseRefused, clean, could_be_nik
from data.home import Home
from data.journal import Entry, HeadMoved

KIND = "quality_note"
ACT = "resolve_quality"
ACCEPTED, CORRECTED, NO_PROBLEM, IN_HAND = "diterima", "diperbaiki", "bukan_masalah", "ditindaklanjuti"
STATES = (IN_HAND, CORRECTED, NO_PROBLEM, ACCEPTED)
FEWEST_WORDS, FEWEST_LETTERS = 3, 15  # of a reason: less is no sentence
ATTEMPTS = 50
# Of findings in one entry: its facts still fit into a cell of a workbook (32,767 characters), names being long.
MOST_IN_AN_ENTRY = 100
SPOKEN, SAID = "spoken", "said"  # why a finding is left out: a newer note than was seen, or the same note already


def _(text: str) -> str:
    """Marks a text for the catalogue of the screen."""
    return text


BUSY = _("Jurnal sedang ramai ditulis, jadi ini belum tercatat; coba lagi.")
CHANGED_SINCE = _(
    "Nilai temuan ini berubah sejak halaman ini dibuka, jadi belum tercatat. Periksa nilainya yang sekarang; bila "
    "tetap perlu, catat lagi."
)
SPOKEN_SINCE = _(
    "{office} menanggapi temuan ini sejak halaman ini dibuka (entri {number}), jadi belum tercatat. Baca tanggapannya; "
    "bila tetap perlu, catat lagi."
)
NOT_FOUND = _("Temuan mutu itu tidak ada dalam lingkup akun ini pada edisi ini; muat ulang halaman.")
ONE_RULE = _("Temuan dari satu aturan saja dapat diselesaikan bersama; pilih satu aturan dahulu.")
FIELD_NAMES = {"state": _("Penyelesaian"), "office": _("Unit kerja"), "reason": _("Alasan")}


class NoteRefused(CaseRefused):
    """Why a note is not recorded; `field` is the one that is wrong, None where it is none of them."""

    def __init__(self, text: str, *, field: str | None = None, **values: Any) -> None:
        self.field = field
        super().__init__(text, **({"label": FIELD_NAMES[field]} if field else {}), **values)


@dataclass(frozen=True)
class QualityNote:
    """What somebody said about one finding: its key and what it was then, by which version of the rule.

    `office` is an office or an account, no person.
    """

    finding: str
    version: int
    value: str
    state: str
    office: str
    reason: str


@dataclass(frozen=True)
class Noted:
    """One note of the journal. `at` is UTC, `edition` the one that the finding was seen in."""

    number: int
    at: datetime
    who: str
    role: str
    is_authenticated: bool
    edition: int
    demo: bool
    note: QualityNote


class _Facts(msgspec.Struct, frozen=True):
    """`findings` are values by finding where several are noted together; else there is one `finding` with its value."""

    version: int
    state: str
    office: str
    reason: str
    edition: int
    demo: bool
    finding: str | None = None
    value: str | None = None
    findings: dict[str, str] | None = None

    ALIKE: ClassVar = ("version", "state", "office", "reason")

    @property
    def values(self) -> dict[str, str]:
        if self.findings is not None:
            return self.findings
        return {} if self.finding is None or self.value is None else {self.finding: self.value}


@dataclass(frozen=True)
class Together:
    """What came of noting findings together: the entries, the findings noted, and by why those that were left out."""

    entries: tuple[Entry, ...]
    noted: tuple[str, ...]
    left_out: Mapping[str, tuple[str, ...]]


def notes(home: Home, *, is_demo: bool) -> Mapping[str, tuple[Noted, ...]]:
    """All notes by the key of their finding, oldest first. JournalUnusable when the journal cannot be read."""
    return _known(home).by_finding[is_demo]


def record(
    home: Home, reader: Reader, note: QualityNote, *, edition: int, is_demo: bool, seen: int | None = None
) -> Entry:
    """Write one note. NoteRefused, and nothing is written, when the reader may not or something is wrong with it.

    `seen` is the newest note on the finding when the writer looked, 0 for none: nobody speaks over a newer one unread.
    None: nobody has looked. Whether the finding may be seen by the reader is the caller's to know.
    """
    refuse_act(reader)
    note = checked(note)
    facts = {"finding": note.finding, "value": note.value} | _alike(note, edition, is_demo)
    for _attempt in range(ATTEMPTS):
        known = _known(home)
        said = known.by_finding[is_demo].get(note.finding, ())
        if said and said[-1].note == note and said[-1].edition == edition:
            raise NoteRefused(RECORDED, number=said[-1].number)
        if said and seen is not None and said[-1].number != seen:
            raise NoteRefused(SPOKEN_SINCE, office=said[-1].note.office, number=said[-1].number)
        with suppress(HeadMoved):
            return journal.append_after(home, known.head, KIND, facts, reader)
    raise NoteRefused(BUSY)


def record_together(
    home: Home,
    reader: Reader,
    notes: Sequence[QualityNote],
    *,
    seen: Mapping[str, int],
    edition: int,
    is_demo: bool,
) -> Together:
    """Write notes that say the same of several findings: all of them in one transaction of the journal, or none.

    `seen` is by finding the newest note on it when the writer looked, 0 for none: who would speak over a newer one
    leaves that finding out. Refused as by `record`; whether the findings may be seen is the caller's to know.
    """
    refuse_act(reader)
    first = checked(notes[0])
    assert len({(note.version, note.state, note.office, note.reason) for note in notes}) == 1, notes
    notes = [replace(first, finding=note.finding, value=note.value) for note in notes]
    for _attempt in range(ATTEMPTS):
        known = _known(home)
        fresh, left_out = _sorted_out(notes, known.by_finding[is_demo], seen, edition)
        acts = [(KIND, facts) for facts in _facts_together(fresh, edition, is_demo)]
        with suppress(HeadMoved):
            entries = journal.append_all(home, acts, reader, after=known.head) if acts else []
            return Together(tuple(entries), tuple(note.finding for note in fresh), left_out)
    raise NoteRefused(BUSY)


def _sorted_out(
    notes: Sequence[QualityNote], known: Mapping[str, tuple[Noted, ...]], seen: Mapping[str, int], edition: int
) -> tuple[list[QualityNote], dict[str, tuple[str, ...]]]:
    """Those to be written, and by why the findings of the others."""
    fresh: list[QualityNote] = []
    left_out: dict[str, list[str]] = defaultdict(list)
    for note in notes:
        last = known[note.finding][-1] if note.finding in known else None
        why = None
        if (last.number if last else 0) != seen[note.finding]:
            why = SPOKEN
        elif last and (last.note, last.edition) == (note, edition):
            why = SAID
        if why is None:
            fresh.append(note)
        else:
            left_out[why].append(note.finding)
    return fresh, {why: tuple(keys) for why, keys in left_out.items()}


def _facts_together(notes: Sequence[QualityNote], edition: int, is_demo: bool) -> list[dict[str, Any]]:
    """Of each entry; each says of how many notes it is a part."""
    parts = [notes[first : first + MOST_IN_AN_ENTRY] for first in range(0, len(notes), MOST_IN_AN_ENTRY)]
    return [
        {"findings": {note.finding: note.value for note in part}, "together": len(notes)}
        | _alike(part[0], edition, is_demo)
        for part in parts
    ]


def _alike(note: QualityNote, edition: int, is_demo: bool) -> dict[str, Any]:
    return {name: getattr(note, name) for name in _Facts.ALIKE} | {"edition": edition, "demo": is_demo}


def refuse_act(reader: Reader) -> None:
    """NoteRefused for a role that may only look."""
    if not reader.may(ACT):
        text = _("Peran {role} tidak boleh {act}; yang boleh: {roles}.")
        roles = tuple(ROLE_NAMES[role] for role in MAY[ACT])
        act = _("menyelesaikan temuan mutu")
        raise NoteRefused(text, role=ROLE_NAMES.get(reader.role, reader.role), act=act, roles=roles)


def checked(note: QualityNote) -> QualityNote:
    """The note with its texts cleaned, once all may stand; NoteRefused is the first that may not."""
    office, reason = clean(note.office, paragraph=False), clean(note.reason, paragraph=True)
    if note.state not in STATES:
        text = _("{label} '{value}' tidak dikenal; pilih salah satu: {choices}.")
        raise NoteRefused(text, field="state", value=note.state[:40], choices=", ".join(STATES))
    _refuse_text("office", office, SHORT)
    _refuse_text("reason", reason, LONG)
    if len(reason.split()) < FEWEST_WORDS or len(reason) < FEWEST_LETTERS:
        text = _("{label} '{value}' terlalu singkat; tulis sekurangnya satu kalimat.")
        raise NoteRefused(text, field="reason", value=reason)
    return replace(note, office=office, reason=reason)


def _refuse_text(field: str, text: str, most: int) -> None:
    if not text:
        raise NoteRefused(_("{label} belum diisi; isi dahulu."), field=field)
    if len(text) > most:
        too_long = _("{label} berisi {length} huruf, paling banyak {most}; ringkas.")
        raise NoteRefused(too_long, field=field, length=len(text), most=most)
    if (found := could_be_nik(text)) is not None:
        refusal = _(
            "{label} memuat deretan 16 angka ({beginning}…) yang dapat berupa NIK; hapus, sebab data perorangan tidak "
            "dicatat di sini."
        )
        raise NoteRefused(refusal, field=field, beginning=found[:4])


ByFinding = dict[str, tuple[Noted, ...]]


@dataclass(frozen=True)
class _Known:
    """The notes of one home, on the demonstration or not, up to the entry of the journal with this number and hash."""

    head: tuple[int, str]
    by_finding: dict[bool, ByFinding]


_read: dict[Path, _Known] = {}
_reading = Lock()


def _known(home: Home) -> _Known:
    """All notes; only what was added since is read."""
    head = journal.head(home)
    with _reading:
        known = _read.get(home.root)
        if known is None or known.head != head:
            known = _read[home.root] = _grown(home, known, head)
    return known


def _grown(home: Home, known: _Known | None, head: tuple[int, str]) -> _Known:
    # A journal that came back from a backup may hold other entries under the same numbers.
    if known is None or known.head[0] > head[0] or journal.hash_at(home, known.head[0]) != known.head[1]:
        known = _Known((0, journal.NO_HASH), {True: {}, False: {}})
    rows = [row for row in journal.rows_after(home, known.head[0], (KIND,)) if row["number"] <= head[0]]
    return _Known(head, _with(known.by_finding, rows) if rows else known.by_finding)


def _with(known: dict[bool, ByFinding], rows: list[Any]) -> dict[bool, ByFinding]:
    """The notes and those of further entries; what was handed out before stays as it is."""
    found = {is_demo: dict(of_home) for is_demo, of_home in known.items()}
    for row in rows:
        for noted in _noted(row):
            of_home = found[noted.demo]
            of_home[noted.note.finding] = (*of_home.get(noted.note.finding, ()), noted)
    return found


def _noted(row: Any) -> list[Noted]:
    """The notes of an entry; none where it is not what this program would have written: the check of the chain names
    it."""
    try:
        facts = _FACTS.decode(row["facts"])
        at = datetime.fromisoformat(row["at"]).astimezone(UTC)
    except (msgspec.DecodeError, TypeError, ValueError, OverflowError, RecursionError):
        return []
    written = row["number"], at, row["who"], row["role"], bool(row["is_authenticated"]), facts.edition, facts.demo
    alike = {name: getattr(facts, name) for name in _Facts.ALIKE}
    return [Noted(*written, QualityNote(finding=key, value=value, **alike)) for key, value in facts.values.items()]


_FACTS: msgspec.json.Decoder[_Facts] = msgspec.json.Decoder(_Facts)
