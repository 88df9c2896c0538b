"""The sections of Perbandingan: dots with intervals and their table, and what other denominators would conclude."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from html import escape
from math import sqrt
from urllib.parse import urlencode

import streamlit as st

from analytics import compute
from analytics.compare import FEWEST_PROJECTS, Comparison, Entry
from analytics.indicators import INDICATORS
from analytics.targets import Target
from ui import (
    cached,
    cards,
    charts,
    columns,
    definitions,
    dots,
    formats,
    frame,
    funnels,
    maps,
    scope_bar,
    sentences,
    tables,
)
from ui.cached import ServedEdition
from ui.origin_links import Link, Origins, linked, nowhere
from ui.scope_bar import Selection
from ui.texts import translator
from ui.views import OF_PROJECTS, WILAYAH, View

# More rows than this are no picture any more; the table has them all.
MOST_DRAWN = 20
MOST_NAMED = 12


@dataclass(frozen=True)
class Line:
    """One group in the table: its entry, the contract value of its running projects, which needs no registration, and
    the targets that stand beside the measure."""

    entry: Entry
    contract_rp: Decimal | None
    targets: Sequence[Target] = ()


def read(edition: ServedEdition, selection: Selection, view: View) -> Comparison:
    """The groups of this view beside each other; an owner or fund without a running project has nothing to compare."""
    vintage = selection.vintage_of(view.measure)
    found = cached.compared(edition.key, view.measure, selection.month, view.scope, view.by, vintage)
    if view.tab == WILAYAH:
        return found
    return replace(found, entries=[entry for entry in found.entries if entry.row.reason != "no_project"])


def groups_word(view: View, language: str) -> str:
    """What the groups are, as it stands in a sentence."""
    _ = translator(language)
    if view.by == "place" and view.scope.place == compute.NATION:
        return _("provinsi")
    return {
        "place": _("kabupaten/kota"),
        "branch": _("cabang"),
        "sector": _("sektor"),
        "owner": _("pemilik proyek"),
        "fund": _("sumber dana"),
        "payer": _("pembayar"),
        "level": _("kelompok pusat dan daerah"),
    }[view.by]


def address_of(group: str, view: View) -> str | None:
    """The address of this page narrowed to a group; None where the scope has no such filter."""
    parameter = {"branch": "place", "place": "place", "sector": "sector", "owner": "owner", "fund": "fund"}.get(view.by)
    if parameter is None:
        return None
    # An estimate of one place or sector is seldom one of another.
    other = {"vintage": None} if parameter in ("place", "sector") else {}
    return "?" + urlencode(frame.url_with(**{parameter: group}, **other))


def of_view(selection: Selection, view: View) -> Selection:
    """The selection in the scope of the groups: of one owner or fund the tab shows all."""
    return replace(selection, scope=view.scope)


@dataclass(frozen=True)
class Told:
    """What a comparison says. `drawn` are the groups of the chart, none where no group has a value."""

    title: str
    subtitle: str
    drawn: Sequence[Entry]
    targets: Mapping[str, Sequence[Target]]
    asides: Sequence[str]
    lines: Sequence[Line]


def tell(edition: ServedEdition, selection: Selection, view: View, comparison: Comparison, language: str) -> Told:
    """Finding, what is drawn, what has no data, and the lines of the table."""
    told = [entry for entry in comparison.entries if entry.row.value is not None]
    targets = targets_beside(edition, selection, view)
    return Told(
        _title(selection, view, comparison, language),
        _subtitle(view, comparison, told, language)
        if told
        else _why_nothing(edition, selection, view, comparison, language),
        _drawn(view, comparison, told),
        targets,
        _asides(edition, selection, view, comparison, language) if comparison.entries else [],
        _lines(edition, selection, view, comparison, targets),
    )


def _drawn(view: View, comparison: Comparison, told: Sequence[Entry]) -> Sequence[Entry]:
    if not told:
        return []
    named = [entry.row.group for entry in sentences.named_in_title(told)] if comparison.is_ranked else []
    return largest(told, kept=[view.chosen, *named])


def show_comparison(
    edition: ServedEdition, selection: Selection, view: View, comparison: Comparison, language: str
) -> None:
    """Finding, dots, what has no data, and the table behind them."""
    told = tell(edition, selection, view, comparison, language)
    cards.show_title(told.title, told.subtitle)
    if told.drawn:
        st.html(_key(told, language) + _chart(selection, view, comparison, told, language))
    if not comparison.entries:
        return
    cards.show_asides(told.asides)
    definitions.show_popover(view.measure, language, selection)
    stamp = scope_bar.stamp(edition, selection, language)
    known = any(entry.row.numerator is not None or entry.row.running_projects for entry in comparison.entries)
    way = Origins(edition, of_view(selection, view), language).of(view.measure, view.by)
    name, shown = f"perbandingan-{view.by}-{view.measure}", table_columns(view, comparison, told, language, way)
    tables.show_table(shown, told.lines, name, told.title, stamp, language, expanded=known and not told.drawn)


def _why_nothing(
    edition: ServedEdition, selection: Selection, view: View, comparison: Comparison, language: str
) -> str:
    """Why nothing is drawn, and what is known all the same: the counts in the table, or the projects."""
    _ = translator(language)
    if comparison.whole.reason == "edition_older":
        return _("Edisi ini terbit sebelum ukuran ini ada; terbitkan edisi baru untuk melihatnya.")
    if all(entry.row.numerator is None for entry in comparison.entries):
        return sentences.nothing_to_compare(*_projects_running(edition, selection, view), language)
    if selection.vintage:
        text = _("{source} tidak punya perkiraan menurut {groups}; pilih penyebut lain. Pembilangnya ada dalam tabel.")
        return text.format(source=selection.vintage, groups=groups_word(view, language))
    return _("Belum ada perkiraan jumlah pekerja menurut {groups}. Pembilangnya ada dalam tabel.").format(
        groups=groups_word(view, language)
    )


def _title(selection: Selection, view: View, comparison: Comparison, language: str) -> str:
    names = (view.label(language), groups_word(view, language), selection.where(language))
    return sentences.comparison_title(comparison, view.measure, names, language)


def table_columns(
    view: View, comparison: Comparison, told: Told, language: str, link: Link = nowhere
) -> list[tables.Column]:
    return columns.comparison_columns(
        INDICATORS[view.measure],
        (view.label(language), groups_word(view, language)),
        partial(address_of, view=view),
        language,
        judged=any(entry.judgement for entry in comparison.entries),
        ranged=any(entry.low is not None for entry in comparison.entries),
        aimed=any(line.targets for line in told.lines),
        link=link,
    )


def _lines(
    edition: ServedEdition,
    selection: Selection,
    view: View,
    comparison: Comparison,
    targets: Mapping[str, Sequence[Target]],
) -> list[Line]:
    contracts = {}
    if view.measure in OF_PROJECTS:
        values = cached.rows(edition.key, "value_registration", selection.month, view.scope, view.by)
        contracts = {row.group: row.denominator for row in values}
    groups = [(entry, entry.row.group) for entry in comparison.entries]
    return [Line(entry, contracts.get(group), targets.get(group, ())) for entry, group in groups]


def targets_beside(edition: ServedEdition, selection: Selection, view: View) -> dict[str, list[Target]]:
    """By group, the targets of the year that are counted as the measure is; owners and funds have none."""
    if view.by not in ("place", "branch", "sector"):
        return {}
    return cached.targets_beside(edition.key, view.measure, selection.month.year, view.scope, view.by)


def _projects_running(edition: ServedEdition, selection: Selection, view: View) -> tuple[int | None, Decimal | None]:
    if view.measure not in OF_PROJECTS or not view.has_whole:
        return None, None
    [whole] = cached.rows(edition.key, "value_registration", selection.month, view.scope)
    return whole.running_projects, whole.denominator


def _subtitle(view: View, comparison: Comparison, told: Sequence[Entry], language: str) -> str:
    _ = translator(language)
    count = _.plural("{measure} menurut {groups}, {month}: {told} dari {all} ada angkanya.", len(told)).format(
        measure=view.label(language),
        groups=groups_word(view, language),
        month=formats.month(sentences.last_day(comparison.whole), language),
        told=formats.number(len(told), language),
        all=formats.number(len(comparison.entries), language),
    )
    sources = dict.fromkeys(sentences.source_name(entry.row.source, language) for entry in told)
    parts = [count, _("Sumber: {sources}.").format(sources="; ".join(sources))]
    meaning = {
        "published": _("Garis: rentang yang dimungkinkan oleh galat pembilang dan penyebut yang dipublikasikan."),
        "chance": _("Garis: selang kebetulan 95 %, menurut banyaknya proyek."),
    }
    parts += [meaning[comparison.interval]] if comparison.interval in meaning else []
    if comparison.interval and (comparison.overdispersion or 1) > 1:
        text = _("Selangnya dilebarkan {factor} kali, karena {groups} saling berbeda lebih daripada kebetulan.")
        factor = formats.number(sqrt(comparison.overdispersion or 1), language, 1)
        parts.append(text.format(factor=factor, groups=groups_word(view, language)))
    if any(entry.judgement in ("above", "below", "average") for entry in told):
        parts.append(_("Dinilai pada batas 99,8 %, lihat corong di bawah."))
    if not view.has_whole:
        parts.append(_("Hanya pemilik proyek dalam lingkup akun ini; rata-ratanya pun hanya dari mereka."))
    if not comparison.is_ranked:
        parts.append(_("Tidak diperingkat: pembilang menurut tempat bekerja, penyebut menurut tempat tinggal."))
    if len(told) > MOST_DRAWN:
        text = _("Digambar {drawn} yang terbanyak proyeknya dan yang disebut; semuanya ada dalam tabel.")
        parts.append(text.format(drawn=MOST_DRAWN))
    return " ".join(parts)


def largest(told: Sequence[Entry], most: int = MOST_DRAWN, kept: Sequence[str | None] = ()) -> list[Entry]:
    """In their order, the entries with most projects; without projects those with most workers or the highest count.

    The groups `kept` are always among them.
    """

    def size(entry: Entry) -> float:
        return float(entry.projects or entry.row.denominator or entry.row.numerator or 0)

    if len(told) <= most:
        return list(told)
    shown = {*kept, *(entry.row.group for entry in sorted(told, key=size, reverse=True)[:most])}
    return [entry for entry in told if entry.row.group in shown]


def _key(told: Told, language: str) -> str:
    """What the shapes mean, of those that occur."""
    spelled = shapes(told, language)
    return f'<p class="ck-key">{escape(" · ".join(spelled))}</p>' if spelled else ""


def shapes(told: Told, language: str) -> list[str]:
    """The shapes of a comparison, each with what it means."""
    _ = translator(language)
    found = dict.fromkeys(entry.judgement for entry in told.drawn if entry.judgement)
    spelled = [sentences.marked_judgement(judgement, language) for judgement in found]
    aims = [target for entry in told.drawn for target in told.targets.get(entry.row.group, ())]
    if aims:
        issuers = ", ".join(dict.fromkeys(target.issuer for target in aims))
        spelled.append(_("┆ target {year} menurut {issuers}").format(year=aims[0].year, issuers=issuers))
    return spelled


def aims_of(told: Told, entry: Entry) -> tuple[float, ...]:
    """The targets of a group as values on the axis of the measure."""
    return tuple(float(target.target) for target in told.targets.get(entry.row.group, ()))


def _chart(selection: Selection, view: View, comparison: Comparison, told: Told, language: str) -> str:
    rows = [dot(entry, view, aims_of(told, entry), address_of(entry.row.group, view), language) for entry in told.drawn]
    return dots.dot_chart(rows, axis(view, told, language), average(selection, view, comparison, language), told.title)


def average(selection: Selection, view: View, comparison: Comparison, language: str) -> tuple[float, str] | None:
    """The scope's own value, where groups can be above or below it: a sum of counts is no average."""
    _ = translator(language)
    if INDICATORS[view.measure].unit != "percent":
        return None
    value, name = comparison.whole.value, selection.where(language)
    if value is None:
        value, name = comparison.average_pct, _("Rata-rata yang ada datanya")
    return None if value is None else (float(value), f"{name} {formats.percent(value, language)}")


def axis(view: View, told: Told, language: str) -> dots.Axis:
    """The axis of what is drawn: percentages and counts from 0."""
    drawn, unit = told.drawn, INDICATORS[view.measure].unit
    tops = [float(entry.row.value if entry.high is None else max(entry.high, entry.row.value)) for entry in drawn]
    tops += [aim for entry in drawn for aim in aims_of(told, entry)]
    lows = [float(entry.row.value if entry.low is None else entry.low) for entry in drawn]
    if unit == "percent":
        most = min(100.0, 10 * (max(tops) // 10 + 1))
        marks = range(0, int(most) + 1, 10 if most <= 60 else 20)
        return dots.Axis(0, most, [(mark, formats.whole_percent(mark, language)) for mark in marks])
    marks = charts.round_marks(max(*tops, 1))
    prefix = "Rp" if unit == "rupiah" else ""
    least = min(0.0, *lows)
    return dots.Axis(least, max(*tops, 1) * 1.04, [(mark, prefix + formats.short(mark, language)) for mark in marks])


def dot(entry: Entry, view: View, aims: tuple[float, ...], address: str | None, language: str) -> dots.Dot:
    """One group of the chart."""
    row, measure = entry.row, INDICATORS[view.measure]
    flagged = row.status == "implausible"
    better = {"above": measure.better == "higher", "below": measure.better == "lower"}
    tone = "concern" if flagged else ""
    if entry.judgement in better:
        tone = "better" if better[entry.judgement] else "concern"
    word = sentences.short_judgement(entry.judgement, language)
    return dots.Dot(
        name=sentences.category_name(row.label, language),
        address=address,
        value=float(row.value),
        text=("▲ " if flagged else "") + formats.in_unit(row.value, measure.unit, language),
        low=entry.low,
        high=entry.high,
        judgement="outside" if flagged else entry.judgement,
        word=word,
        tone=tone,
        is_chosen=row.group == view.chosen,
        targets=aims,
    )


def _asides(
    edition: ServedEdition, selection: Selection, view: View, comparison: Comparison, language: str
) -> list[str]:
    """The groups that have no value, by name: they are not at zero. Then what a reader must know of the others."""
    _ = translator(language)
    told = any(entry.row.value is not None for entry in comparison.entries)
    notes = _without_value(comparison, language) if told else []
    is_counted = view.measure in OF_PROJECTS and view.has_whole
    placed = cached.agency_placed(edition.key, selection.month, view.scope) if is_counted else None
    if placed:
        text = _.plural(
            "Tanpa lokasi pekerjaan, {count} proyek berjalan ditempatkan menurut wilayah instansi pemiliknya.", placed
        )
        notes.append(text.format(count=formats.number(placed, language)))
    if view.tab != WILAYAH and view.names_sector:
        notes.append(_("Pemilik dan sumber dana hanya dikenal untuk konstruksi: sektor yang dipilih tidak berlaku."))
    if any(entry.judgement == "too_few" for entry in comparison.entries):
        text = _("Di bawah {fewest} proyek tidak dinilai: satu proyek saja sudah menggeser angkanya.")
        notes.append(text.format(fewest=FEWEST_PROJECTS))
    if view.tab != WILAYAH and view.measure == "placement_coverage":
        notes.append(
            _(
                "Menurut pemilik dan sumber dana dipakai cakupan penempatan: tidak ada survei pekerja menurut "
                "keduanya, jadi pembaginya pekerja pada proyek berjalan."
            )
        )
    return notes


def _without_value(comparison: Comparison, language: str) -> list[str]:
    _ = translator(language)
    names: dict[str, list[str]] = {}
    for row in (entry.row for entry in comparison.entries if entry.row.value is None):
        idle = row.reason == "no_project"
        word = _("tanpa proyek berjalan") if idle else sentences.status_word(row.status, language).partition(" ")[2]
        names.setdefault(word, []).append(sentences.category_name(row.label, language))
    return [
        f"{sentences.capitalized(word)}: {sentences.listed(some, MOST_NAMED, language)}."
        for word, some in names.items()
    ]


def show_pictures(edition: ServedEdition, view: View, comparison: Comparison, language: str) -> None:
    """The funnel of a project-based measure, and the map of places; nothing where no group has a value."""
    if all(entry.row.value is None for entry in comparison.entries):
        return
    funnels.show_funnel(comparison, groups_word(view, language), language, chosen=view.chosen)
    if view.by == "place":
        maps.show_places(edition, comparison, language, measure=view.measure, chosen=view.chosen)


def show_denominators(edition: ServedEdition, selection: Selection, view: View, language: str) -> None:
    """What every estimate of the workers of the scope concludes; each source is a link that switches to it."""
    _ = translator(language)
    if view.measure != "population_coverage" or len(selection.vintages) < 2:
        return
    rows = cached.by_vintage(edition.key, "population_coverage", selection.month, view.scope)
    told = sorted(
        (row for row in rows if row.value is not None and row.denominator_source in selection.vintages),
        key=lambda row: selection.vintages.index(row.denominator_source or ""),
    )
    if len(told) < 2:
        return
    title = _("Kesimpulan menurut penyebut: {conclusions}").format(
        conclusions="; ".join(
            _("{share} dari {workers}").format(
                share=formats.percent(row.value, language), workers=formats.persons([row.denominator], language)[0]
            )
            for row in told
        )
    )
    cards.show_title(title, _("Pembilangnya sama, {where}. Pilih sumber untuk memakainya di seluruh halaman.").format(
        where=selection.where(language)
    ))  # fmt: skip
    origins = Origins(edition, of_view(selection, view), language)
    shown = columns.denominator_columns(
        lambda row: "?" + urlencode(frame.url_with(vintage=row.denominator_source)),
        language,
        linked(lambda row: origins.of_vintage("population_coverage", row.denominator_source), language),
    )
    stamp = scope_bar.stamp(edition, selection, language)
    st.html(tables.html_table(shown, told, title))
    tables.show_files(shown, told, "penyebut", title, stamp, language)
