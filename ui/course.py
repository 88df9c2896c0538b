"""The way towards the followed target: its line with the projection, how it was projected, and the pace."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from analytics.ends import SOON_DAYS
from analytics.indicators import INDICATORS
from analytics.outlook import LIKELY, OPEN, UNLIKELY
from analytics.pace import Pace, PaceRow
from analytics.projection import DEMONSTRATION, ENDING, Projection, TooFew
from analytics.row import Row
from analytics.seasons import FEWEST_SEASONS
from data.categories import CONSTRUCTION
from ui import aims as aiming
from ui import (
    cached,
    cards,
    charts,
    columns,
    course_figure,
    empty_states,
    formats,
    frame,
    scope_bar,
    sentences,
    tables,
    target_columns,
)
from ui.aims import Aim, Aims
from ui.cached import ServedEdition
from ui.course_figure import Course
from ui.origin_links import Origins
from ui.scope_bar import Selection
from ui.texts import translator

MONTHS_BEFORE = 30


def show_course(edition: ServedEdition, selection: Selection, aims: Aims, aim: Aim, language: str) -> None:
    """Line, target and projection; how it was projected and how that did before, or why there is none."""
    course = _course(edition, selection, aims, aim)
    title = _title(aim, aims, selection, language)
    cards.show_title(title, _subtitle(course, aim, language))
    if not course_figure.is_drawable(course.rows):
        empty_states.show_too_few(_too_few_points(language))
    else:
        figure = course_figure.course_figure(course, language, dark=frame.is_dark())
        charts.show_chart(figure, _alt(course, title, language), language, "course")
    cards.show_asides(_method(edition, selection, aims, aim, language))
    _show_tables(edition, selection, course, aim, title, language)


def _too_few_points(language: str) -> str:
    _ = translator(language)
    return _("Belum cukup bulan berisi data untuk sebuah garis; angkanya ada dalam tabel.")


def _course(edition: ServedEdition, selection: Selection, aims: Aims, aim: Aim) -> Course:
    months = [month for month in cached.months(edition.key) if month <= selection.month]
    first = months[max(0, len(months) - MONTHS_BEFORE)]
    rows = cached.trend(edition.key, aim.measure, aims.scope, first, selection.month)
    while len(rows) > 1 and rows[0].value is None:
        rows = rows[1:]
    points = aim.projected.points if isinstance(aim.projected, Projection) else ()
    targets = {year: _goal_of(edition, aims, aim, year) for year in range(int(rows[0].month[:4]), selection.month.year)}
    targets[selection.month.year] = float(aim.row.target.target)
    known = {year: goal for year, goal in targets.items() if goal is not None}
    return Course(rows, known, points, aim.unit, aim.is_sum_of_year)


def _goal_of(edition: ServedEdition, aims: Aims, aim: Aim, year: int) -> float | None:
    """What the same issuer asked of the same measure in another year; None where it did not."""
    own = aim.row.target
    for target in cached.targets_of_year(edition.key, aims.scope, year):
        alike = (target.issuer, target.indicator, target.segment, target.sector, target.counting)
        if not target.is_superseded and alike == (own.issuer, own.indicator, own.segment, own.sector, own.counting):
            return float(target.target)
    return None


def _title(aim: Aim, aims: Aims, selection: Selection, language: str) -> str:
    _ = translator(language)
    name = f"{aiming.name_of(aim, aims, language)}, {selection.place.name}"
    end, code = aim.outlook.end, aim.outlook.code
    value = aiming.amount(aim.row.value, aim.unit, language)
    if end is None or code not in (LIKELY, OPEN, UNLIKELY):
        if aim.row.value is None:
            return _("{name}: {month} belum ada angka").format(
                name=name, month=formats.month(selection.month, language)
            )
        return _("{name}: {value} pada {month}").format(
            name=name, value=value, month=formats.month(selection.month, language)
        )
    sentence = _("{name}: sekarang {value}, akhir tahun {end} (antara {low} dan {high})")
    amounts = {
        part: aiming.amount(getattr(end, key), aim.unit, language)
        for part, key in (("end", "value"), ("low", "low"), ("high", "high"))
    }
    return sentence.format(name=name, value=value, **amounts)


def _subtitle(course: Course, aim: Aim, language: str) -> str:
    _ = translator(language)
    told = [row for row in course.rows if row.value is not None]
    sources = "; ".join(dict.fromkeys(sentences.source_name(row.source, language) for row in told))
    parts = [_("Per akhir bulan; garis gelap putus-putus: target tiap tahun.")]
    if aim.is_sum_of_year:
        parts = [_("Jumlah sejak 1 Januari, mulai lagi tiap tahun; garis gelap putus-putus: target tiap tahun.")]
    if course.points:
        parts.append(_("Garis biru putus-putus dan pita: proyeksi."))
        if course.points[-1].known is not None:
            parts.append(_("Titik-titik abu-abu: yang tersisa dari peserta sekarang saat proyeknya berakhir."))
    if sources:
        parts.append(_("Sumber: {sources}.").format(sources=sources))
    return " ".join(parts)


def _alt(course: Course, title: str, language: str) -> str:
    _ = translator(language)
    first, last = (formats.month(sentences.last_day(row), language) for row in (course.rows[0], course.rows[-1]))
    text = _("Grafik garis {first} sampai {last} dengan garis target tiap tahun. {title}.")
    return text.format(first=first, last=last, title=title)


def _method(edition: ServedEdition, selection: Selection, aims: Aims, aim: Aim, language: str) -> list[str]:
    """How it was projected, the band, the back-test; what ends soon; or why there is no projection."""
    found = aim.projected
    told = _ending_soon(edition, selection, aims, aim, language)
    if isinstance(found, TooFew):
        return told + ([] if aim.is_due else [why_none(found, language)])
    told += [_how(found, language), found.band.in_language(language), backtest_told(found, language)]
    return told + ([DEMONSTRATION.in_language(language)] if found.is_demonstration else [])


def _how(found: Projection, language: str) -> str:
    _ = translator(language)
    years = ", ".join(map(str, found.seasons))
    return _("Cara proyeksi: {method} Tahun yang dipakai: {years}.").format(
        method=found.method.in_language(language), years=years
    )


def backtest_told(found: Projection, language: str) -> str:
    """'Uji mundur dari bulan yang sama pada 3 tahun: …'."""
    _ = translator(language)
    test = found.backtest
    whole = _.plural(
        "Uji mundur dari bulan yang sama pada {n} tahun sebelumnya: rata-rata meleset {absolute} %, condong {mean} %",
        test.n,
    ).format(
        n=test.n,
        absolute=formats.number(test.mean_absolute_error_pct, language, 1),
        mean=formats.points(test.mean_error_pct, language, signed=True),
    )
    if not test.judged:
        return whole + "."
    inside = _("{within} dari {judged} di dalam pita tahun-tahun sebelumnya").format(
        within=test.within, judged=test.judged
    )
    return f"{whole}; {inside}."


def why_none(found: TooFew, language: str) -> str:
    """Why there is no projection."""
    _ = translator(language)
    if found.reason == "too_few_seasons":
        text = _.plural(
            "Tanpa proyeksi: baru {count} tahun sebelumnya yang punya angka sejenis pada bulan ini dan pada Desember; "
            "kurang dari {fewest} tahun tidak membedakan musim dari kebetulan.",
            len(found.seasons),
        )
        return text.format(count=len(found.seasons), fewest=FEWEST_SEASONS)
    return {
        "no_value": _("Tanpa proyeksi: angka bulan ini belum ada."),
        "year_over": _("Tanpa proyeksi: tahunnya sudah berakhir."),
    }[found.reason]


def _ending_soon(edition: ServedEdition, selection: Selection, aims: Aims, aim: Aim, language: str) -> list[str]:
    """The cliff: how much of today's cover is known to end within ninety days."""
    _ = translator(language)
    if aim.measure not in ENDING or aims.scope.sector != CONSTRUCTION or aim.is_due:
        return []
    ends = cached.known_ends(edition.key, selection.month, aims.scope)
    if ends is None or not ends.covered:
        return []
    text = _.plural(
        "Perlindungan {count} dari {all} penempatan diketahui berakhir dalam {days} hari sesudah {day}, bersama "
        "proyek atau pendaftarannya.",
        ends.covered,
    )
    ending = formats.number(ends.ending_within(), language)
    return [
        text.format(
            count=ending,
            all=formats.number(ends.covered, language),
            days=SOON_DAYS,
            day=formats.day(ends.month, language),
        )
    ]


def _show_tables(
    edition: ServedEdition, selection: Selection, course: Course, aim: Aim, title: str, language: str
) -> None:
    _ = translator(language)
    stamp, measure = scope_bar.stamp(edition, selection, language), INDICATORS[aim.measure]
    names = (aim.label(language, selection.scope.sector), _("wilayah"))
    of_target = replace(selection, scope=aiming.of_place(selection.scope))
    way = Origins(edition, of_target, language).of(aim.measure)
    shown = columns.group_month_columns(measure, names, language, way)
    rows: Sequence[Row] = [replace(row, label=selection.place.name) for row in course.rows]
    tables.show_table(shown, rows, "perjalanan", title, stamp, language, heading=_("perjalanan"))
    found = aim.projected
    if isinstance(found, Projection):
        label = _("Proyeksi sampai akhir tahun")
        shown = target_columns.projection_columns(found, language)
        tables.show_table(shown, found.points, "proyeksi", label, stamp, language, heading=_("proyeksi"))
        label = _("Uji mundur proyeksi")
        shown = target_columns.backtest_columns(found, language)
        tables.show_table(shown, found.backtest.tests, "uji-mundur", label, stamp, language, heading=_("uji mundur"))


def show_pace(edition: ServedEdition, selection: Selection, aims: Aims, aim: Aim, language: str) -> None:
    """How much a week is needed, beside what this year and earlier years brought."""
    pace = cached.pace(edition.key, selection.month, aims.scope)
    if pace.weeks_left <= 0:
        return
    # The rows of the pace come in the order of the comparable targets.
    own = pace.rows[aims.aims.index(aim)]
    title, subtitle = pace_title(own, aim, aims, language), _pace_subtitle(pace, aims, language)
    cards.show_title(title, subtitle)
    shown, rows = pace_table(pace, aims, language)
    st.html(tables.html_table(shown, rows, title))
    tables.show_files(shown, rows, "laju", title, scope_bar.stamp(edition, selection, language), language)


def pace_table(pace: Pace, aims: Aims, language: str) -> tuple[list[tables.Column], list[tuple[int, PaceRow]]]:
    """Columns and rows, one a comparable target."""
    names = {number: aiming.name_of(other, aims, language) for number, other in enumerate(aims.aims)}
    return target_columns.pace_columns(pace, names, language), list(enumerate(pace.rows))


def _pace_subtitle(pace: Pace, aims: Aims, language: str) -> str:
    _ = translator(language)
    weeks = formats.number(pace.weeks_left, language, 1)
    subtitle = _(
        "Per minggu, {weeks} minggu dari {day} sampai {deadline}. Kolom tahun: yang dibawa minggu-minggu yang sama "
        "pada tahun itu."
    ).format(weeks=weeks, day=formats.day(pace.seen_on, language), deadline=formats.day(pace.deadline, language))
    if any(not aim.is_sum_of_year for aim in aims.aims):
        subtitle += " " + _("Ukuran posisi dihitung bersih: yang datang dikurangi yang berakhir.")
    return subtitle


def pace_title(row: PaceRow, aim: Aim, aims: Aims, language: str) -> str:
    """'Perlu 973 orang per minggu; tahun ini sejauh ini 1.366, minggu yang sama 2024 1.198'."""
    _ = translator(language)
    name = aiming.name_of(aim, aims, language)
    if row.needed_per_week is None:
        why = target_columns.needed_told(row, language)
        return _("{name}: laju tidak dihitung, {why}").format(name=name, why=why)
    unit = {"persons": _("orang"), "projects": _("proyek")}.get(row.unit, "")
    needed = " ".join(filter(None, [target_columns.weekly(row.needed_per_week, row.unit, language), unit]))
    parts = [_("{name}: perlu {needed} per minggu").format(name=name, needed=needed)]
    if row.this_year_per_week is not None:
        text = _("tahun ini sejauh ini {count}")
        parts.append(text.format(count=target_columns.weekly(row.this_year_per_week, row.unit, language)))
    if row.same_period_earlier:
        last = row.same_period_earlier[-1]
        text = _("minggu yang sama {year} {count}")
        parts.append(text.format(year=last.year, count=target_columns.weekly(last.per_week, row.unit, language)))
    return parts[0] + ("; " + ", ".join(parts[1:]) if parts[1:] else "")
