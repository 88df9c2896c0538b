"""What a card states of one project at one judged moment, in no language, and the hash of it."""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Annotated, Any

import msgspec

from analytics import gate
from analytics.gate import Check
from analytics.register import Dossier, Judgement, dossier
from data.cases import Proof, Waiver
from data.casework import Casework, Noted
from data.editions import Edition
from data.journal import canonical

VERSION = 1
# Stands among the keywords of the PDF, where it can be read without a reader of PDF.
MARK = re.compile(rb"cakupan-card:1:([A-Za-z0-9_-]{1,2000})")
PROJECT = (
    "kode_proyek", "nama_proyek", "place", "owner", "fund", "payer", "penyedia", "nilai_kontrak", "no_spk", "tgl_spk",
    "deadline", "mulai", "selesai", "cara_pelaksanaan", "file_name", "row_number",
)  # fmt: skip
REGISTRATION = (
    "number", "no_proyek_bpjs", "npp", "tgl_daftar", "tgl_bayar", "iuran_dibayar", "tenaga_kerja", "cover_from",
    "cover_to", "no_sertifikat", "file_name", "row_number",
)  # fmt: skip
PAYMENT = (
    "number", "kind", "tgl_permohonan", "tgl_bayar", "termin", "jumlah", "progres", "file_name", "row_number",
)  # fmt: skip
# Anybody can write a mark: greater numbers are no edition's, payment's or entry's.
Number = Annotated[int, msgspec.Meta(ge=0, lt=10**9)]
ADDENDUM = ("versi", "tgl", "nilai_kontrak", "selesai")
JUDGEMENT = (
    "payment", "judged_on", "result", "reason", "late_days", "unprotected_days", "days_left", "is_registered", "notes",
    "rules",
)  # fmt: skip
RULE = ("code", "kind", "article", "effective_from", "is_assumption")
WAIVER = ("reason", "approver_office", "expires_on")
PROOF = ("certificate_no", "receipt_no", "registered_on", "paid_on", "cover_from", "cover_to", "scan_sha256")


@dataclass(frozen=True)
class Mark:
    """What a card's file says of itself: which card of which edition it is, and the hash of what it states.

    `entry` is the last journal entry on the project that the card knew of; 0: none.
    """

    edition: Number
    project: str
    payment: Number
    entry: Number
    card_hash: str


@dataclass(frozen=True)
class CardFacts:
    """One card. `result` is that of the judgement, or the recorded proof's in its place, with those `proofs`.

    `waiver` is the exception that holds on the day judged; it changes no result.
    """

    edition: int
    as_of: date
    content_hash: str | None  # of the edition; None under a limited grant, which does not see it
    is_demo: bool
    dossier: Dossier
    judgement: Judgement
    result: str
    checks: tuple[Check, ...]
    proofs: tuple[Noted[Proof], ...]
    waiver: Noted[Waiver] | None
    entry: int

    @cached_property
    def card_hash(self) -> str:
        """SHA-256 of all that the card states; of the edition its number, which never comes again."""
        return hashlib.sha256(canonical(self._stated()).encode()).hexdigest()

    @property
    def mark(self) -> str:
        """For the keywords of the file; see MARK."""
        told = Mark(self.edition, self.dossier.project.kode_proyek, self.judgement.payment, self.entry, self.card_hash)
        return f"cakupan-card:{VERSION}:{base64.urlsafe_b64encode(msgspec.json.encode(told)).decode().rstrip('=')}"

    def _stated(self) -> dict[str, Any]:
        """By fixed names: a later program that knows more of a project still finds the hash of an earlier card."""
        found = self.dossier
        return {
            "version": VERSION,
            "edition": self.edition,
            "as_of": self.as_of.isoformat(),
            "demo": self.is_demo,
            "result": self.result,
            "project": _told(found.project, PROJECT),
            "judgement": _told(self.judgement, JUDGEMENT),
            "registrations": [_told(one, REGISTRATION) for one in found.registrations],
            "payments": [_told(one, PAYMENT) for one in found.payments],
            "addenda": [_told(one, ADDENDUM) for one in found.addenda],
            "checks": [
                _told(check.rule, RULE) | {"in_force": check.is_in_force, "met": check.is_met} for check in self.checks
            ],
            "proofs": [_told(noted.content, PROOF) | {"entry": noted.number} for noted in self.proofs],
            "waiver": self.waiver and _told(self.waiver.content, WAIVER) | {"entry": self.waiver.number},
        }


def card_facts(edition: Edition, code: str, payment: int = 0, casework: Casework | None = None) -> CardFacts | None:
    """What the card of a project states at a payment, or at the position (0).

    A proof recorded by hand changes the result where gate.takes_proof: a payment made was judged by what was known of
    its day. None for a project or payment that is unknown, or outside the grant.
    """
    found = dossier(edition, code)
    return facts_of(edition, found, payment, casework or Casework()) if found else None


def facts_of(edition: Edition, found: Dossier, payment: int, casework: Casework) -> CardFacts | None:
    """As card_facts, of a dossier that has been read from the edition already."""
    judgement = next((one for one in found.judgements if one.payment == payment), None)
    if judgement is None:
        return None
    code = found.project.kode_proyek
    overlaid = gate.overlay(casework, edition).get(code) if gate.takes_proof(found, judgement) else None
    return CardFacts(
        edition=edition.number,
        as_of=date.fromisoformat(edition.meta["as_of"]),
        content_hash=edition.meta.get("content_hash"),
        is_demo=edition.meta["demo"] == "1",
        dossier=found,
        judgement=judgement,
        result=overlaid or judgement.result,
        checks=tuple(gate.checks(found, gate.rules(edition), payment=payment)),
        proofs=casework.proofs.get(code, ()) if overlaid else (),
        waiver=casework.waiver_in_force(code, judgement.judged_on),
        entry=max((noted.number for noted in casework.of_project(code)), default=0),
    )


def as_known_then(casework: Casework, mark: Mark) -> Casework:
    """The casework as the card knew it: what was recorded on its project afterwards is taken out."""
    later = {noted.number for noted in casework.of_project(mark.project) if noted.number > mark.entry}
    return replace(casework, history=tuple(noted for noted in casework.history if noted.number not in later))


def read_mark(content: bytes) -> Mark | None:
    """Which card a file says it is; None when it is none, or its mark is broken."""
    found = MARK.search(content)
    if found is None:
        return None
    padded = found[1] + b"=" * (-len(found[1]) % 4)
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(padded), type=Mark)
    except (msgspec.MsgspecError, binascii.Error, ValueError):
        return None


def _told(row: object, names: Sequence[str]) -> dict[str, Any]:
    """Values as JSON has them: days and amounts as text."""
    return json.loads(json.dumps({name: getattr(row, name) for name in names}, default=str))
