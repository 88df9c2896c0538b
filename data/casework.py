"""Casework: what officials added to projects, kept in the journal and narrowed to what a grant shows.

Append-only: a correction is an entry of its own that names the former one, and both stay to be seen. What was recorded
on the demonstration counts on the demonstration only, and the other way round.
"""

import re
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import msgspec

from data import evidence, journal, keys
from data.access import EVERYTHING, MAY, ROLE_NAMES, Reader
from data.cases import CASES as CASES
from data.cases import DECISIONS as DECISIONS
from data.cases import FINDING_STATES as FINDING_STATES
from data.cases import FOLLOW_UP_STATES as FOLLOW_UP_STATES
from data.cases import KINDS as KINDS
from data.cases import RECORDED, _, checked, clean, of_text
from data.cases import RESULTS as RESULTS
from data.cases import SETTLED as SETTLED
from data.cases import Case as Case
from data.cases import CaseRefused as CaseRefused
from data.cases import Decision as Decision
from data.cases import FieldRefused as FieldRefused
from data.cases import Finding as Finding
from data.cases import FindingFollowUp as FindingFollowUp
from data.cases import FollowUp as FollowUp
from data.cases import Proof as Proof
from data.cases import Waiver as Waiver
from data.cases import Withdrawal as Withdrawal
from data.editions import Edition, open_edition
from data.evidence import Scan as Scan
from data.evidence import scan_of
from data.home import JAKARTA, Home
from data.journal import Entry, HeadMoved
from data.noted import Casework as Casework
from data.noted import FindingState as FindingState
from data.noted import Noted as Noted

ATTEMPTS = 50  # others may write between what is judged and what is written
MOST_VIEWS = 256  # one a grant that is in use
PAYMENTS_SINCE = 4  # schema of the editions that know payments
ACTS = {
    "proof": "record_proof",
    "decision": "decide",
    "exception": "waive",
    "finding": "find",
    "finding_followup": "answer_finding",
    "follow_up": "follow_up",
}
ACT_NAMES = {
    "record_proof": _("mencatat bukti"),
    "read_scan": _("membuka pindaian bukti"),
    "decide": _("mencatat keputusan"),
    "waive": _("mencatat pengecualian"),
    "find": _("mencatat temuan"),
    "answer_finding": _("mencatat tindak lanjut temuan"),
    "follow_up": _("mencatat tindak lanjut"),
}


def casework(home: Home, edition: Edition, *, until: int | None = None) -> Casework:
    """What the edition's grant shows of the journal's casework; read again only when there is more of it.

    `until` is the number of the last entry that counts: what was known then. A project that is not in the edition, or
    not to be seen, has none. JournalUnusable when the journal is unreadable.
    """
    if until is None:
        return _current(home, edition)[1]
    whole, view = _read(home).whole, _View(edition)
    view.see(Casework(tuple(noted for noted in whole.history if noted.number <= until), whole.unreadable))
    return view.seen


def _current(home: Home, edition: Edition) -> tuple[tuple[int, str], Casework]:
    """The casework, and the last entry of the journal that it was read with."""
    known = _read(home)
    with _narrowing:
        view = _views.pop(edition, None)
        if view is None or not view.is_beginning_of(known.whole):
            view = _View(edition)
        view.see(known.whole)
        _views[edition] = view  # the one that was asked last stands last
        while len(_views) > MOST_VIEWS:
            del _views[next(iter(_views))]
        return known.head, view.seen


class _Common(msgspec.Struct, frozen=True):
    """What every entry of casework says beside its content."""

    edition: int
    demo: bool
    replaces: int | None = None
    withdrawal: str | None = None
    areas: tuple[str, ...] | None = None
    told_on: date | None = None


@dataclass(frozen=True)
class _Known:
    """The casework of one home as far as the journal was read: up to the entry of this number and hash."""

    head: tuple[int, str]
    whole: Casework


_known: dict[Path, _Known] = {}
_reading = Lock()


def _read(home: Home) -> _Known:
    """Everybody's casework; only what was added since is read."""
    head = journal.head(home)
    with _reading:
        known = _known.get(home.root)
        if known is None or known.head != head:
            known = _known[home.root] = _grown(home, known, head)
    return known


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
    except (msgspec.DecodeError, TypeError, ValueError, OverflowError, RecursionError):
        return None
    named = max(common.replaces or 0, content.finding if isinstance(content, FindingFollowUp) else 0)
    if named >= row["number"] or (common.replaces is None and common.withdrawal is not None):
        return None
    return Noted(
        row["number"], at, row["who"], row["role"], bool(row["is_authenticated"]), row["kind"], content,
        common.edition, common.demo, common.replaces, common.areas, common.told_on,
    )  # fmt: skip


_COMMON = msgspec.json.Decoder(_Common)
_CONTENTS = {kind: msgspec.json.Decoder(case) for kind, case in CASES.items()}


class _View:
    """What one grant sees of the casework, in one edition; it grows with the journal."""

    def __init__(self, edition: Edition) -> None:
        self.edition, self.is_demo = edition, edition.meta["demo"] == "1"
        self.whole, self.seen = Casework(), Casework()
        self.projects: dict[str, str | None] = {}  # code → owner; None: not to be seen
        self.owners = _Owners(edition)

    def is_beginning_of(self, whole: Casework) -> bool:
        read = len(self.whole.history)
        return read == 0 or (len(whole.history) >= read and whole.history[read - 1] is self.whole.history[-1])

    def see(self, whole: Casework) -> None:
        if whole is self.whole:
            return
        new = whole.history[len(self.whole.history) :]
        subjects = [whole.subject(noted) for noted in new]
        self._ask({code for code, _owner in subjects if code is not None and code not in self.projects})
        visible = tuple(
            self._owned(noted, code)
            for noted, (code, owner) in zip(new, subjects, strict=True)
            if noted.is_demo == self.is_demo
            and (self.projects[code] is not None if code is not None else self._shows_owner(whole, noted, owner))
        )
        self.whole = whole
        self.seen = Casework(self.seen.history + visible, whole.unreadable)

    def _ask(self, codes: Collection[str]) -> None:
        if codes:
            found = _projects(self.edition, codes)
            self.projects |= {code: found[code]["owner"] if code in found else None for code in codes}

    def _owned(self, noted: Noted, code: str | None) -> Noted:
        """A finding under the name that its owner has in this edition: offices are renamed, and names united."""
        if not isinstance(noted.content, Finding):
            return noted
        owner = noted.content.owner
        owner = self.projects[code] if code is not None else owner and self.edition.owner_name(owner)
        return noted if owner == noted.content.owner else replace(noted, content=replace(noted.content, owner=owner))

    def _shows_owner(self, whole: Casework, noted: Noted, owner: str | None) -> bool:
        root = whole.by_number.get(whole.root(noted.number))
        return (
            owner is not None and root is not None and self.owners.may_see(self.edition.owner_name(owner), root.areas)
        )


_views: dict[Edition, _View] = {}
_narrowing = Lock()


class _Owners:
    """Which owners a grant shows, and which of them wholly."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def may_see(self, owner: str, areas: tuple[str, ...] | None) -> bool:
        """A finding on an owner as a whole is for whom all its projects may be shown, and for whose areas hold those
        of the account that made it."""
        if self.edition.grant == EVERYTHING:
            return True  # also under a name that no project bears any more
        return owner in self._inside and (
            self._inside[owner] or (areas is not None and set(areas) <= self.edition.visible_places)
        )

    def names(self) -> list[str]:
        return list(self._inside)

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


def owners_seen(edition: Edition) -> list[str]:
    """Owners of projects that the edition's grant shows: on these a finding as a whole may be made."""
    return _Owners(edition).names()


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
    nothing is written. `replaces` is the number of the entry that this one corrects. The scan of the entry that is
    corrected is kept where its hash is named again.
    """
    _refuse_act(reader, "record_proof")
    kept = None if scan is None else scan_of(scan)
    if kept is not None:
        proof = replace(proof, scan_sha256=kept.sha256, scan_kind=kept.extension)
    with evidence.kept_with_entry(home, kept, lambda: named_scans(home)):
        return _record(home, reader, edition, proof, replaces=replaces, today=today, is_scan_given=kept is not None)


def record_decision(
    home: Home, reader: Reader, edition: Edition, decision: Decision, *, replaces: int | None = None
) -> Entry:
    """What PA/KPA decided on a payment; a second one on the same payment must replace the first."""
    return _record(home, reader, edition, replace(decision, edition=edition.number), replaces=replaces)


def record_waiver(
    home: Home, reader: Reader, edition: Edition, waiver: Waiver, *, replaces: int | None = None
) -> Entry:
    """An exception until a day."""
    return _record(home, reader, edition, waiver, replaces=replaces)


def record_finding(
    home: Home, reader: Reader, edition: Edition, finding: Finding, *, replaces: int | None = None
) -> Entry:
    """A finding on a project (its owner is then the edition's) or on an owner as a whole."""
    _refuse_act(reader, "find")
    edition = open_edition(home, edition.number, reader.grant)
    if finding.kode_proyek is not None:
        finding = replace(finding, owner=_project(edition, finding.kode_proyek)["owner"])
    elif finding.owner not in owners_seen(edition):
        text = _("{label} '{owner}' tidak ditemukan dalam lingkup akun ini; pilih yang lain.")
        raise FieldRefused("owner", text, owner=clean(finding.owner, paragraph=False)[:60])
    return _record(home, reader, edition, finding, replaces=replaces)


def record_finding_followup(
    home: Home, reader: Reader, edition: Edition, follow_up: FindingFollowUp, *, replaces: int | None = None
) -> Entry:
    """What was done about a finding. Only the inspectorate says that it suffices, and only it speaks after that."""
    return _record(home, reader, edition, follow_up, replaces=replaces)


def record_follow_up(
    home: Home, reader: Reader, edition: Edition, follow_up: FollowUp, *, replaces: int | None = None
) -> Entry:
    """Where the talk with a project stands."""
    return _record(home, reader, edition, follow_up, replaces=replaces)


def record_story(home: Home, reader: Reader, edition: Edition, case: Case, *, told_on: date) -> Entry:
    """An entry of the demonstration, whose story has days of its own: the journal's time is the clock's."""
    assert edition.meta["demo"] == "1", edition.number
    return _record(home, reader, edition, case, replaces=None, told_on=told_on)


def record_withdrawal(home: Home, reader: Reader, edition: Edition, number: int, reason: str) -> Entry:
    """Take an entry back; it stays in the history, with the reason."""
    edition = open_edition(home, edition.number, reader.grant)
    reason = clean(reason, paragraph=True)
    if (refused := of_text("reason", reason)) is not None:
        raise refused

    def judged(work: Casework) -> tuple[str, dict[str, Any]]:
        former = _former(work, number, reader)
        _refuse_act(reader, ACTS[former.kind])
        code, owner = work.subject(former)
        told = {"kode_proyek": code} if code is not None else {"owner": owner}
        return former.kind, told | {"withdrawal": reason}

    return _append(home, reader, edition, judged, replaces=number)


def read_scan(home: Home, reader: Reader, edition: Edition, number: int) -> Scan:
    """The scan of the proof of this number. CakupanError when the reader may not see it, or it is not kept any more."""
    _refuse_act(reader, "read_scan")
    noted = casework(home, open_edition(home, edition.number, reader.grant)).by_number.get(number)
    if noted is None or not isinstance(noted.content, Proof) or noted.content.scan_sha256 is None:
        text = _("Pindaian entri {number} tidak ditemukan dalam lingkup akun ini; muat ulang halaman.")
        raise CaseRefused(text, number=number)
    return scan_of(keys.read_evidence(home, noted.content.scan_sha256))


def named_scans(home: Home) -> dict[str, str]:
    """The hashes of all scans that any entry names, also one this program cannot read; with when it last did, in UTC.

    JournalUnusable when the journal cannot be read: nothing may be concluded then.
    """
    rows = journal.rows_after(home, 0, ("proof",))
    return {found: row["at"] for row in rows for found in re.findall(r'"scan_sha256":"([0-9a-f]{64})"', row["facts"])}


def _record(
    home: Home,
    reader: Reader,
    edition: Edition,
    case: Case,
    *,
    replaces: int | None,
    today: date | None = None,
    is_scan_given: bool = False,
    told_on: date | None = None,
) -> Entry:
    _refuse_act(reader, ACTS[case.kind])
    now = datetime.now(JAKARTA).date()
    edition = open_edition(home, edition.number, reader.grant)
    case = checked(case, today or now)
    if not isinstance(case, FindingFollowUp) and case.kode_proyek is not None:
        _project(edition, case.kode_proyek)
    if isinstance(case, Decision):
        _refuse_payment(edition, case)

    def judged(work: Casework) -> tuple[str, dict[str, Any]]:
        former = None if replaces is None else _former(work, replaces, reader, case)
        _refuse_twice(work, case, replaces, now)
        if isinstance(case, Proof) and not is_scan_given and (case.scan_sha256, case.scan_kind) != (None, None):
            _refuse_foreign_scan(case, former)
        if isinstance(case, FindingFollowUp):
            _refuse_answer(work, case, reader)
        story = {} if told_on is None else {"told_on": told_on.isoformat()}
        return case.kind, msgspec.to_builtins(case) | _areas(edition, case) | story

    return _append(home, reader, edition, judged, replaces=replaces)


def _append(
    home: Home,
    reader: Reader,
    edition: Edition,
    judged: Callable[[Casework], tuple[str, dict[str, Any]]],
    *,
    replaces: int | None,
) -> Entry:
    """Judge and write, with nobody in between: an entry that came meanwhile is judged with."""
    common: dict[str, Any] = {"edition": edition.number, "demo": edition.meta["demo"] == "1"}
    if replaces is not None:
        common["replaces"] = replaces
    for _attempt in range(ATTEMPTS):
        head, work = _current(home, edition)
        kind, facts = judged(work)
        with suppress(HeadMoved):
            return journal.append_after(home, head, kind, facts | common, reader)
    raise CaseRefused(_("Jurnal sedang ramai ditulis, jadi ini belum tercatat; coba lagi."))


def _refuse_act(reader: Reader, act: str) -> None:
    if not reader.may(act):
        text = _("Peran {role} tidak boleh {act}; yang boleh: {roles}.")
        roles = tuple(ROLE_NAMES[role] for role in MAY[act])
        raise CaseRefused(text, role=ROLE_NAMES.get(reader.role, reader.role), act=ACT_NAMES[act], roles=roles)


def _project(edition: Edition, code: str) -> dict[str, Any]:
    """FieldRefused alike for a project that does not exist and for one that may not be seen."""
    found = _projects(edition, [code])
    if code not in found:
        text = _("Proyek '{code}' tidak ditemukan dalam lingkup akun ini; periksa kodenya.")
        raise FieldRefused("kode_proyek", text, code=clean(code, paragraph=False)[:40])
    return found[code]


def _refuse_payment(edition: Edition, decision: Decision) -> None:
    if decision.payment == 0 or int(edition.meta["schema_version"]) < PAYMENTS_SINCE:
        return
    rows = edition.query("case_payments", codes=[decision.kode_proyek], **_limits(edition))
    if decision.payment not in {row["number"] for row in rows}:
        text = _("Pembayaran {payment} tidak ada pada proyek {code}; pilih yang ada.")
        raise FieldRefused("payment", text, payment=decision.payment, code=decision.kode_proyek)


def _former(work: Casework, number: int, reader: Reader, case: Case | None = None) -> Noted:
    """The entry that is corrected or taken back; CakupanError unless it still counts and this reader may."""
    former = work.by_number.get(number)
    if former is None or (case is not None and former.kind != case.kind) or isinstance(former.content, Withdrawal):
        raise CaseRefused(
            _("Entri {number} tidak ditemukan dalam lingkup akun ini; muat ulang halaman."), number=number
        )
    if number in work.replaced_by:
        text = _("Entri {number} sudah diganti oleh entri {other}; muat ulang halaman, lalu perbaiki yang terbaru.")
        raise CaseRefused(text, number=number, other=work.replaced_by[number])
    if reader.role not in (former.role, "admin"):
        text = _("Entri {number} dicatat oleh peran {role}; hanya peran itu atau Pengelola yang boleh memperbaikinya.")
        raise CaseRefused(text, number=number, role=ROLE_NAMES.get(former.role, former.role))
    if case is not None and _topic(work, former.content) != _topic(work, case):
        text = _("Entri {number} mengenai hal lain; tarik entri itu, lalu catat yang baru pada proyek yang benar.")
        raise CaseRefused(text, number=number)
    return former


def _topic(work: Casework, case: Case) -> tuple[object, ...]:
    """What a correction may not change."""
    if isinstance(case, FindingFollowUp):
        return (work.root(case.finding),)
    if isinstance(case, Decision):
        return case.kode_proyek, case.payment
    return (case.kode_proyek,) if case.kode_proyek is not None or not isinstance(case, Finding) else (None, case.owner)


def _refuse_twice(work: Casework, case: Case, replaces: int | None, today: date) -> None:
    """The same again is a second click, or a second officer at the same time; a talk may be held on another day."""
    if isinstance(case, Decision):
        standing = work.decisions.get((case.kode_proyek, case.payment))
        if standing is not None and standing.number != replaces:
            text = _("Pembayaran {payment} proyek {code} sudah diputuskan pada entri {number}; perbaiki entri itu.")
            raise CaseRefused(text, payment=case.payment, code=case.kode_proyek, number=standing.number)
    for noted in work.alike(case):
        is_of_today = noted.at.astimezone(JAKARTA).date() == today
        if noted.content == case and (is_of_today or not isinstance(case, FollowUp | FindingFollowUp)):
            raise CaseRefused(RECORDED, number=noted.number)


def _refuse_foreign_scan(proof: Proof, former: Noted | None) -> None:
    """A hash alone must not open somebody else's scan."""
    kept = (former.content.scan_sha256, former.content.scan_kind) if former else None
    if kept != (proof.scan_sha256, proof.scan_kind):
        raise FieldRefused("scan_sha256", _("{label} bukan milik entri yang diperbaiki; unggah lagi berkasnya."))


def _refuse_answer(work: Casework, answer: FindingFollowUp, reader: Reader) -> None:
    found = {finding.number: finding for finding in work.findings}.get(work.root(answer.finding))
    if found is None:
        text = _("Temuan {number} tidak ditemukan dalam lingkup akun ini; muat ulang halaman.")
        raise FieldRefused("finding", text, number=answer.finding)
    if not reader.may("settle_finding") and (answer.state in SETTLED or found.state in SETTLED):
        text = _("Hanya Inspektorat yang menyatakan temuan selesai atau menanggapinya lagi sesudah itu.")
        raise FieldRefused("state", text)


def _areas(edition: Edition, case: Case) -> dict[str, Any]:
    """With a finding on an owner as a whole: whose areas it may be shown to."""
    areas = edition.grant.areas
    if not isinstance(case, Finding) or case.kode_proyek is not None or areas is None:
        return {}
    return {"areas": sorted(areas)}
