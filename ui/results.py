"""A result of the gate as a reader sees it: a word and a shape as well as a colour."""

from functools import lru_cache

from analytics import gate
from ui import formats
from ui.texts import translator

# In the order of the gate, what needs somebody first.
SHAPES = {
    "tidak_dapat_dipulihkan": "◆",
    "belum_memenuhi": "■",
    "belum_jatuh_tempo": "◷",
    "belum_dapat_dinilai": "○",
    "bukti_manual": "◐",
    "terlambat": "▲",
    "memenuhi": "●",
}
# Red only for an unmet obligation.
TONES = {"met": "better", "late": "concern", "unmet": "unmet"}
NO_RESULT = formats.UNKNOWN  # in an edition from before projects were judged


def name(result: str | None, language: str) -> str:
    """The result in words."""
    return gate.RESULTS[result].label.in_language(language) if result else NO_RESULT


def tone(result: str | None) -> str:
    """The class of its colour; empty for what is open or unknown."""
    return TONES.get(gate.RESULTS[result].severity, "") if result else ""


@lru_cache(maxsize=100)
def marked(result: str | None, language: str) -> str:
    """Shape and words, for tables and lists."""
    return f"{SHAPES[result]} {name(result, language)}" if result else NO_RESULT


def sentence(result: str, unprotected_days: int | None, language: str) -> str:
    """The result as the gate says it, with the days that nobody was protected."""
    days = formats.number(unprotected_days or 0, language)
    return gate.RESULTS[result].sentence.in_language(language).format(days=days)


def reason(code: str | None, language: str) -> str | None:
    """Why, in a sentence; None where a result needs no reason."""
    return gate.REASONS[code].in_language(language) if code else None


def note(code: str, language: str) -> str:
    """What is told beside a result and never decides it."""
    return gate.NOTES[code].in_language(language)


def days(result: str | None, late: int | None, unprotected: int | None, left: int | None, language: str) -> str:
    """The days that belong to a result, as its own words; empty where it has none."""
    _ = translator(language)
    if result == "belum_jatuh_tempo" and left is not None:
        return _.plural("sisa {count} hari kerja", left).format(count=formats.number(left, language))
    told = []
    if late:
        told.append(_.plural("terdaftar {count} hari sesudah batas", late).format(count=formats.number(late, language)))
    if unprotected:
        told.append(
            _.plural("{count} hari tanpa perlindungan", unprotected).format(count=formats.number(unprotected, language))
        )
    return "; ".join(told)
