"""What has moved since the last meeting, in words; the bars are worded by ui.charts and ui.sentences."""

from collections.abc import Sequence

from analytics.change import PersonsStep, Step
from analytics.since import Since
from ui import formats, sentences
from ui.texts import translator


def title(found: Since, language: str) -> str:
    """'Sejak rapat terakhir naik 2,1 poin: perubahan nyata menambah 3,0 poin; koreksi mengurangi 0,9 poin'."""
    _ = translator(language)
    if found.reason:
        return why_untold(found.reason, language)
    return _("Sejak rapat terakhir {change}").format(change=_change(found.steps, language))


def _change(steps: Sequence[Step] | Sequence[PersonsStep], language: str) -> str:
    percents = [step for step in steps if isinstance(step, Step)]
    persons = [step for step in steps if isinstance(step, PersonsStep)]
    told = sentences.change_title(percents, language) if percents else sentences.persons_change_title(persons, language)
    return sentences.uncapitalized(told)


def why_untold(reason: str, language: str) -> str:
    """Why nothing can be said of what has moved."""
    _ = translator(language)
    return {
        "same_position": _("Belum ada edisi atau bulan baru sejak rapat terakhir."),
        "earlier_month": _("Bulan yang dipilih lebih awal daripada bulan rapat terakhir, jadi tidak dibandingkan."),
        "other_place": _("Edisi rapat terakhir tidak memuat wilayah ini, jadi tidak ada yang dapat dibandingkan."),
        "other_members": _(
            "Susunan wilayah cabang atau kelompok ini berubah sejak rapat terakhir, jadi angkanya tidak dibandingkan."
        ),
        "other_denominator": _(
            "Edisi rapat terakhir tidak punya sumber penyebut ini; pilih penyebut bawaan untuk membandingkan."
        ),
        "edition_older": _("Edisi rapat terakhir terbit sebelum ukuran ini ada, jadi tidak dapat dibandingkan."),
        "no_value_then": _("Rapat terakhir belum punya angka untuk lingkup ini, jadi tidak ada yang dibandingkan."),
        "no_value_restated": _(
            "Angka bulan rapat terakhir tidak ada lagi dalam edisi ini, jadi perubahannya tidak dapat dipilah."
        ),
        "no_value_now": _("Belum ada angka untuk bulan ini, jadi perubahannya belum dapat disebut."),
    }[reason]


def why_unsplit(reason: str, language: str) -> str:
    """Why what was late and what was wrong are one bar."""
    _ = translator(language)
    return {
        "other_schema": _(
            "Edisi rapat terakhir disusun oleh versi program yang lebih lama: data terlambat dan koreksi tidak dapat "
            "dipisahkan, dan cara hitung yang berubah ikut di dalamnya."
        ),
        "both_deliveries": _(
            "Sejak rapat terakhir ada kiriman baru dan kiriman yang dibatalkan: data terlambat dan koreksi tidak "
            "dapat dipisahkan."
        ),
        "hidden_deliveries": _(
            "Kiriman yang mengubahnya di luar lingkup akun ini: data terlambat dan koreksi tidak dapat dipisahkan."
        ),
    }[reason]


def explained(found: Since, language: str) -> list[str]:
    """What each of the bars that occur means, for who is asked about it."""
    _ = translator(language)
    meanings = {
        "real": _("Perubahan nyata: dari bulan ke bulan, keduanya menurut edisi ini."),
        "late": _("Data terlambat: untuk bulan rapat terakhir, tetapi baru diterima sesudahnya."),
        "correction": _("Koreksi: bulan rapat terakhir sudah ada datanya, lalu diperbaiki."),
        "source": _("Ganti sumber: angka keduanya tidak dari cara hitung atau pelapor yang sama."),
        "denominator": _("Penyebut: perkiraan jumlah pekerja yang dipakai berganti."),
        "revised_workers": _("Koreksi pekerja proyek: jumlah pekerja bulan rapat terakhir kini lain."),
    }
    kinds = [step.kind for step in found.steps]
    told = [meaning for kind, meaning in meanings.items() if kind in kinds]
    return [*told, *([why_unsplit(found.unsplit, language)] if found.unsplit else [])]


def step_label(step: Step | PersonsStep, found: Since, editions: tuple[int, int], language: str) -> str:
    """A bar's name; of the two totals their month, and the edition where the month is the same."""
    if step.kind not in ("start", "end"):
        return sentences.step_name(step.kind, language)
    row = found.now if step.kind == "end" else found.then
    month = formats.short_month(sentences.last_day(row), language)
    if found.now.month != found.then.month:
        return month
    _ = translator(language)
    return _("{month}, edisi {edition}").format(month=month, edition=editions[step.kind == "end"])
