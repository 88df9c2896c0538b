"""The first screen of Capaian Target: will we arrive, and where each target stands."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from html import escape
from urllib.parse import urlencode

import streamlit as st

from analytics.attainment import BELOW_COURSE, COURSES, ON_COURSE, TargetRow
from analytics.indicators import INDICATORS
from analytics.outlook import BELOW_COURSE as OUT_BELOW
from analytics.outlook import LIKELY, MISSED, OPEN, REACHED, UNKNOWN, UNLIKELY
from analytics.outlook import ON_COURSE as OUT_ON
from analytics.row import Row
from analytics.targets import RATING_RULE
from data.access import Reader
from ui import aims as aiming
from ui import asked_number, cached, cards, definitions, formats, frame, scope_bar, tables, target_columns
from ui.aims import Aim, Aims
from ui.cached import ServedEdition
from ui.origin_links import Origins, linked
from ui.scope_bar import Selection
from ui.texts import translator

ARRIVING, NOT_ARRIVING = (REACHED, LIKELY, OUT_ON), (MISSED, UNLIKELY, OUT_BELOW)
SHAPES = {ON_COURSE: ("▲", "better"), BELOW_COURSE: ("▼", "concern")}
BRANCH_FIGURES = ("contributions_paid_rp", "projects_registered_ytd", "workers_registered_ytd")


def show_verdict(edition: ServedEdition, selection: Selection, aims: Aims, language: str) -> None:
    """The sentence that answers the page's question, and when."""
    told_when = kicker(edition, selection, aims, language)
    told = verdict(aims, selection, language)
    st.html(f'<p class="ck-kicker">{escape(told_when)}</p><h2 class="ck-answer">{escape(told)}</h2>')


def kicker(edition: ServedEdition, selection: Selection, aims: Aims, language: str) -> str:
    """Of which month the numbers are, and how long it is to the target date."""
    _ = translator(language)
    pace = cached.pace(edition.key, selection.month, aims.scope)
    until = formats.day(pace.deadline, language)
    seen = _("Angka {month}").format(month=formats.month(selection.month, language))
    if pace.weeks_left <= 0:
        return _("{seen} · tanggal sasaran {day}").format(seen=seen, day=until)
    weeks = formats.number(pace.weeks_left, language)
    return _.plural("{seen} · {weeks} minggu lagi menuju {day}", round(pace.weeks_left)).format(
        seen=seen, weeks=weeks, day=until
    )


def verdict(aims: Aims, selection: Selection, language: str) -> str:
    """Of one target in full; of several how many are expected to be reached, and which are not."""
    _ = translator(language)
    if len(aims.aims) == 1:
        return _of_one(aims.aims[0], aims, selection, language)
    groups = [
        ([aim for aim in aims.aims if aim.outlook.code in codes]) for codes in (ARRIVING, NOT_ARRIVING, (OPEN, UNKNOWN))
    ]
    arriving, failing, unsure = groups
    sentence, not_so, unsaid = _words_of_many(aims.aims, language)
    whole = sentence.format(
        count=formats.number(len(arriving), language),
        all=formats.number(len(aims.aims), language),
        year=aims.aims[0].row.target.year,
        where=selection.place.name,
    )
    if len(failing) == len(aims.aims):
        return whole
    names = [(not_so, failing), (unsaid, unsure)]
    return "; ".join([whole, *(f"{word}: {_named(some, aims, language)}" for word, some in names if some)])


def _words_of_many(aims: Sequence[Aim], language: str) -> tuple[str, str, str]:
    _ = translator(language)
    if all(aim.is_due for aim in aims):
        return (
            _.plural("{count} dari {all} target {year} {where} tercapai", len(aims)),
            _("tidak tercapai"),
            _("belum dapat dinilai"),
        )
    if any(aim.outlook.end is not None for aim in aims):
        return (
            _.plural("{count} dari {all} target {year} {where} diperkirakan tercapai", len(aims)),
            _("diperkirakan tidak"),
            _("belum pasti"),
        )
    return (
        _.plural("{count} dari {all} target {year} {where} sesuai jalur", len(aims)),
        _("di bawah jalur"),
        _("belum dapat dinilai"),
    )


def _named(some: Sequence[Aim], aims: Aims, language: str) -> str:
    _ = translator(language)
    if len(some) == len(aims.aims):
        return _("semuanya")
    return ", ".join(aiming.name_of(aim, aims, language) for aim in some)


def _of_one(aim: Aim, aims: Aims, selection: Selection, language: str) -> str:
    _ = translator(language)
    row, end = aim.row, aim.outlook.end
    sentence = {
        REACHED: _("{name} {where} mencapai target {goal}: {value}"),
        MISSED: _("{name} {where} tidak mencapai target {goal}: {value}"),
        LIKELY: _("{name} {where} diperkirakan mencapai target {goal} pada {day}: proyeksi {end}"),
        OPEN: _("Belum pasti {name} {where} mencapai target {goal} pada {day}: proyeksi {low} sampai {high}"),
        UNLIKELY: _("{name} {where} diperkirakan tidak mencapai target {goal} pada {day}: proyeksi {end}"),
        OUT_ON: _("{name} {where} sesuai jalur menuju target {goal} pada {day}: sekarang {value}"),
        OUT_BELOW: _("{name} {where} di bawah jalur menuju target {goal} pada {day}: sekarang {value}"),
        UNKNOWN: _("{name} {where}: target {goal} pada {day}, tetapi belum dapat dinilai"),
    }[aim.outlook.code]
    name = aim.label(language, aims.scope.sector)
    return sentence.format(
        name=name[:1].lower() + name[1:] if aim.outlook.code == OPEN and language == "id" else name,
        where=selection.place.name,
        goal=aiming.goal(row, language),
        day=formats.day(row.target.deadline, language),
        value=aiming.amount(row.value, aim.unit, language),
        end=end and aiming.amount(end.value, aim.unit, language),
        low=end and aiming.amount(end.low, aim.unit, language),
        high=end and aiming.amount(end.high, aim.unit, language),
    )


def show_bullets(edition: ServedEdition, selection: Selection, aims: Aims, language: str) -> None:
    """Actual, target and the same month last year of every comparable target; how it is rated; the table."""
    _ = translator(language)
    label = table_title(selection, language)
    origins = Origins(edition, replace(selection, scope=aims.scope), language)
    rows = "".join(_bullet(aim, aims, selection, origins, language) for aim in aims.aims)
    st.html(f'<div class="ck-aims">{_key(aims, language)}<ul aria-label="{escape(label)}">{rows}</ul></div>')
    cards.show_asides(rules(aims, language) + cautions(selection, aims, language))
    if aims.followed:
        definitions.show_popover(aims.followed.measure, language, selection)
    stamp = scope_bar.stamp(edition, selection, language)
    link = linked(lambda measured: origins.of_row(measured[1], measured[0]), language)
    shown = target_columns.attainment_columns(aims.scope.sector, language, link)
    tables.show_table(shown, aims.aims, "capaian-target", label, stamp, language)


def table_title(selection: Selection, language: str) -> str:
    _ = translator(language)
    return _("Target {year} {where}").format(year=selection.month.year, where=selection.place.name)


def _bullet(aim: Aim, aims: Aims, selection: Selection, origins: Origins, language: str) -> str:
    _ = translator(language)
    row = aim.row
    word, tone = standing(row, language)
    last = row.last_year.value if row.last_year else None
    path = None if aim.is_due or row.path is None else row.path.expected
    known = [float(value) for value in (row.value, row.target.target, last, path) if value is not None]
    top = max(*known, 1e-9) * 1.06
    marks = "".join(
        f'<i class="{css}" style="left:{100 * float(value) / top:.2f}%"></i>'
        for css, value in (("path", path), ("before", last), ("target", row.target.target))
        if value is not None
    )
    aim_told = _("dari {goal}").format(goal=aiming.goal(row, language))
    bar = "" if row.value is None else f'<i class="bar" style="width:{100 * float(row.value) / top:.2f}%"></i>'
    here = " chosen" if len(aims.aims) > 1 and aims.followed == aim else ""
    name = escape(aim.label(language, aims.scope.sector))
    if len(aims.aims) > 1:
        name = f'<a href="?{escape(urlencode(frame.url_with(target=aim.code)))}">{name}</a>'
    origin = origins.of_row(row.row, aim.measure) if row.row else None
    told = tables.number_html(aiming.amount(row.value, aim.unit, language), origin, language)
    return (
        f'<li class="{tone}{here}"><span class="name">{name}<small>{escape(_origin(row))}</small></span>'
        f'<div class="track" aria-hidden="true">{bar}{marks}</div>'
        f'<span class="told"><span><b>{told}</b> {escape(aim_told)}</span>'
        f"<em>{escape(word)}</em><small>{escape(_last_year(aim, selection, language))}</small></span></li>"
    )


def _origin(row: TargetRow) -> str:
    return " · ".join(filter(None, [row.target.issuer, row.target.document]))


def standing(row: TargetRow, language: str) -> tuple[str, str]:
    """Shape and words of the rating or the course, and their tone."""
    _ = translator(language)
    share = "" if row.pct is None else formats.percent(row.pct, language)
    if row.rating is not None:
        return _("● {word}, {share} dari target").format(word=row.rating.in_language(language), share=share), ""
    if row.course is None:
        return _("○ belum dapat dinilai"), ""
    shape, tone = SHAPES[row.course]
    word = COURSES[row.course].in_language(language)
    assert row.path is not None, row
    expected = aiming.amount(row.path.expected, row.unit or "", language)
    return _("{shape} {word}, semestinya {expected}").format(shape=shape, word=word, expected=expected), tone


def _last_year(aim: Aim, selection: Selection, language: str) -> str:
    _ = translator(language)
    before = formats.month(scope_bar.year_before(selection.month), language)
    value = aim.row.last_year.value if aim.row.last_year else None
    if value is None:
        return _("{month}: belum ada angka").format(month=before)
    return f"{before}: {aiming.amount(value, aim.unit, language)}"


def _key(aims: Aims, language: str) -> str:
    """What the shapes mean, of those that occur."""
    spelled = "".join(
        f'<span><i class="{css}"></i>{escape(text)}</span>' for css, text in marks(aims, language).items()
    )
    return f'<p class="ck-key">{spelled}</p>'


def marks(aims: Aims, language: str) -> dict[str, str]:
    """By mark, what stands beside each target: bar, target, and before and path where any target has one."""
    _ = translator(language)
    told = {"bar": _("sekarang"), "target": _("target")}
    if any(aim.row.last_year and aim.row.last_year.value is not None for aim in aims.aims):
        told["before"] = _("bulan yang sama tahun lalu")
    if any(aim.row.path and not aim.is_due for aim in aims.aims):
        told["path"] = _("jalur: yang semestinya sudah tercapai sekarang")
    return told


def rules(aims: Aims, language: str) -> list[str]:
    """How the words were come by: the rating's rule on the target date, the path's reckoning before it."""
    _ = translator(language)
    told = [RATING_RULE.in_language(language)] if any(aim.is_due for aim in aims.aims) else []
    coursed = [aim for aim in aims.aims if not aim.is_due]
    told += list(dict.fromkeys(_path_told(aim, language) for aim in coursed if aim.row.path))
    if any(aim.row.path and aim.row.path.expected > aim.row.target.target for aim in coursed):
        told.append(_("Jalur yang lebih tinggi daripada target: angkanya biasanya turun sampai akhir tahun."))
    if coursed:
        told.append(_("Kata penilaian (Sangat Baik sampai Sangat Kurang) baru diberikan pada tanggal sasaran."))
    return told


def _path_told(aim: Aim, language: str) -> str:
    _ = translator(language)
    assert aim.row.path is not None, aim
    if aim.row.path.method == "seasonal":
        text = _(
            "Jalur: target dikali bagian dari nilai akhir tahun yang pada bulan yang sama sudah tercapai, rata-rata "
            "tahun {years}; di atasnya sesuai jalur."
        )
        return text.format(years=", ".join(map(str, aim.row.path.years)))
    if aim.is_sum_of_year:
        return _("Jalur: garis lurus dari 0 pada awal tahun sampai target; di atasnya sesuai jalur.")
    return _("Jalur: garis lurus dari angka akhir tahun lalu sampai target; di atasnya sesuai jalur.")


def _lowered(aim: Aim, language: str) -> str:
    label = aim.label(language, "konstruksi")
    return label[:1].lower() + label[1:]


def cautions(selection: Selection, aims: Aims, language: str) -> list[str]:
    """What makes two of the numbers less alike than they look."""
    _ = translator(language)
    told = []
    for aim in aims.aims:
        now, before = aim.row.row, aim.row.last_year
        if now and before and before.value is not None and now.denominator_source:
            own = (now.denominator_source, now.denominator_as_of)
            if own != (before.denominator_source, before.denominator_as_of):
                text = _(
                    "Penyebut {measure} berganti: {now} ({number}, per {day}), setahun lalu {before} ({other}, per "
                    "{other_day})."
                )
                told.append(
                    text.format(
                        measure=_lowered(aim, language),
                        now=now.denominator_source,
                        number=formats.number(now.denominator, language),
                        day=formats.day(now.denominator_as_of, language),
                        before=before.denominator_source,
                        other=formats.number(before.denominator, language),
                        other_day=formats.day(before.denominator_as_of, language),
                    )
                )
    if selection.is_filtered:
        told.append(
            _("Target berlaku bagi {place}: pemilik dan sumber dana hanya menyaring daftar proyek di bawah.").format(
                place=selection.place.name
            )
        )
    return told


def is_for_branch(selection: Selection, reader: Reader) -> bool:
    """The work plan of a branch counts these; who works for one sees them of every place."""
    return reader.role == "branch" or selection.place.kind == "cabang"


def show_branch_figures(edition: ServedEdition, selection: Selection, language: str) -> None:
    """Contributions, projects and workers of the year so far, beside the same months of last year."""
    _ = translator(language)
    figures = "".join(_figure(edition, selection, code, language) for code in BRANCH_FIGURES)
    title = _("Tahun berjalan sampai {month}").format(month=formats.month(selection.month, language))
    st.html(f'<section class="ck-figures"><h3>{escape(title)}</h3><dl>{figures}</dl></section>')


def _figure(edition: ServedEdition, selection: Selection, code: str, language: str) -> str:
    _ = translator(language)
    [now] = cached.rows(edition.key, code, selection.month, selection.scope)
    measure = INDICATORS[code]
    term = _way_to_its_origin(code, measure.label.in_language(language), selection, language)
    if now.value is None:
        none = escape(_("belum ada data"))
        return f"<div><dt>{term}</dt><dd><b>{formats.UNKNOWN}</b><small>{none}</small></dd></div>"
    beside = _beside_last_year(edition, selection, (code, now), language)
    value = escape(aiming.amount(now.value, measure.unit, language))
    return f"<div><dt>{term}</dt><dd><b>{value}</b><small>{escape(beside)}</small></dd></div>"


def _way_to_its_origin(code: str, label: str, selection: Selection, language: str) -> str:
    address = asked_number.href("asal", code, selection, language)
    return f'<a href="{escape(address)}">{escape(label)}</a>'


def _beside_last_year(edition: ServedEdition, selection: Selection, figure: tuple[str, Row], language: str) -> str:
    """'setahun lalu Rp7,5 M, +7,9 %'."""
    _ = translator(language)
    code, now = figure
    month = scope_bar.year_before(selection.month)
    if month not in cached.months(edition.key):
        return _("setahun lalu belum ada data")
    [before] = cached.rows(edition.key, code, month, selection.scope)
    if before.value is None:
        return _("setahun lalu belum ada data")
    told = aiming.amount(before.value, INDICATORS[code].unit, language)
    if not before.value:
        return _("setahun lalu {value}").format(value=told)
    change = 100 * (Fraction(now.value) / Fraction(before.value) - 1)
    signed = formats.points(change, language, signed=True) + (" %" if language == "id" else "%")
    return _("setahun lalu {value}, {change}").format(value=told, change=signed)
