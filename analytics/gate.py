"""The conditions of membership before a payment: what each result, reason and note means, and which rules are met.

What is judged stands in the edition (data/sql/publish/judgement*.sql). A result is no decision: that is the officials'.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from analytics.indicators import Text
from analytics.register import Dossier, Judgement, Registration, has_register
from data.cases import Proof
from data.casework import Casework
from data.editions import Edition

Severity = Literal["met", "late", "unmet", "open", "unknown"]
MANUAL_PROOF = "bukti_manual"
NOT_A_DECISION = Text(
    "Hasil pemeriksaan syarat kepesertaan, bukan keputusan pembayaran; keputusan pada pejabat berwenang "
    "(PA/KPA, BUD/Kuasa BUD).",
    "Result of checking the conditions of membership, not a decision on payment; the competent officials decide "
    "(PA/KPA, BUD/Kuasa BUD).",
)


@dataclass(frozen=True)
class Result:
    """What the check of one project at one moment may come to.

    `sentence` may hold {days}, the days without protection. `severity` chooses colour and shape: met, late (met, with a
    flaw that stays), unmet (an obligation), open (not due yet), unknown.
    """

    code: str
    label: Text
    severity: Severity
    sentence: Text
    explanation: Text


@dataclass(frozen=True)
class Rule:
    """One rule as it stood when the edition was published.

    kind 'wajib' decides, 'catatan' only tells. A 'wajib' demands 'registration' or 'payment' (with cover) of the work
    that lies in `places` (empty: everywhere) and is not paid by one of `not_for_payers`, where the work order is dated
    from `effective_from` on. `is_assumption`: nobody has confirmed the date or the article.
    """

    code: str
    kind: Literal["wajib", "catatan"]
    demand: Literal["registration", "payment"] | None
    text: Text
    article: str
    effective_from: date
    is_assumption: bool
    threshold: Decimal | None
    places: tuple[str, ...]
    not_for_payers: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    """One document behind a check, and where in which file it is written."""

    document: Literal["registration", "payment", "work_order"]
    number: str | None
    dated: date | None
    file_name: str
    row_number: int


@dataclass(frozen=True)
class Check:
    """One rule against one project at one moment. is_met None: it cannot be told, or the rule does not judge it."""

    rule: Rule
    is_in_force: bool
    is_met: bool | None
    evidence: tuple[Evidence, ...]


def _results(*results: Result) -> dict[str, Result]:
    return {result.code: result for result in results}


# In the order of severity in which a page lists them: what needs somebody first.
RESULTS = _results(
    Result(
        "tidak_dapat_dipulihkan",
        Text("Tidak dapat dipulihkan: perlu keputusan PA/KPA", "Cannot be restored: needs a PA/KPA decision"),
        "unmet",
        Text(
            "Tidak dapat dipulihkan: pekerjaan sudah selesai dan perlindungan tidak berlaku surut; perlu keputusan "
            "PA/KPA.",
            "Cannot be restored: the work is over and protection is not retroactive; it needs a decision of PA/KPA.",
        ),
        Text(
            "Pekerjaan selesai sebelum syarat dipenuhi. Mendaftar sekarang tidak melindungi siapa pun lagi.",
            "The work ended before the conditions were met. To register now would protect nobody any more.",
        ),
    ),
    Result(
        "belum_memenuhi",
        Text("Belum memenuhi", "Not met"),
        "unmet",
        Text("Belum memenuhi syarat kepesertaan.", "The conditions of membership are not met."),
        Text(
            "Batas waktu sudah lewat, pekerjaan masih berjalan, dan pendaftaran, pembayaran iuran atau masa "
            "perlindungannya belum ada pada tanggal penilaian.",
            "The deadline has passed, the work still runs, and registration, contribution or cover is missing on the "
            "day judged.",
        ),
    ),
    Result(
        "belum_jatuh_tempo",
        Text("Belum jatuh tempo", "Not yet due"),
        "open",
        Text("Belum jatuh tempo: batas pendaftaran belum lewat.", "Not yet due: the deadline has not passed."),
        Text(
            "Syarat belum dipenuhi, tetapi batas 14 hari kerja sesudah SPK belum lewat pada tanggal penilaian.",
            "The conditions are not met, but the 14 working days after the work order are not over on the day judged.",
        ),
    ),
    Result(
        "belum_dapat_dinilai",
        Text("Belum dapat dinilai", "Cannot be judged yet"),
        "unknown",
        Text("Belum dapat dinilai: datanya belum cukup.", "Cannot be judged yet: the data do not suffice."),
        Text(
            "Data yang diperlukan belum ada. Data yang tidak ada tidak pernah berarti syarat dipenuhi, dan tidak "
            "berarti dilanggar.",
            "The data needed are missing. What is missing never counts as met, nor as broken.",
        ),
    ),
    Result(
        MANUAL_PROOF,
        Text(
            "Memenuhi – bukti manual, menunggu pencocokan BPJS",
            "Met – manual proof, waiting to be matched by BPJS",
        ),
        "late",
        Text(
            "Memenuhi syarat menurut bukti yang dicatat petugas; menunggu pencocokan dengan data BPJS Ketenagakerjaan.",
            "Met by the proof an officer recorded; waiting to be matched with BPJS Ketenagakerjaan's data.",
        ),
        Text(
            "Petugas mencatat nomor sertifikat dan bukti bayar. Data BPJS Ketenagakerjaan belum memuatnya.",
            "An officer recorded the numbers of certificate and receipt. The data of BPJS do not hold them yet.",
        ),
    ),
    Result(
        "terlambat",
        Text("Memenuhi, terlambat", "Met, late"),
        "late",
        Text(
            "Memenuhi, terlambat ({days} hari tanpa perlindungan; tidak berlaku surut).",
            "Met, late ({days} days without protection; not retroactive).",
        ),
        Text(
            "Syarat dipenuhi pada tanggal penilaian, tetapi pendaftarannya sesudah batas waktu. Hari-hari sebelum "
            "perlindungan berlaku tetap tanpa perlindungan.",
            "The conditions are met on the day judged, but registration came after the deadline. The days before "
            "protection began stay unprotected.",
        ),
    ),
    Result(
        "memenuhi",
        Text("Memenuhi syarat", "Conditions met"),
        "met",
        Text("Memenuhi syarat kepesertaan.", "The conditions of membership are met."),
        Text(
            "Terdaftar paling lambat pada batas waktu, dan pada tanggal penilaian iuran sudah dibayar dan masa "
            "perlindungan berlaku (pekerjaan swasta: terdaftar).",
            "Registered by the deadline, and on the day judged the contribution is paid and cover is in force (private "
            "work: registered).",
        ),
    ),
)

REASONS = {
    "rule_later": Text(
        "Belum ada aturan wajib yang berlaku pada tanggal SPK.",
        "No binding rule was in force on the date of the work order.",
    ),
    "no_work_order_date": Text(
        "Tanggal SPK tidak ada dalam data, jadi aturan dan batas waktunya tidak diketahui.",
        "The data hold no date of the work order, so its rules and deadline are unknown.",
    ),
    "registrations_unknown": Text(
        "Data pendaftaran BPJS Ketenagakerjaan belum lengkap untuk wilayah atau pemilik ini pada tanggal penilaian, "
        "atau memuat pendaftaran yang hanya menyebut nomor SPK yang sama dengan proyek lain.",
        "Registrations are not completely known for this place or owner on the day judged, or one names nothing but a "
        "work order's number that other projects bear as well.",
    ),
    "payment_unknown": Text(
        "Proyek terdaftar, tetapi tanggal bayar iurannya tidak ada dalam data.",
        "The project is registered, but the data hold no date on which its contribution was paid.",
    ),
    "unregistered": Text("Belum terdaftar pada tanggal penilaian.", "Not registered on the day judged."),
    "unpaid": Text(
        "Terdaftar, tetapi iurannya belum dibayar pada tanggal penilaian.",
        "Registered, but the contribution was not paid by the day judged.",
    ),
    "cover_not_begun": Text(
        "Iuran dibayar, tetapi masa perlindungan belum mulai pada tanggal penilaian.",
        "Paid, but cover had not begun on the day judged.",
    ),
    "cover_ended": Text(
        "Masa perlindungan berakhir sebelum tanggal penilaian, sedangkan pekerjaan masih berjalan.",
        "Cover ended before the day judged while the work still runs.",
    ),
    "over_unregistered": Text(
        "Pekerjaan selesai sebelum terdaftar.", "The work ended before it was registered."
    ),
    "over_unpaid": Text(
        "Pekerjaan selesai sebelum iurannya dibayar.", "The work ended before the contribution was paid."
    ),
    "over_uncovered": Text(
        "Masa perlindungan tidak memuat hari terakhir pekerjaan.", "Cover does not include the last day of the work."
    ),
}  # fmt: skip

# What is told beside a result and never decides it.
NOTES = {
    "headcount_low": Text(
        "Tenaga kerja terdaftar sedikit dibanding nilai kontrak.", "Few registered workers for the contract's value."
    ),
    "registered_at_payment": Text(
        "Terdaftar pada hari pembayaran atau sehari sebelumnya.",
        "Registered on the day of the payment or the day before.",
    ),
    "contribution_short": Text(
        "Iuran yang dibayar kurang dari tarif nilai kontrak tanpa PPN.",
        "The contribution paid is below the tariff of the contract's value without VAT.",
    ),
    "names_missing": Text(
        "Nama yang tercatat kurang dari tenaga kerja terdaftar.", "Fewer names recorded than workers registered."
    ),
    "headcount_below_declared": Text(
        "Tenaga kerja terdaftar jauh di bawah yang disebut data proyek.",
        "Far fewer workers registered than the project's data state.",
    ),
    "not_paid": Text("Iuran belum dibayar.", "The contribution is not paid."),
    "kso": Text("KSO: perusahaan utama yang mendaftarkan.", "Joint operation: the lead firm registers."),
    "swakelola": Text("Swakelola: OPD sendiri yang mendaftarkan.", "Done by the owner itself, which registers."),
    "emergency": Text("Pekerjaan darurat: batas waktu dihitung dari SPK, perlindungan dari mulainya pekerjaan.",
                      "Emergency work: the deadline counts from the work order, protection from the start of work."),
    "province_placed": Text(
        "Lokasi hanya diketahui sampai provinsi.", "The place is known down to the province only."
    ),
}  # fmt: skip

# Reasons that miss something else than the registration.
REGISTERED_ALL_THE_SAME = (
    "unpaid", "cover_not_begun", "cover_ended", "over_unpaid", "over_uncovered", "payment_unknown",
)  # fmt: skip

# Of payers of whom more is to be said than their name.
PAYER_NOTES = {
    "KPPN": Text("di luar kewenangan bayar Pemkot", "outside the city's authority to pay"),
    "Swasta": Text("hanya kewajiban pendaftaran", "only the duty to register"),
}


def rules(edition: Edition) -> list[Rule]:
    """The rules frozen into the edition, 'wajib' first; none in editions before schema 4."""
    return list(_rules(edition))


@lru_cache(maxsize=64)
def _rules(edition: Edition) -> tuple[Rule, ...]:
    if not has_register(edition):
        return ()
    return tuple(_rule(row) for row in edition.query("rules"))


def _rule(row: dict[str, Any]) -> Rule:
    listed = {name: tuple(filter(None, row[name].split(","))) for name in ("places", "not_for_payers")}
    return Rule(
        code=row["rule"],  # "code" names places: a limited grant would take the row out
        kind=row["kind"],
        demand=row["demand"],
        text=Text(row["text"], row["text_en"]),
        article=row["article"],
        effective_from=row["effective_from"],
        is_assumption=row["is_assumption"],
        threshold=row["threshold"],
        **listed,
    )


def checks(dossier: Dossier, rules: list[Rule], *, payment: int = 0) -> list[Check]:
    """Each rule against one project at a payment, or at the position (0). Of a note is_met is whether nothing is noted.

    Empty where the edition does not judge that payment.
    """
    judged = next((one for one in dossier.judgements if one.payment == payment), None)
    return [] if judged is None else [_check(rule, dossier, judged) for rule in rules]


def _check(rule: Rule, dossier: Dossier, judged: Judgement) -> Check:
    dated = [one for one in dossier.registrations if one.tgl_daftar <= judged.judged_on]
    if rule.kind == "catatan":
        begins = dossier.project.tgl_spk or dossier.project.mulai
        return Check(rule, begins >= rule.effective_from, rule.code not in judged.notes, ())
    is_in_force = rule.code in judged.rules
    if rule.demand == "registration":
        return Check(rule, is_in_force, _met(judged, REGISTERED_ALL_THE_SAME, is_in_force), _registered(dossier, dated))
    paid = [one for one in dated if one.tgl_bayar is not None and one.tgl_bayar <= judged.judged_on]
    return Check(rule, is_in_force, _met(judged, (), is_in_force), tuple(_paid(one) for one in paid))


def _met(judged: Judgement, in_spite_of: Collection[str], is_in_force: bool) -> bool | None:
    """What the reason of a result says of one demand; `in_spite_of` are reasons that leave it met."""
    if not is_in_force:
        return None
    if judged.reason is None or judged.reason in in_spite_of:
        return True
    return None if judged.result == "belum_dapat_dinilai" else False


def _registered(dossier: Dossier, dated: list[Registration]) -> tuple[Evidence, ...]:
    project = dossier.project
    order = Evidence("work_order", project.no_spk, project.tgl_spk, project.file_name, project.row_number)
    found = [
        Evidence("registration", one.no_proyek_bpjs, one.tgl_daftar, one.file_name, one.row_number) for one in dated
    ]
    return (*([order] if project.tgl_spk else []), *found)


def _paid(registration: Registration) -> Evidence:
    return Evidence(
        "payment",
        registration.no_sertifikat,
        registration.tgl_bayar,
        registration.file_name,
        registration.row_number,
    )


def takes_proof(dossier: Dossier, judgement: Judgement) -> bool:
    """Whether a proof by hand may stand for this result: at the position, and for a payment that is only asked for by
    then. What was paid is judged by what was known of its day."""
    position = next(one for one in dossier.judgements if one.payment == 0)
    paid = {one.number for one in dossier.payments if one.tgl_bayar is not None}
    return judgement.payment not in paid and judgement.judged_on == position.judged_on


def overlay(casework: Casework, edition: Edition) -> dict[str, str]:
    """By project whose recorded proof would meet what the edition misses: MANUAL_PROOF in the place of its result.

    As soon as the data of BPJS hold the registration, the edition's own result stands again. A proof does not tell
    which rules bind the project: without the date of its work order it stays without a result.
    """
    return dict(_overlay(casework, edition))


@lru_cache(maxsize=64)
def _overlay(casework: Casework, edition: Edition) -> Mapping[str, str]:
    if not casework.proofs or not has_register(edition):
        return {}
    as_of = date.fromisoformat(edition.meta["as_of"])
    owners = None if edition.grant.owners is None else sorted(edition.grant.owners)
    asked = {"places": sorted(edition.visible_places), "owners": owners, "codes": sorted(casework.proofs)}
    return {
        row["kode_proyek"]: MANUAL_PROOF
        for row in edition.query("register_rows", **asked)
        if row["result"] not in ("memenuhi", "terlambat")
        and row["reason"] not in ("rule_later", "no_work_order_date")
        and any(_protects(noted.content, row, as_of) for noted in casework.proofs[row["kode_proyek"]])
    }


def _protects(proof: Proof, project: Mapping[str, Any], as_of: date) -> bool:
    """As data/sql/publish/judged_state.sql judges a registration: at the position, or on the day of a newer proof.

    Proofs are recorded between two editions, mostly for what was done after the last one's position.
    """
    last_day = min(max(as_of, proof.registered_on, proof.paid_on), project["selesai"])
    first_covered = max(proof.paid_on, proof.cover_from)
    is_in_time = proof.registered_on <= last_day and proof.paid_on <= last_day
    return is_in_time and first_covered <= max(project["mulai"], last_day) <= proof.cover_to
