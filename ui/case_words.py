"""Casework in the reader's words: names of states and decisions, what an entry holds, why one was refused."""

from dataclasses import fields
from datetime import date

from analytics import gate
from data import cases
from data.cases import Case, CaseRefused, Decision, Withdrawal
from data.errors import CakupanError
from ui import formats
from ui.texts import translator


def label(field: str, language: str) -> str:
    """The name of a field."""
    return translator(language)(cases.FIELD_NAMES[field])


def refusal(error: CakupanError, language: str) -> str:
    """Why something was not recorded."""
    return error.told(translator(language)) if isinstance(error, CaseRefused) else str(error)


def decision_name(code: str, language: str) -> str:
    _ = translator(language)
    return {
        "disetujui": _("Disetujui dibayar"),
        "disetujui_dengan_catatan": _("Disetujui dibayar dengan catatan"),
        "ditunda": _("Ditunda"),
        "dikembalikan": _("Dikembalikan"),
    }.get(code, code)


def finding_state_name(code: str, language: str) -> str:
    """In the words of Peraturan BPK 2/2017."""
    _ = translator(language)
    return {
        "belum_ditindaklanjuti": _("Belum ditindaklanjuti"),
        "belum_sesuai": _("Belum sesuai rekomendasi"),
        "sesuai": _("Sesuai rekomendasi"),
        "tidak_dapat_ditindaklanjuti": _("Tidak dapat ditindaklanjuti"),
    }.get(code, code)


def follow_up_state_name(code: str, language: str) -> str:
    _ = translator(language)
    return {"dihubungi": _("Dihubungi"), "berjanji": _("Berjanji"), "terdaftar": _("Terdaftar")}.get(code, code)


def result_name(code: str, language: str) -> str:
    """The result of the check that somebody was shown; one that is not known stays as it is."""
    return gate.RESULTS[code].label.in_language(language) if code in gate.RESULTS else code


def payment_name(number: int, language: str) -> str:
    _ = translator(language)
    return _("Pembayaran {number}").format(number=number) if number else _("Tanpa pembayaran tertentu")


def content(case: Case | Withdrawal, language: str) -> str:
    """All that an entry holds, field by field; what is empty is left out."""
    _ = translator(language)
    if isinstance(case, Withdrawal):
        return _("Entri ditarik. Alasan: {reason}").format(reason=case.reason)
    told = []
    for field in fields(case):
        value = getattr(case, field.name)
        if field.name not in ("kode_proyek", "edition", "scan_sha256", "scan_kind") and value not in (None, ""):
            told.append(f"{label(field.name, language)}: {_value(case, field.name, value, language)}")
    return " · ".join(told)


def _value(case: Case, field: str, value: object, language: str) -> str:
    if isinstance(value, date):
        return formats.day(value, language)
    if isinstance(case, Decision) and field == "payment":
        return payment_name(case.payment, language)
    name = {
        ("decision", "decision"): decision_name,
        ("decision", "result_shown"): result_name,
        ("finding", "state"): finding_state_name,
        ("finding_followup", "state"): finding_state_name,
        ("follow_up", "state"): follow_up_state_name,
    }.get((case.kind, field))
    return name(str(value), language) if name else str(value)
