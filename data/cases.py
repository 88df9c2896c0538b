"""What officials add by hand to a project: proofs, decisions, exceptions, findings, follow-ups; what each must say.

No persons: offices and account names only. A text that holds what could be a NIK is refused.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, ClassVar, TypeVar

from data.errors import CakupanError

SHORT, LONG = 200, 2_000  # characters of a line and of a paragraph
MOST_YEARS = 20  # between a date and today: what lies further off is mistyped
SHA256 = re.compile(r"[0-9a-f]{64}")
# Sixteen digits at a stretch, or grouped as people write a NIK; NIK_DATE then asks whether it could be one.
DIGITS = re.compile(r"[0-9]{16,}")
# Looked for from every group of digits on: a year before a NIK must not take its first digits away.
GROUPED_DIGITS = re.compile(r"(?<![0-9])(?=([0-9](?:[\s.,:/_·‐-―−-]{0,2}[0-9]){15})(?![0-9]))")
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
SCAN_KINDS = ("pdf", "jpg", "png")


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
    scan_kind: str | None = None


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
MAY_BE_MISSING = ("note", "scan_sha256", "scan_kind", "promised_on", "kode_proyek")
LOOKED_UP = ("kode_proyek", "owner")  # as the data have them, not written by an officer
MOST_NUMBER = 10**9
CHOICES: dict[tuple[str, str], Collection[str]] = {
    ("proof", "scan_kind"): SCAN_KINDS,
    ("decision", "decision"): DECISIONS,
    ("decision", "result_shown"): RESULTS,
    ("finding", "state"): FINDING_STATES,
    ("finding_followup", "state"): FINDING_STATES,
    ("follow_up", "state"): FOLLOW_UP_STATES,
}


def _(text: str) -> str:
    """Marks a text for the catalogue of the screen."""
    return text


FIELD_NAMES = {
    "kode_proyek": _("Kode proyek"),
    "certificate_no": _("Nomor sertifikat"),
    "receipt_no": _("Nomor bukti bayar"),
    "registered_on": _("Tanggal pendaftaran"),
    "paid_on": _("Tanggal bayar"),
    "cover_from": _("Awal perlindungan"),
    "cover_to": _("Akhir perlindungan"),
    "scan_sha256": _("Pindaian bukti"),
    "scan_kind": _("Jenis pindaian"),
    "payment": _("Nomor pembayaran"),
    "decision": _("Keputusan"),
    "office": _("Jabatan pemutus"),
    "reason": _("Alasan"),
    "result_shown": _("Hasil yang ditampilkan"),
    "edition": _("Edisi"),
    "approver_office": _("Jabatan yang menyetujui"),
    "expires_on": _("Berlaku sampai"),
    "owner": _("Pemilik proyek"),
    "kondisi": _("Kondisi"),
    "kriteria": _("Kriteria"),
    "sebab": _("Sebab"),
    "akibat": _("Akibat"),
    "rekomendasi": _("Rekomendasi"),
    "due": _("Tenggat"),
    "state": _("Status"),
    "finding": _("Nomor temuan"),
    "tindak_lanjut": _("Tindak lanjut"),
    "officer": _("Petugas"),
    "promised_on": _("Tanggal janji"),
    "note": _("Catatan"),
}


RECORDED = _("Isi yang sama sudah tercatat pada entri {number}; tidak perlu dicatat lagi.")


class CaseRefused(CakupanError):
    """Why something is not recorded: an Indonesian sentence with gaps for `values`, which a page says in its language.

    Values of the names in WORDS are texts of the catalogue themselves.
    """

    WORDS: ClassVar = ("label", "role", "roles", "act")

    def __init__(self, text: str, **values: Any) -> None:
        self.text, self.values = text, values
        super().__init__(self.told(lambda word: word))

    @property
    def is_recorded(self) -> bool:
        """Whether the very same stands in the journal already: the second click of two."""
        return self.text == RECORDED

    def told(self, translate: Callable[[str], str]) -> str:
        """The sentence in another language."""
        values = {name: self._word(name, value, translate) for name, value in self.values.items()}
        return translate(self.text).format(**values)

    def _word(self, name: str, value: Any, translate: Callable[[str], str]) -> Any:
        if name not in self.WORDS:
            return value
        return ", ".join(map(translate, value)) if isinstance(value, tuple) else translate(value)


class FieldRefused(CaseRefused):
    """One field of a form is wrong; `field` is its name in the dataclass, `label` its name for the reader."""

    def __init__(self, field: str, text: str, **values: Any) -> None:
        self.field = field
        super().__init__(text, label=FIELD_NAMES[field], **values)


def problems(case: Case, today: date) -> list[FieldRefused]:
    """What is wrong with a case whose texts are cleaned, at most once a field; in the order of its fields."""
    found = [_of_value(case.kind, name, value, today) for name, value in _values(case).items()]
    wrong = {refused.field: refused for refused in found if refused is not None}
    for refused in _among_fields(case, today):
        wrong.setdefault(refused.field, refused)
    return [wrong[name] for name in _values(case) if name in wrong]


def cleaned(case: C) -> C:
    """The case with its texts as they are kept."""
    texts = {name: value for name, value in _values(case).items() if isinstance(value, str)}
    values = {name: text for name, text in texts.items() if name not in LOOKED_UP}
    return replace(case, **{name: clean(value, paragraph=name in PARAGRAPHS) for name, value in values.items()})


def checked(case: C, today: date) -> C:
    """The case with its texts cleaned, once every field may stand; FieldRefused is the first that may not."""
    case = cleaned(case)
    for refused in problems(case, today):
        raise refused
    return case


def clean(text: str, *, paragraph: bool) -> str:
    """Composed, without control characters and marks that are not seen, no blanks around; one line or paragraphs."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(_visible(char) for char in text)
    lines = [" ".join(line.split()) for line in kept.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() if paragraph else " ".join(lines).strip()


def _visible(char: str) -> str:
    if char == "\n":
        return char
    category = unicodedata.category(char)
    if category == "Cf":
        return ""  # a mark inside a word or a number must not split it
    return " " if category in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") else char


def _values(case: Case) -> dict[str, Any]:
    return {field.name: getattr(case, field.name) for field in fields(case)}


def _of_value(kind: str, name: str, value: Any, today: date) -> FieldRefused | None:
    choices = CHOICES.get((kind, name))
    if value is None:
        return None if name in MAY_BE_MISSING else FieldRefused(name, _("{label} belum diisi; isi dahulu."))
    if choices is not None:
        return None if value in choices else _of_choice(name, str(value), choices)
    if name == "scan_sha256":
        assert SHA256.fullmatch(value), value
        return None
    if isinstance(value, str):
        return of_text(name, value)
    if isinstance(value, date):
        return _of_date(name, value, today)
    if not 0 <= value < MOST_NUMBER:
        return FieldRefused(name, _("{label} {value} tidak mungkin; periksa."), value=value)
    return None


def _of_choice(name: str, value: str, choices: Collection[str]) -> FieldRefused:
    text = _("{label} '{value}' tidak dikenal; pilih salah satu: {choices}.")
    return FieldRefused(name, text, value=value[:40], choices=", ".join(choices))


def _of_date(name: str, value: date, today: date) -> FieldRefused | None:
    if abs(value.year - today.year) <= MOST_YEARS:
        return None
    return FieldRefused(name, _("{label} {value} terlalu jauh dari hari ini; periksa tahunnya."), value=value)


def of_text(name: str, text: str) -> FieldRefused | None:
    """What is wrong with a cleaned text: missing, too long, or it holds what could be a NIK."""
    most = LONG if name in PARAGRAPHS else SHORT
    if not text and name not in MAY_BE_MISSING:
        return FieldRefused(name, _("{label} belum diisi; isi dahulu."))
    if len(text) > most:
        return FieldRefused(
            name, _("{label} berisi {length} huruf, paling banyak {most}; ringkas."), length=len(text), most=most
        )
    return None if name in LOOKED_UP else _of_person(name, text)


def could_be_nik(text: str) -> str | None:
    """What in the text could be a NIK, as it is written there but in 0-9; None without one."""
    plain = in_plain_digits(text)
    if found := DIGITS.search(plain):
        return found[0]
    runs = (run[1] for run in GROUPED_DIGITS.finditer(plain))
    return next((run for run in runs if NIK_DATE.fullmatch(re.sub(r"[^0-9]", "", run))), None)


def in_plain_digits(text: str) -> str:
    """The text in NFKC with 0-9 for the digits of every script, without marks that are not seen."""
    plain = unicodedata.normalize("NFKC", text)
    if plain.isascii():
        return plain
    kept = (char for char in plain if unicodedata.category(char) != "Cf")
    return "".join(str(unicodedata.decimal(char, char)) for char in kept)


def _of_person(name: str, text: str) -> FieldRefused | None:
    """Quoted by its first digits only."""
    found = could_be_nik(text)
    if found is None:
        return None
    refusal = _(
        "{label} memuat deretan 16 angka ({beginning}…) yang dapat berupa NIK; hapus, sebab data perorangan tidak "
        "dicatat di sini."
    )
    return FieldRefused(name, refusal, beginning=found[:4])


def _among_fields(case: Case, today: date) -> Iterator[FieldRefused]:
    """What is wrong between fields that are right by themselves."""
    if isinstance(case, Proof):
        yield from _among_dates(case, today)
    if isinstance(case, FollowUp) and case.state == "berjanji" and case.promised_on is None:
        yield FieldRefused("promised_on", _("{label} belum diisi; isi, atau ubah statusnya."))
    if isinstance(case, FollowUp) and case.state != "berjanji" and case.promised_on is not None:
        yield FieldRefused("promised_on", _("{label} hanya untuk status berjanji; kosongkan, atau ubah statusnya."))


def _among_dates(proof: Proof, today: date) -> Iterator[FieldRefused]:
    dates = {name: value for name, value in _values(proof).items() if isinstance(value, date)}
    if {"cover_from", "cover_to"} <= dates.keys() and proof.cover_to < proof.cover_from:
        text = _("{label} {value} mendahului awalnya, {other}; perbaiki.")
        yield FieldRefused("cover_to", text, value=proof.cover_to, other=proof.cover_from)
    for name in ("registered_on", "paid_on"):
        if name in dates and dates[name] > today:
            text = _("{label} {value} belum terjadi; periksa tanggal pada buktinya.")
            yield FieldRefused(name, text, value=dates[name])
