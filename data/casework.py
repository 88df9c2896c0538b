"""Casework: what officials added to projects, kept in the journal and narrowed to what a grant shows.

Append-only: a correction is an entry of its own that names the former one, and both stay to be seen. What was recorded
on the demonstration counts on the demonstration only, and the other way round.
"""

import contextlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Generic, TypeVar

import msgspec

from data import evidence, journal, keys
from data.access import Reader
from data.cases import CASES as CASES
from data.cases import DECISIONS as DECISIONS
from data.cases import FINDING_STATES as FINDING_STATES
from data.cases import FOLLOW_UP_STATES as FOLLOW_UP_STATES
from data.cases import KINDS as KINDS
from data.cases import RESULTS as RESULTS
from data.cases import SETTLED as SETTLED
from data.cases import Case as Case
from data.cases import Decision as Decision
from data.cases import FieldRefused as FieldRefused
from data.cases import Finding as Finding
from data.cases import FindingFollowUp as FindingFollowUp
from data.cases import FollowUp as FollowUp
from data.cases import Proof as Proof
from data.cases import Waiver as Waiver
from data.cases import Withdrawal as Withdrawal
from data.cases import checked, clean, refuse_person
from data.editions import Edition, open_edition
from data.errors import CakupanError
from data.evidence import Scan as Scan
from data.home import JAKARTA, Home
from data.journal import Entry, HeadMoved

ATTEMPTS = 50  # others may write between what is judged and what is written
C = TypeVar("C", bound=Case | Withdrawal, covariant=True)


@dataclass(frozen=True)
class Noted(Generic[C]):
    """One entry of casework. `replaces` is the number of the entry it corrects or withdraws; `at` is UTC.

    `areas` are those of the account that made a finding on an owner as a whole; None: it sees all.
    """

    number: int
    at: datetime
    who: str
    role: str
    is_authenticated: bool
    kind: str
    content: C
    edition: int
    is_demo: bool
    replaces: int | None = None
    areas: tuple[str, ...] | None = None


@dataclass(frozen=True)
class FindingState:
    """A finding as it stands: `number` is its first entry's, by which it is known; `noted` the newest wording."""

    number: int
    noted: Noted[Finding]
    follow_ups: tuple[Noted[FindingFollowUp], ...]

    @property
    def state(self) -> str:
        return self.follow_ups[-1].content.state if self.follow_ups else self.noted.content.state

    def is_overdue(self, on: date) -> bool:
        return self.state not in SETTLED and self.noted.content.due < on


@dataclass(frozen=True, eq=False)
class Casework:
    """All entries that may be seen, oldest first, also those replaced. Everything else follows from them."""

    history: tuple[Noted, ...] = ()
    unreadable: int = 0  # entries of these kinds that cannot be understood: tampered with, or by a newer program

    @cached_property
    def replaced_by(self) -> Mapping[int, int]:
        """By the number of an entry the number of the one that took its place, or took it back."""
        return {noted.replaces: noted.number for noted in self.history if noted.replaces is not None}

    @cached_property
    def by_number(self) -> Mapping[int, Noted]:
        return {noted.number: noted for noted in self.history}

    @cached_property
    def live(self) -> tuple[Noted, ...]:
        """Entries that count: neither replaced nor a withdrawal."""
        return tuple(
            noted
            for noted in self.history
            if noted.number not in self.replaced_by and not isinstance(noted.content, Withdrawal)
        )

    @cached_property
    def proofs(self) -> Mapping[str, tuple[Noted[Proof], ...]]:
        """By project, oldest first."""
        return self._by_project("proof")

    @cached_property
    def decisions(self) -> Mapping[tuple[str, int], Noted[Decision]]:
        """By project and payment; 0 is a decision on no payment in particular."""
        return {
            (noted.content.kode_proyek, noted.content.payment): noted for noted in self.live if noted.kind == "decision"
        }

    @cached_property
    def waivers(self) -> Mapping[str, tuple[Noted[Waiver], ...]]:
        """By project, oldest first, also those that have expired."""
        return self._by_project("exception")

    @cached_property
    def follow_ups(self) -> Mapping[str, Noted[FollowUp]]:
        """The newest by project."""
        return {code: found[-1] for code, found in self._by_project("follow_up").items()}

    @cached_property
    def findings(self) -> tuple[FindingState, ...]:
        """Oldest first; withdrawn ones are in the history only."""
        answers: dict[int, list[Noted[FindingFollowUp]]] = defaultdict(list)
        for noted in self.live:
            if noted.kind == "finding_followup":
                answers[self.root(noted.content.finding)].append(noted)
        found = [(self.root(noted.number), noted) for noted in self.live if noted.kind == "finding"]
        return tuple(FindingState(number, noted, tuple(answers[number])) for number, noted in sorted(found, key=_first))

    def waiver_in_force(self, code: str, on: date) -> Noted[Waiver] | None:
        """The exception that holds on that day, the longest of several."""
        holding = [noted for noted in self.waivers.get(code, ()) if noted.content.expires_on >= on]
        return max(holding, key=lambda noted: noted.content.expires_on, default=None)

    def findings_of(self, code: str) -> tuple[FindingState, ...]:
        return tuple(finding for finding in self.findings if finding.noted.content.kode_proyek == code)

    def of_project(self, code: str) -> tuple[Noted, ...]:
        """The project's whole history, oldest first."""
        return self._histories.get(code, ())

    def root(self, number: int) -> int:
        """The first of the entries that corrected one another up to this one."""
        while (noted := self.by_number.get(number)) is not None and noted.replaces is not None:
            number = noted.replaces
        return number

    def subject(self, noted: Noted) -> tuple[str | None, str | None]:
        """Project and owner that an entry speaks of, by way of the finding or entry it names."""
        content = noted.content
        if isinstance(content, Withdrawal):
            return self._named(noted.replaces)
        if isinstance(content, FindingFollowUp):
            return self._named(content.finding)
        return content.kode_proyek, content.owner if isinstance(content, Finding) else None

    def _named(self, number: int | None) -> tuple[str | None, str | None]:
        noted = self.by_number.get(number or 0)
        return self.subject(noted) if noted else (None, None)

    @cached_property
    def _histories(self) -> Mapping[str, tuple[Noted, ...]]:
        found: dict[str, list[Noted]] = defaultdict(list)
        for noted in self.history:
            code, _owner = self.subject(noted)
            if code is not None:
                found[code].append(noted)
        return {code: tuple(noted) for code, noted in found.items()}

    def _by_project(self, kind: str) -> Mapping[str, tuple[Noted, ...]]:
        found: dict[str, list[Noted]] = defaultdict(list)
        for noted in self.live:
            if noted.kind == kind:
                found[noted.content.kode_proyek].append(noted)
        return {code: tuple(noted) for code, noted in found.items()}


def casework(home: Home, edition: Edition) -> Casework:
    """What the edition's grant shows of the journal's casework; read again only when there is more of it.

    A project that is not in the edition, or not to be seen, has none. JournalUnusable when the journal is unreadable.
    """
    return _within(_whole(home), edition)


class _Common(msgspec.Struct, frozen=True):
    """What every entry of casework says beside its content."""

    edition: int
    demo: bool
    replaces: int | None = None
    withdrawal: str | None = None
    areas: tuple[str, ...] | None = None


@dataclass(frozen=True)
class _Known:
    """The casework of one home as far as the journal was read: up to the entry of this number and hash."""

    head: tuple[int, str]
    whole: Casework


_known: dict[Path, _Known] = {}
_reading = Lock()


def _whole(home: Home) -> Casework:
    """Everybody's casework; only what was added since is read."""
    head = journal.head(home)
    with _reading:
        known = _known.get(home.root)
        if known is None or known.head != head:
            known = _known[home.root] = _grown(home, known, head)
    return known.whole


def _grown(home: Home, known: _Known | None, head: tuple[int, str]) -> _Known:
    # A journal that came back from a backup may hold other entries under the same numbers.
    if known is None or known.head[0] > head[0] or journal.hash_at(home, known.head[0]) != known.head[1]:
        known = _Known((0, journal.NO_HASH), Casework())
    rows = [row for row in journal.rows_after(home, known.head[0], KINDS) if row["number"] <= head[0]]
    if not rows:
        return _Known(head, known.whole)
    new = [_noted(row) for row in rows]
    read = tuple(noted for noted in new if noted is not None)
    return _Known(head, Casework(known.whole.history + read, known.whole.unreadable + len(new) - len(read)))


def _noted(row: Any) -> Noted | None:
    """None where an entry is not what this program would have written: the check of the chain names it."""
    try:
        common = _COMMON.decode(row["facts"])
        content = (
            _CONTENTS[row["kind"]].decode(row["facts"]) if common.withdrawal is None else Withdrawal(common.withdrawal)
        )
        at = datetime.fromisoformat(row["at"]).astimezone(UTC)
    except (msgspec.DecodeError, TypeError, ValueError, OverflowError):
        return None
    return Noted(
        row["number"], at, row["who"], row["role"], bool(row["is_authenticated"]), row["kind"], content,
        common.edition, common.demo, common.replaces, common.areas,
    )  # fmt: skip


_COMMON = msgspec.json.Decoder(_Common)
_CONTENTS = {kind: msgspec.json.Decoder(case) for kind, case in CASES.items()}


@lru_cache(maxsize=256)
def _within(whole: Casework, edition: Edition) -> Casework:
    is_demo = edition.meta["demo"] == "1"
    codes = {code for code in (whole.subject(noted)[0] for noted in whole.history) if code is not None}
    projects, owners = _projects(edition, codes), _Owners(edition)
    return Casework(
        tuple(
            noted for noted in whole.history if noted.is_demo == is_demo and _is_visible(whole, noted, projects, owners)
        ),
        whole.unreadable,
    )


def _is_visible(whole: Casework, noted: Noted, projects: Mapping[str, dict[str, Any]], owners: "_Owners") -> bool:
    code, owner = whole.subject(noted)
    if code is not None:
        return code in projects
    root = whole.by_number.get(whole.root(noted.number))
    return owner is not None and root is not None and owners.may_see(owner, root.areas)


class _Owners:
    """Which owners a grant shows, and which of them wholly."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def may_see(self, owner: str, areas: tuple[str, ...] | None) -> bool:
        """A finding on an owner as a whole is for whom all its projects may be shown, and for whose areas hold those
        of the account that made it."""
        return owner in self._inside and (
            self._inside[owner] or (areas is not None and set(areas) <= self.edition.visible_places)
        )

    @cached_property
    def _inside(self) -> dict[str, bool]:
        rows = self.edition.query("case_owners", **_limits(self.edition))
        return {row["owner"]: row["inside"] == row["projects"] for row in rows}


def _projects(edition: Edition, codes: Collection[str]) -> dict[str, dict[str, Any]]:
    rows = edition.query("case_projects", codes=sorted(codes), **_limits(edition))
    return {row["kode_proyek"]: row for row in rows}


def _limits(edition: Edition) -> dict[str, list[str] | None]:
    """The grant as the parameters of a query; None limits nothing."""
    areas, owners = edition.grant.areas, edition.grant.owners
    return {
        "places": None if areas is None else sorted(edition.visible_places),
        "owners": None if owners is None else sorted(owners),
    }


def _first(pair: tuple[int, Any]) -> int:
    return pair[0]


def record_proof(
    home: Home,
    reader: Reader,
    edition: Edition,
    proof: Proof,
    *,
    scan: bytes | None = None,
    replaces: int | None = None,
    today: date | None = None,
) -> Entry:
    """Certificate and receipt of a project, with a scan (PDF, JPG, PNG) of them.

    All record_* functions: CakupanError, of a field FieldRefused, when the reader may not or something is wrong; then
    nothing is written. `replaces` is the number of the entry that this one corrects.
    """
    raise NotImplementedError


def record_decision(
    home: Home, reader: Reader, edition: Edition, decision: Decision, *, replaces: int | None = None
) -> Entry:
    """What PA/KPA decided on a payment; a second one on the same payment must replace the first."""
    raise NotImplementedError


def record_waiver(
    home: Home, reader: Reader, edition: Edition, waiver: Waiver, *, replaces: int | None = None
) -> Entry:
    """An exception until a day."""
    raise NotImplementedError


def record_finding(
    home: Home, reader: Reader, edition: Edition, finding: Finding, *, replaces: int | None = None
) -> Entry:
    """A finding on a project (its owner is the edition's) or on an owner as a whole."""
    raise NotImplementedError


def record_finding_followup(
    home: Home, reader: Reader, edition: Edition, follow_up: FindingFollowUp, *, replaces: int | None = None
) -> Entry:
    """What was done about a finding. Only the inspectorate settles it."""
    raise NotImplementedError


def record_follow_up(
    home: Home, reader: Reader, edition: Edition, follow_up: FollowUp, *, replaces: int | None = None
) -> Entry:
    """Where the talk with a project stands."""
    raise NotImplementedError


def record_withdrawal(home: Home, reader: Reader, edition: Edition, number: int, reason: str) -> Entry:
    """Take an entry back; it stays in the history, with the reason."""
    raise NotImplementedError


def read_scan(home: Home, reader: Reader, edition: Edition, number: int) -> Scan:
    """The scan of the proof of this number. CakupanError when the reader may not see it, or it is not kept any more."""
    raise NotImplementedError
