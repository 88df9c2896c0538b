"""What the entries of casework say together: which of them count, by project, with the whole history beside it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Generic, TypeVar

from data.cases import SETTLED, Case, Decision, Finding, FindingFollowUp, FollowUp, Proof, Waiver, Withdrawal
from data.home import JAKARTA

C = TypeVar("C", bound=Case | Withdrawal, covariant=True)


@dataclass(frozen=True)
class Noted(Generic[C]):
    """One entry of casework. `replaces` is the number of the entry it corrects or withdraws; `at` is UTC.

    `areas` are those of the account that made a finding on an owner as a whole; None: it sees all. `told_on` is the day
    of an entry of the demonstration.
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
    told_on: date | None = None

    @property
    def day(self) -> date:
        """On which day it was written down; in the demonstration, on which day of its story."""
        return self.told_on or self.at.astimezone(JAKARTA).date()


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
        return tuple(noted for noted in self.history if self.is_live(noted))

    def is_live(self, noted: Noted) -> bool:
        """Whether an entry counts: it is neither replaced nor a withdrawal."""
        return noted.number not in self.replaced_by and not isinstance(noted.content, Withdrawal)

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

    def alike(self, case: Case) -> tuple[Noted, ...]:
        """Live entries of the same kind on the same project; on none, all of that kind."""
        code = None if isinstance(case, FindingFollowUp) else case.kode_proyek
        found = self.live if code is None else self.of_project(code)
        return tuple(noted for noted in found if noted.kind == case.kind and self.is_live(noted))

    def _by_project(self, kind: str) -> Mapping[str, tuple[Noted, ...]]:
        found: dict[str, list[Noted]] = defaultdict(list)
        for noted in self.live:
            if noted.kind == kind:
                found[noted.content.kode_proyek].append(noted)
        return {code: tuple(noted) for code, noted in found.items()}


def _first(pair: tuple[int, Any]) -> int:
    return pair[0]
