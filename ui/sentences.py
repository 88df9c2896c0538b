"""Titles that say what the numbers say. Each function returns plain text; whoever puts it into HTML escapes it."""

from datetime import date

from analytics.change import Step
from analytics.compute import PROJECT_SOURCE, Row, month_end
from data.editions import MIXED_SOURCE, PERSONS_SOURCE, UNKNOWN
from ui import formats
from ui.texts import translator


def last_day(row: Row) -> date:
    """The month of a row as its last day, the day it speaks of."""
    return month_end(date.fromisoformat(row.month + "-01"))


def status_word(status: str, language: str) -> str:
    """Shape and word of a status, for tables and flags."""
    _ = translator(language)
    return {
        "ok": _("● ada"),
        "implausible": _("▲ melebihi 100 %"),
        "no_data": _("○ belum ada data"),
        "no_denominator": _("◇ belum ada penyebut"),
        "zero_denominator": _("◇ penyebut nol"),
        "mixed_sources": _("◐ sumber campuran"),
    }[status]


def dated(row: Row, language: str) -> str:
    """'Juli 2024', or 'Juli 2024, posisi 9 Juli' where the figure keeps its own date."""
    _ = translator(language)
    month = formats.month(last_day(row), language)
    if row.as_of is None or row.as_of == last_day(row):
        return month
    own = formats.day_of_month if row.as_of.year == last_day(row).year else formats.day
    return _("{month}, posisi {day}").format(month=month, day=own(row.as_of, language))


def source_name(source: str | None, language: str) -> str:
    """A source as its sender calls it; what this product itself computes is named in the reader's language."""
    _ = translator(language)
    own = {
        PERSONS_SOURCE: _("Data kepesertaan per orang"),
        MIXED_SOURCE: _("Jumlah laporan wilayah di bawahnya"),
        PROJECT_SOURCE: _("Data proyek, pendaftaran dan tenaga kerja"),
    }
    return own.get(source or "", source or formats.UNKNOWN)


def category_name(name: str, language: str) -> str:
    """An owner or fund as written in the files; blank there reads 'belum diisi'."""
    _ = translator(language)
    return _("belum diisi") if name == UNKNOWN else name


def trend_title(name: str, now: Row, before: Row | None, language: str) -> str:
    """'Cakupan Sumatera Selatan naik 3,2 poin menjadi 45,6 % sejak Juli 2023'."""
    _ = translator(language)
    value = formats.percent(now.value, language)
    if now.status == "implausible":
        sentence = _("{name} {value} pada {month}: melebihi 100 %, tidak dapat dibandingkan")
        return sentence.format(name=name, value=value, month=formats.month(last_day(now), language))
    if before is None or before.status != "ok":
        return _("{name} {value} pada {month}").format(
            name=name, value=value, month=formats.month(last_day(now), language)
        )
    assert now.value is not None, now
    assert before.value is not None, before
    change = now.value - before.value
    since = formats.month(last_day(before), language)
    if formats.points(change, language) == formats.points(0, language):
        return _("{name} tetap {value} sejak {month}").format(name=name, value=value, month=since)
    sentence = (
        _("{name} naik {points} poin menjadi {value} sejak {month}")
        if change > 0
        else _("{name} turun {points} poin menjadi {value} sejak {month}")
    )
    return sentence.format(name=name, points=formats.points(change, language), value=value, month=since)


def count_title(name: str, now: Row, before: Row | None, language: str) -> str:
    """'Peserta aktif Kabupaten OKI bertambah 512 menjadi 8.123 sejak Juli 2023'."""
    _ = translator(language)
    count = formats.number(now.numerator, language)
    if before is None or before.numerator is None or now.numerator is None:
        return _("{name} {value} orang pada {month}").format(
            name=name, value=count, month=formats.month(last_day(now), language)
        )
    change, since = now.numerator - before.numerator, formats.month(last_day(before), language)
    if not change:
        return _("{name} tetap {value} sejak {month}").format(name=name, value=count, month=since)
    sentence = (
        _("{name} bertambah {change} menjadi {value} sejak {month}")
        if change > 0
        else _("{name} berkurang {change} menjadi {value} sejak {month}")
    )
    return sentence.format(name=name, change=formats.number(abs(change), language), value=count, month=since)


def step_name(kind: str, language: str) -> str:
    """What a bar of the waterfall stands for; 'start' and 'end' are months and have none."""
    _ = translator(language)
    return {
        "joined": _("Peserta baru"),
        "ended": _("Kepesertaan berakhir"),
        "unnamed": _("Tanpa nama"),
        "net": _("Perubahan bersih"),
        "source": _("Ganti sumber"),
        "denominator": _("Penyebut"),
    }[kind]


def change_title(steps: list[Step], language: str) -> str:
    """The step that added most and the one that took most away."""
    _ = translator(language)
    moves = [step for step in steps if step.kind not in ("start", "end")]
    up = max(moves, key=lambda step: step.points, default=None)
    down = min(moves, key=lambda step: step.points, default=None)
    told = []
    if up and up.points > 0:
        told.append(_("{step} menambah {points} poin").format(**_told(up, language)))
    if down and down.points < 0:
        told.append(_("{step} mengurangi {points} poin").format(**_told(down, language)))
    return _capital("; ".join(told)) if told else _("Tidak ada yang bergeser sejak bulan pembanding")


def _told(step: Step, language: str) -> dict[str, str]:
    return {"step": step_name(step.kind, language).lower(), "points": formats.points(step.points, language)}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
