"""Titles that say what the numbers say. Each function returns plain text; whoever puts it into HTML escapes it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from analytics.change import PersonsStep, Step
from analytics.compare import FEWEST_PROJECTS, Comparison, Entry
from analytics.indicators import INDICATORS
from analytics.projects import PROJECT_SOURCE
from analytics.row import Row, month_end
from analytics.targets import Target
from data.categories import ALL_SECTORS, CONSTRUCTION
from data.editions import MIXED_SOURCE, PERSONS_SOURCE, UNKNOWN
from ui import formats
from ui.dots import SHAPES
from ui.texts import translator


def last_day(row: Row) -> date:
    """The month of a row as its last day, the day it speaks of."""
    return _last_day(row.month)


# Tables repeat their months, words and names in hundreds of rows.
@lru_cache(maxsize=5_000)
def _last_day(month: str) -> date:
    return month_end(date.fromisoformat(month + "-01"))


@lru_cache(maxsize=100)
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


def count(row: Row, language: str) -> str:
    """The numerator: every digit, or only those that a rounding of more than one person leaves (rows of counts)."""
    unit = rounding_unit(row)
    if row.numerator is None or unit is None:
        return formats.number(row.numerator, language)
    return formats.rounded_count(row.numerator, unit, language)


def rounding_unit(row: Row) -> float | None:
    """Persons to which a reported count (a row of active_members) is rounded; None where every person counts."""
    if row.denominator is not None or row.low is None or row.high is None or row.high - row.low <= 1:
        return None
    return row.high - row.low


def denominator_source(row: Row, language: str) -> str | None:
    """Where the denominator comes from: its own source, or the numerator's where both are counted on projects."""
    if row.denominator is None:
        return None
    return source_name(row.denominator_source or row.source, language)


def denominator_day(row: Row) -> date | None:
    return None if row.denominator is None else row.denominator_as_of or row.as_of


@lru_cache(maxsize=5_000)
def source_name(source: str | None, language: str) -> str:
    """A source as its sender calls it; what this product itself computes is named in the reader's language."""
    _ = translator(language)
    own = {
        PERSONS_SOURCE: _("Data kepesertaan per orang"),
        MIXED_SOURCE: _("Jumlah laporan wilayah di bawahnya"),
        PROJECT_SOURCE: _("Data proyek, pendaftaran dan tenaga kerja"),
    }
    return own.get(source or "", source or formats.UNKNOWN)


@lru_cache(maxsize=20_000)
def category_name(name: str, language: str) -> str:
    """An owner, fund or sector as written in the files; blank reads 'belum diisi'. Our own words are translated."""
    _ = translator(language)
    own = {
        UNKNOWN: _("belum diisi"),
        "pusat": _("pusat"),
        "daerah": _("daerah"),
        "badan usaha dan layanan": _("badan usaha dan layanan"),
        "swasta": _("swasta"),
    }
    return own.get(name) or sector_name(name, language)


def target_with_issuer(target: Target, unit: str, language: str) -> str:
    """'51,0 % (Kemendagri)'."""
    return f"{formats.in_unit(target.target, unit, language)} ({target.issuer})"


def sector_name(sector: str, language: str) -> str:
    """A sector as in the files; the two that every reader meets are translated."""
    _ = translator(language)
    return {CONSTRUCTION: _("konstruksi"), ALL_SECTORS: _("semua sektor")}.get(sector, sector)


def workers(sector: str, language: str) -> str:
    """'pekerja konstruksi', 'pekerja semua sektor', 'pekerja perdagangan'."""
    _ = translator(language)
    if sector == CONSTRUCTION:
        return _("pekerja konstruksi")
    return _("pekerja {sector}").format(sector=sector_name(sector, language))


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
    told = count(now, language)
    if before is None or before.numerator is None or now.numerator is None:
        return _("{name} {value} orang pada {month}").format(
            name=name, value=told, month=formats.month(last_day(now), language)
        )
    change, since = now.numerator - before.numerator, formats.month(last_day(before), language)
    if not change:
        return _("{name} tetap {value} sejak {month}").format(name=name, value=told, month=since)
    sentence = (
        _("{name} bertambah {change} menjadi {value} sejak {month}")
        if change > 0
        else _("{name} berkurang {change} menjadi {value} sejak {month}")
    )
    unit = max(filter(None, map(rounding_unit, (now, before))), default=None)
    by = formats.rounded_count(abs(change), unit, language) if unit else formats.number(abs(change), language)
    return sentence.format(name=name, change=by, value=told, month=since)


def reporting(told: tuple[int, int], language: str) -> str:
    """'5 dari 17 wilayah melapor': how many of the places within a sum of their reports holds."""
    _ = translator(language)
    return _.plural("{reporting} dari {places} wilayah melapor", told[1]).format(reporting=told[0], places=told[1])


def listed(names: Sequence[str], most: int, language: str) -> str:
    """'A, B, C dan 9 lainnya'."""
    _ = translator(language)
    told = ", ".join(names[:most])
    if len(names) <= most:
        return told
    return _.plural("{names} dan {count} lainnya", len(names) - most).format(
        names=told, count=formats.number(len(names) - most, language)
    )


def judgement_word(judgement: str | None, language: str) -> str:
    """What a judgement says, in full; nothing where none was made."""
    _ = translator(language)
    return {
        None: "",
        "too_few": _("kurang dari 5 proyek, tidak dinilai"),
        "average": _("tidak berbeda dari rata-rata"),
        "above": _("berbeda dari rata-rata: di atas"),
        "below": _("berbeda dari rata-rata: di bawah"),
    }[judgement]


def marked_judgement(judgement: str, language: str) -> str:
    """Shape and words of a judgement: '▲ berbeda dari rata-rata: di atas'."""
    return f"{SHAPES[judgement]} {judgement_word(judgement, language)}"


def short_judgement(judgement: str | None, language: str) -> str:
    """The judgement in a word or two beside a value, its meaning stands above; nothing for who does not differ."""
    _ = translator(language)
    return {
        None: "",
        "too_few": _("tidak dinilai"),
        "average": "",
        "above": _("di atas"),
        "below": _("di bawah"),
    }[judgement]


def comparison_title(found: Comparison, measure: str, names: tuple[str, str, str], language: str) -> str:
    """'3 dari 15 pemilik proyek berbeda dari rata-rata; tertinggi …'; nobody is named where none is ranked.

    `names` are those of the measure, of the groups and of the scope.
    """
    _ = translator(language)
    name, groups, where = names
    told = [entry for entry in found.entries if entry.row.value is not None]
    if not told and any(entry.row.numerator is not None for entry in found.entries):
        sentence = _("{measure} menurut {groups}, {where}: belum ada penyebut")
        return sentence.format(measure=name, groups=groups, where=where)
    if not told:
        return _("{measure} menurut {groups}, {where}: belum ada data").format(measure=name, groups=groups, where=where)
    if len(told) == 1:
        return _("{measure} {value} di {label}, satu-satunya yang ada datanya").format(
            measure=name, value=_value(told[0], measure, language), label=category_name(told[0].row.label, language)
        )
    if not found.is_ranked:
        low, high = (_value(pick(told, key=lambda entry: entry.row.value), measure, language) for pick in (min, max))
        return _("{measure} {count} {groups} antara {low} dan {high}; indikatif, tidak diperingkat").format(
            measure=name, count=formats.number(len(told), language), groups=groups, low=low, high=high
        )
    return _differing(found, told, measure, groups, language) or f"{name}: " + _extremes(found, told, measure, language)


def _value(entry: Entry, measure: str, language: str) -> str:
    return formats.in_unit(entry.row.value, INDICATORS[measure].unit, language, short=True)


def _differing(found: Comparison, told: Sequence[Entry], measure: str, groups: str, language: str) -> str:
    """How many are judged to differ, and who does most on either side; nothing where none could be judged.

    The highest and the lowest are not named: with few projects they are so by chance.
    """
    _ = translator(language)
    judged = [entry for entry in told if entry.judgement in ("above", "average", "below")]
    if not judged or found.average_pct is None:
        return ""
    differing = [entry for entry in judged if entry.judgement != "average"]
    sentence = (
        _.plural("{differing} dari {judged} {groups} berbeda dari rata-rata {average}", len(differing))
        if differing
        else _("Tidak satu pun dari {judged} {groups} berbeda dari rata-rata {average}")
    )
    whole = sentence.format(
        differing=formats.number(len(differing), language),
        judged=formats.number(len(judged), language),
        groups=groups,
        average=formats.percent(found.average_pct, language),
    )
    sides = {"below": _("di bawah, paling jauh {label} {value}"), "above": _("di atas, paling jauh {label} {value}")}
    return "; ".join([whole, *_farthest(found.average_pct, differing, measure, sides, language)])


def _farthest(
    average: float, differing: Sequence[Entry], measure: str, sides: dict[str, str], language: str
) -> list[str]:
    """On each side the group farthest from the average for the number of its projects."""
    told = []
    for judgement, sentence in sides.items():
        some = [entry for entry in differing if entry.judgement == judgement]
        if some:
            far = max(some, key=lambda entry: abs(entry.row.value - average) * (entry.projects or 0) ** 0.5)
            label = category_name(far.row.label, language)
            told.append(sentence.format(label=label, value=_value(far, measure, language)))
    return told


def named_in_title(told: Sequence[Entry]) -> list[Entry]:
    """Those of a ranked comparison that its title may name: who differs, else the highest and the lowest."""
    if any(entry.judgement in ("above", "average", "below") for entry in told):
        return [entry for entry in told if entry.judgement in ("above", "below")]
    named = _not_too_few(told)
    return [named[0], named[-1]]


def _not_too_few(told: Sequence[Entry]) -> Sequence[Entry]:
    return [entry for entry in told if entry.projects is None or entry.projects >= FEWEST_PROJECTS] or told


def _extremes(found: Comparison, told: Sequence[Entry], measure: str, language: str) -> str:
    """The highest with its share of a sum, or highest and lowest share; groups too small to be judged are neither."""
    _ = translator(language)
    named = _not_too_few(told)
    first, last = named[0], named[-1]
    if len(named) == 1:
        sentence = _("{first} {most}, yang lain di bawah 5 proyek")
    elif _value(first, measure, language) == _value(last, measure, language):
        sentence = _("semuanya {most}")
    elif INDICATORS[measure].unit == "percent":
        sentence = _("tertinggi {first} {most}, terendah {last} {least}")
    elif found.whole.value and found.whole.value > 0:
        sentence = _("terbanyak {first}: {most}, atau {share} dari seluruhnya")
    else:
        sentence = _("terbanyak {first}: {most}")
    share = 100 * float(first.row.value) / float(found.whole.value) if found.whole.value else None
    if len(told) < len(found.entries):
        sentence += " " + _("(dari {told} yang ada angkanya)")
    return sentence.format(
        told=formats.number(len(told), language),
        first=category_name(first.row.label, language),
        last=category_name(last.row.label, language),
        most=_value(first, measure, language),
        least=_value(last, measure, language),
        share=formats.percent(share, language),
    )


def nothing_to_compare(projects: int | None, contract_rp: Decimal | None, language: str) -> str:
    """Why nothing is drawn, and what is known all the same."""
    _ = translator(language)
    if projects is None:
        return _("Belum ada angka untuk pilihan ini. Tidak ada bukan berarti nol.")
    known = _.plural("{count} proyek berjalan", projects).format(count=formats.number(projects, language))
    if contract_rp is not None:
        value = formats.in_unit(contract_rp, "rupiah", language, short=True)
        known = _("{projects} senilai {value}").format(projects=known, value=value)
    return _("{known} tercatat, tetapi datanya belum lengkap untuk menilai. Tidak ada bukan berarti nol.").format(
        known=known
    )


def step_name(kind: str, language: str) -> str:
    """What a bar of the waterfall stands for; 'start' and 'end' are months and have none."""
    _ = translator(language)
    return {
        "joined": _("Peserta baru"),
        "ended": _("Kepesertaan berakhir"),
        "named": _("Bernama"),
        "unnamed": _("Tanpa nama"),
        "net": _("Perubahan bersih"),
        "source": _("Ganti sumber"),
        "denominator": _("Penyebut"),
        "more_workers": _("Pekerja proyek bertambah"),
        "fewer_workers": _("Pekerja proyek berkurang"),
        "real": _("Perubahan nyata"),
        "late": _("Data terlambat"),
        "correction": _("Koreksi"),
        "revised": _("Data terlambat dan koreksi"),
        "revised_workers": _("Koreksi pekerja proyek"),
    }[kind]


def change_title(steps: Sequence[Step], language: str) -> str:
    """'Naik 3,7 poin: peserta baru menambah 30,0 poin; kepesertaan berakhir mengurangi 26,1 poin'."""
    _ = translator(language)
    moves, net = _reasons(steps), steps[-1].to_pct - steps[0].to_pct
    told = _most_and_least([(step.points, step.kind, formats.points(step.points, language)) for step in moves])
    reasons = [_reason(up, kind, _("{amount} poin").format(amount=amount), language) for up, kind, amount in told]
    amount = formats.points(net, language)
    if amount == formats.points(0, language):
        return _joined(_("Tetap {value}").format(value=formats.percent(steps[-1].to_pct, language)), reasons)
    whole = _("Naik {amount} poin") if net > 0 else _("Turun {amount} poin")
    return _joined(whole.format(amount=amount), reasons)


def persons_change_title(steps: Sequence[PersonsStep], language: str) -> str:
    """'Bertambah 512 orang: peserta baru menambah 600 orang; tanpa nama mengurangi 88 orang'."""
    _ = translator(language)
    moves, net = _reasons(steps), steps[-1].to_persons - steps[0].to_persons
    told = _most_and_least([(step.persons, step.kind, _persons(abs(step.persons), language)) for step in moves])
    reasons = [_reason(up, kind, persons, language) for up, kind, persons in told]
    if not net:
        return _joined(_("Tetap {value}").format(value=formats.number(steps[-1].to_persons, language)), reasons)
    whole = _.plural("Bertambah {change} orang", net) if net > 0 else _.plural("Berkurang {change} orang", net)
    return _joined(whole.format(change=formats.number(abs(net), language)), reasons)


def _persons(count: int, language: str) -> str:
    _ = translator(language)
    return _.plural("{numerator} orang", count).format(numerator=formats.number(count, language))


AnyStep = TypeVar("AnyStep", Step, PersonsStep)


def _reasons(steps: Sequence[AnyStep]) -> Sequence[AnyStep]:
    """The bars between the months; a net change alone explains nothing that the title has not said."""
    moves = steps[1:-1]
    return [] if [step.kind for step in moves] == ["net"] else moves


def _most_and_least(moves: list[tuple[float, str, str]]) -> list[tuple[bool, str, str]]:
    """(whether it adds, kind, amount) of the move that adds most and of the one that takes most away."""
    up = max(moves, default=None)
    down = min(moves, default=None)
    told = [(True, *up[1:])] if up and up[0] > 0 else []
    return told + ([(False, *down[1:])] if down and down[0] < 0 else [])


def _reason(adds: bool, kind: str, amount: str, language: str) -> str:
    _ = translator(language)
    sentence = _("{step} menambah {amount}") if adds else _("{step} mengurangi {amount}")
    return sentence.format(step=_cause(kind, language), amount=amount)


def _cause(kind: str, language: str) -> str:
    """A bar as the subject of a sentence."""
    _ = translator(language)
    spelled_out = {
        "named": _("pekerja bernama"),
        "unnamed": _("pekerja tanpa nama"),
        "more_workers": _("bertambahnya pekerja proyek"),
        "fewer_workers": _("berkurangnya pekerja proyek"),
    }
    return spelled_out.get(kind) or uncapitalized(step_name(kind, language))


def _joined(whole: str, reasons: list[str]) -> str:
    return f"{whole}: {'; '.join(reasons)}" if reasons else whole


def capitalized(text: str) -> str:
    """The first letter as a capital; the others stay as they are."""
    return text[:1].upper() + text[1:]


def uncapitalized(text: str) -> str:
    """The first letter small, for a sentence that goes on."""
    return text[:1].lower() + text[1:]
