"""Findings of data quality in the reader's words: what they are about, what was found, why, and how they stand."""

from datetime import date
from decimal import Decimal
from typing import Any

from analytics.indicators import Text
from analytics.quality import RULES, resolutions
from analytics.quality.resolutions import Standing
from analytics.quality.rule import Amount, Finding, Threshold
from ui import formats, origin_words, sentences
from ui.texts import translator

SHAPES = {"berat": "▲", "sedang": "◆", "ringan": "○"}


def severity_name(severity: str, language: str) -> str:
    """With its shape: a severity is never told by a colour alone."""
    _ = translator(language)
    names = {"berat": _("Berat"), "sedang": _("Sedang"), "ringan": _("Ringan")}
    return f"{SHAPES[severity]} {names[severity]}"


def state_name(state: str, language: str) -> str:
    """How a finding stands; a state that is not known stays as it is."""
    _ = translator(language)
    return {
        "terbuka": _("Terbuka"),
        "terbuka_lagi": _("Terbuka lagi"),
        "ditindaklanjuti": _("Ditindaklanjuti"),
        "diperbaiki": _("Diperbaiki pengirim"),
        "bukan_masalah": _("Bukan masalah"),
        "diterima": _("Diterima apa adanya"),
    }.get(state, state)


def state_hint(state: str, language: str) -> str:
    """What saying so means."""
    _ = translator(language)
    return {
        "ditindaklanjuti": _("tetap terbuka; sudah ada yang menanganinya"),
        "diperbaiki": _("selesai; terbuka lagi bila edisi berikutnya masih memuatnya"),
        "bukan_masalah": _("selesai; nilainya benar"),
        "diterima": _("selesai; nilainya keliru atau meragukan, dan dibiarkan"),
    }[state]


def rule_name(code: str, language: str) -> str:
    return RULES[code].label.in_language(language)


def amount(value: Amount | None, rule: str, language: str) -> str:
    """A value of a finding in the unit of its rule; a dash where there is none."""
    if value is None:
        return formats.UNKNOWN
    if isinstance(value, date):
        return formats.day(value, language)
    return formats.in_unit(value, {"count": "persons"}.get(RULES[rule].unit, RULES[rule].unit), language)


def why(finding: Finding, language: str) -> str:
    """What was found, in a sentence."""
    rule = RULES[finding.rule]
    facts = {name: told(name, value, language) for name, value in finding.facts.items()}
    facts["value"] = amount(finding.value, finding.rule, language)
    facts["expected"] = amount(finding.expected, finding.rule, language)
    if finding.month is not None:
        facts["month"] = formats.month(finding.month, language)
    return rule.why.in_language(language).format(**facts)


def told(name: str, value: Any, language: str) -> str:
    """One fact of a finding as it stands in a sentence."""
    if isinstance(value, Text):
        return value.in_language(language)
    if isinstance(value, date):
        return formats.day(value, language)
    if isinstance(value, Decimal):
        return formats.rupiah(value, language)
    if name == "sector":
        return sentences.sector_name(value, language)
    if name == "kind":
        return origin_words.kind_name(value, language)
    if name.startswith("source"):
        return sentences.source_name(value, language)
    return formats.number(value, language) if isinstance(value, int) else str(value or formats.UNKNOWN)


def subject(finding: Finding, place_name: str | None, language: str) -> str:
    """What the finding is about: project, place, owner, sender, as far as it names them."""
    owner = None if finding.owner is None else sentences.category_name(finding.owner, language)
    return " · ".join(part for part in (finding.project, place_name, owner, finding.sender) if part) or formats.UNKNOWN


def reopened(one: Standing, language: str) -> str:
    """Why a finding is open again that somebody has spoken of; nothing where it is not."""
    _ = translator(language)
    if one.reopened_by is None:
        return ""
    last, finding = one.history[-1], one.finding
    if one.reopened_by == resolutions.OTHER_RULE:
        text = _("aturannya berganti dari versi {old_version} ke versi {new_version}")
        return text.format(old_version=last.note.version, new_version=RULES[finding.rule].version)
    if one.reopened_by == resolutions.STILL_FOUND:
        return _("disebut sudah diperbaiki pada edisi {edition}, tetapi masih ditemukan").format(edition=last.edition)
    # Only of one version of the rule are both values of one kind.
    return _("nilainya {old} ketika ditanggapi, sekarang {new}").format(
        old=amount(_amount_of(last.note.value, finding.value), finding.rule, language),
        new=amount(finding.value, finding.rule, language),
    )


def _amount_of(text: str, like: Amount | None) -> Amount:
    """A value as a note remembers it (Finding.value_text), in the type of the value of now."""
    return date.fromisoformat(text) if isinstance(like, date) else float(text)


def threshold(one: Threshold, language: str) -> str:
    """Name, value, since when, and whence it comes."""
    _ = translator(language)
    is_whole = not isinstance(one.value, float) or one.value.is_integer()
    return _("{name}: {value}, sejak {day}. {source}").format(
        name=one.name.in_language(language),
        value=formats.number(one.value, language, 0 if is_whole else 1),
        day=formats.day(one.since, language),
        source=one.source.in_language(language),
    )
