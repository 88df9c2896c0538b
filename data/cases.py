"""What officials add by hand to a project: proofs, decisions, exceptions, findings, follow-ups; what each must say.

No persons: offices and account names only. A text that holds what could be a NIK is refused.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import ClassVar, TypeVar

from data.errors import CakupanError

SHORT, LONG = 200, 2_000  # characters of a line and of a paragraph
MOST_YEARS = 20  # between a date and today: what lies further off is mistyped
SHA256 = re.compile(r"[0-9a-f]{64}")
# Sixteen digits at a stretch, or grouped as people write a NIK; NIK_DATE then asks whether it could be one.
DIGITS = re.compile(r"[0-9]{16,}")
GROUPED_DIGITS = re.compile(r"(?<![0-9])[0-9](?:[\s./_-]{0,2}[0-9]){15}(?![0-9])")
NIK_DATE = re.compile(r"[1-9][0-9]{5}(?:0[1-9]|[12][0-9]|3[01]|4[1-9]|[56][0-9]|7[01])(?:0[1-9]|1[0-2])[0-9]{6}")

RESULTS = (
    "memenuhi", "terlambat", "belum_memenuhi", "belum_jatuh_tempo", "tidak_dapat_dipulihkan", "belum_dapat_dinilai",
    "bukti_manual",
)  # fmt: skip
DECISIONS = ("disetujui", "disetujui_dengan_catatan", "ditunda", "dikembalikan")
# How follow-up of a finding is judged (Peraturan BPK 2/2017, article 6).
FINDING_STATES = ("belum_ditindaklanjuti", "belum_sesuai", "sesuai", "tidak_dapat_ditindaklanjuti")
SETTLED = ("sesuai", "tidak_dapat_ditindaklanjuti")
FOLLOW_UP_STATES = ("dihubungi", "berjanji", "terdaftar")


@dataclass(frozen=True)
class Proof:
    """Certificate and receipt that an officer has seen before BPJS' records show them."""

    kind: ClassVar[str] = "proof"
    kode_proyek: str
    certificate_no: str
    receipt_no: str
    registered_on: date
    paid_on: date
    cover_from: date
    cover_to: date
    scan_sha256: str | None = None


@dataclass(frozen=True)
class Decision:
    """What the competent office decided on a payment (0: on none in particular), and the result it was shown."""

    kind: ClassVar[str] = "decision"
    kode_proyek: str
    payment: int
    decision: str
    office: str
    reason: str
    result_shown: str
    edition: int


@dataclass(frozen=True)
class Waiver:
    """An exception that an office allowed until a day, which is its last."""

    kind: ClassVar[str] = "exception"
    kode_proyek: str
    reason: str
    approver_office: str
    expires_on: date


@dataclass(frozen=True)
class Finding:
    """A finding of the inspectorate on a project, or on an owner as a whole (`kode_proyek` None)."""

    kind: ClassVar[str] = "finding"
    kode_proyek: str | None
    owner: str
    kondisi: str
    kriteria: str
    sebab: str
    akibat: str
    rekomendasi: str
    due: date
    state: str = "belum_ditindaklanjuti"


@dataclass(frozen=True)
class FindingFollowUp:
    """What was done about a finding, which is named by the number of its entry."""

    kind: ClassVar[str] = "finding_followup"
    finding: int
    tindak_lanjut: str
    state: str


@dataclass(frozen=True)
class FollowUp:
    """Where the talk with a project about its registration stands. `officer` is an office or an account, no person."""

    kind: ClassVar[str] = "follow_up"
    kode_proyek: str
    state: str
    officer: str
    promised_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Withdrawal:
    """A former entry does not count any more, and nothing takes its place."""

    reason: str


Case = Proof | Decision | Waiver | Finding | FindingFollowUp | FollowUp
C = TypeVar("C", bound=Case)
CASES: dict[str, type[Case]] = {
    case.kind: case for case in (Proof, Decision, Waiver, Finding, FindingFollowUp, FollowUp)
}
KINDS = tuple(CASES)
PARAGRAPHS = ("reason", "note", "kondisi", "kriteria", "sebab", "akibat", "rekomendasi", "tindak_lanjut")
MAY_BE_EMPTY = ("note",)
CHOICES: dict[tuple[str, str], Collection[str]] = {
    ("decision", "decision"): DECISIONS,
    ("decision", "result_shown"): RESULTS,
    ("finding", "state"): FINDING_STATES,
    ("finding_followup", "state"): FINDING_STATES,
    ("follow_up", "state"): FOLLOW_UP_STATES,
}
FIELD_NAMES = {
    "kode_proyek": "Kode proyek",
    "certificate_no": "Nomor sertifikat",
    "receipt_no": "Nomor bukti bayar",
    "registered_on": "Tanggal pendaftaran",
    "paid_on": "Tanggal bayar",
    "cover_from": "Awal perlindungan",
    "cover_to": "Akhir perlindungan",
    "scan_sha256": "Pindaian bukti",
    "payment": "Nomor pembayaran",
    "decision": "Keputusan",
    "office": "Jabatan pemutus",
    "reason": "Alasan",
    "result_shown": "Hasil yang ditampilkan",
    "edition": "Edisi",
    "approver_office": "Jabatan yang menyetujui",
    "expires_on": "Berlaku sampai",
    "owner": "Pemilik proyek",
    "kondisi": "Kondisi",
    "kriteria": "Kriteria",
    "sebab": "Sebab",
    "akibat": "Akibat",
    "rekomendasi": "Rekomendasi",
    "due": "Tenggat",
    "state": "Status",
    "finding": "Nomor temuan",
    "tindak_lanjut": "Tindak lanjut",
    "officer": "Petugas",
    "promised_on": "Tanggal janji",
    "note": "Catatan",
}


class FieldRefused(CakupanError):
    """One field of a form is wrong; `field` is its name in the dataclass."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def checked(case: C, today: date) -> C:
    """The case with its texts cleaned, once every field may stand; FieldRefused names the first that may not."""
    texts = {
        name: clean(value, paragraph=name in PARAGRAPHS)
        for name, value in _values(case).items()
        if isinstance(value, str)
    }
    case = replace(case, **texts)
    for name, value in _values(case).items():
        _refuse_value(case.kind, name, value, today)
    if isinstance(case, Proof):
        _refuse_proof(case, today)
    if isinstance(case, FollowUp) and (case.state == "berjanji") != (case.promised_on is not None):
        told = "Isi tanggal janjinya" if case.state == "berjanji" else "Tanggal janji hanya untuk status berjanji"
        raise FieldRefused("promised_on", f"{told}; kosongkan atau ubah statusnya.")
    return case


def clean(text: str, *, paragraph: bool) -> str:
    """Composed, without control characters and marks that are not seen, no blanks around; one line or paragraphs."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(_visible(char) for char in text)
    lines = [" ".join(line.split()) for line in kept.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() if paragraph else " ".join(lines).strip()


def refuse_person(field: str, text: str) -> None:
    """FieldRefused when the text holds what could be a NIK. It is quoted by its first digits only."""
    plain = unicodedata.normalize("NFKC", text)
    found = DIGITS.search(plain) or next(
        (run for run in GROUPED_DIGITS.finditer(plain) if NIK_DATE.fullmatch(re.sub(r"[^0-9]", "", run[0]))), None
    )
    if found:
        raise FieldRefused(
            field,
            f"{FIELD_NAMES[field]} memuat deretan 16 angka ({found[0][:4]}…) yang dapat berupa NIK; hapus, sebab data "
            "perorangan tidak dicatat di sini.",
        )


def _visible(char: str) -> str:
    if char == "\n":
        return char
    category = unicodedata.category(char)
    if category == "Cf":
        return ""  # a mark inside a word or a number must not split it
    return " " if category in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") else char


def _values(case: Case) -> dict[str, object]:
    return {field.name: getattr(case, field.name) for field in fields(case)}


def _refuse_value(kind: str, name: str, value: object, today: date) -> None:
    choices = CHOICES.get((kind, name))
    if choices is not None:
        _refuse_choice(name, str(value), choices)
    elif name == "scan_sha256":
        assert value is None or SHA256.fullmatch(str(value)), value
    elif isinstance(value, str):
        refuse_text(name, value)
    elif isinstance(value, date) and abs(value.year - today.year) > MOST_YEARS:
        raise FieldRefused(name, f"{FIELD_NAMES[name]} {value} terlalu jauh dari hari ini; periksa tahunnya.")
    elif isinstance(value, int) and not 0 <= value < 10**9:
        raise FieldRefused(name, f"{FIELD_NAMES[name]} {value} tidak mungkin; periksa.")


def _refuse_choice(name: str, text: str, choices: Collection[str]) -> None:
    if text not in choices:
        raise FieldRefused(
            name, f"{FIELD_NAMES[name]} '{text[:40]}' tidak dikenal; pilih salah satu: {', '.join(choices)}."
        )


def refuse_text(name: str, text: str) -> None:
    """FieldRefused when a cleaned text is missing, too long, or holds what could be a NIK."""
    label, most = FIELD_NAMES[name], LONG if name in PARAGRAPHS else SHORT
    if not text and name not in MAY_BE_EMPTY:
        raise FieldRefused(name, f"{label} belum diisi; isi dahulu.")
    if len(text) > most:
        raise FieldRefused(name, f"{label} berisi {len(text)} huruf, paling banyak {most}; ringkas.")
    if name not in ("kode_proyek", "owner"):  # which are looked up, not written
        refuse_person(name, text)


def _refuse_proof(proof: Proof, today: date) -> None:
    if proof.cover_to < proof.cover_from:
        raise FieldRefused(
            "cover_to",
            f"Akhir perlindungan {proof.cover_to} mendahului awalnya {proof.cover_from}; tukar atau perbaiki.",
        )
    for name in ("registered_on", "paid_on"):
        day = getattr(proof, name)
        if day > today:
            raise FieldRefused(name, f"{FIELD_NAMES[name]} {day} belum terjadi; periksa tanggal pada buktinya.")
