"""A result of the gate as a reader sees it: a word and a shape as well as a colour."""

from functools import lru_cache
from html import escape

from analytics import gate
from ui import formats
from ui.texts import translator

# Red only for an unmet obligation.
SHAPES = {
    "memenuhi": "●",
    "bukti_manual": "◐",
    "terlambat": "▲",
    "belum_memenuhi": "■",
    "tidak_dapat_dipulihkan": "◆",
    "belum_jatuh_tempo": "◷",
    "belum_dapat_dinilai": "○",
}
TONES = {
    "memenuhi": "better",
    "bukti_manual": "better",
    "terlambat": "concern",
    "belum_memenuhi": "unmet",
    "tidak_dapat_dipulihkan": "unmet",
}


def name(result: str, language: str) -> str:
    """The result in words."""
    return gate.RESULTS[result].label.in_language(language)


@lru_cache(maxsize=100)
def marked(result: str, language: str) -> str:
    """Shape and words, for tables and lists."""
    return f"{SHAPES[result]} {name(result, language)}"


def badge(result: str, language: str) -> str:
    """HTML of shape and words in their colour."""
    return (
        f'<span class="ck-result {TONES.get(result, "")}">'
        f'<i aria-hidden="true">{SHAPES[result]}</i> {escape(name(result, language))}</span>'
    )


def days(result: str, late: int | None, unprotected: int | None, left: int | None, language: str) -> str:
    """The days that belong to a result, as its own words; empty where it has none."""
    _ = translator(language)
    if result == "belum_jatuh_tempo" and left is not None:
        return _("sisa {count} hari kerja").format(count=formats.number(left, language))
    told = []
    if late:
        told.append(_("terdaftar {count} hari sesudah batas").format(count=formats.number(late, language)))
    if unprotected:
        told.append(_("{count} hari tanpa perlindungan").format(count=formats.number(unprotected, language)))
    return "; ".join(told)
