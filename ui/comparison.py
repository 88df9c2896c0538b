"""The sections of Perbandingan: dots with intervals and their table, and what other denominators would conclude."""

from collections.abc import Sequence
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


def show_comparison(
    edition: ServedEdition, selection: Selection, view: View, comparison: Comparison, language: str
) -> None:
    """Finding, dots, what has no data, and the table behind them."""
    told = [entry for entry in comparison.entries if entry.row.value is not None]
    title = _title(selection, view, comparison, language)
    if told:
        cards.show_title(title, _subtitle(view, comparison, told, language))
        named = [entry.row.group for entry in sentences.named_in_title(told)] if comparison.is_ranked else []
        drawn, targets = largest(told, kept=[view.chosen, *named]), targets_beside(edition, selection, view)
        chart = _chart(selection, view, comparison, (drawn, targets), title, language)
        st.html(_key(drawn, targets, language) + chart)
    else:
        cards.show_title(title, _why_nothing(edition, selection, view, comparison, language))
    if not comparison.entries:
        return
    cards.show_asides(_asides(edition, selection, view, comparison, language))
    definitions.show_popover(view.measure, language)
    lines = _lines(edition, selection, view, comparison)
    shown = _columns(view, comparison, language, aimed=any(line.targets for line in lines))
    stamp = scope_bar.stamp(edition, selection, language)
    known = any(entry.row.numerator is not None or entry.row.running_projects for entry in comparison.entries)
    name = f"perbandingan-{view.by}-{view.measure}"
    tables.show_table(shown, lines, name, title, stamp, language, expanded=known and not told)


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


def _columns(view: View, comparison: Comparison, language: str, *, aimed: bool) -> list[tables.Column]:
    return columns.comparison_columns(
        INDICATORS[view.measure],
        (view.label(language), groups_word(view, language)),
        partial(address_of, view=view),
        language,
        judged=any(entry.judgement for entry in comparison.entries),
        ranged=any(entry.low is not None for entry in comparison.entries),
        aimed=aimed,
    )


def _lines(edition: ServedEdition, selection: Selection, view: View, comparison: Comparison) -> list[Line]:
    targets, contracts = targets_beside(edition, selection, view), {}
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
    count = _("{measure} menurut {groups}, {month}: {told} dari {all} ada angkanya.").format(
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


def _key(drawn: Sequence[Entry], targets: dict[str, list[Target]], language: str) -> str:
    """What the shapes mean, of those that occur."""
    _ = translator(language)
    found = dict.fromkeys(entry.judgement for entry in drawn if entry.judgement)
    spelled = [sentences.marked_judgement(judgement, language) for judgement in found]
    told = [target for entry in drawn for target in targets.get(entry.row.group, ())]
    if told:
        issuers = ", ".join(dict.fromkeys(target.issuer for target in told))
        spelled.append(_("┆ target {year} menurut {issuers}").format(year=told[0].year, issuers=issuers))
    if not spelled:
        return ""
    return f'<p class="ck-key">{escape(" · ".join(spelled))}</p>'


def _chart(
    selection: Selection,
    view: View,
    comparison: Comparison,
    shown: tuple[Sequence[Entry], dict[str, list[Target]]],
    title: str,
    language: str,
) -> str:
    drawn, targets = shown
    aims = {entry.row.group: [float(t.target) for t in targets.get(entry.row.group, ())] for entry in drawn}
    axis = _axis(drawn, [aim for found in aims.values() for aim in found], INDICATORS[view.measure].unit, language)
    rows = [replace(_dot(entry, view, language), targets=tuple(aims[entry.row.group])) for entry in drawn]
    return dots.dot_chart(rows, axis, _average(selection, view, comparison, language), title)


def _average(selection: Selection, view: View, comparison: Comparison, language: str) -> tuple[float, str] | None:
    """The scope's own value, where groups can be above or below it: a sum of counts is no average."""
    _ = translator(language)
    if INDICATORS[view.measure].unit != "percent":
        return None
    value, name = comparison.whole.value, selection.where(language)
    if value is None:
        value, name = comparison.average_pct, _("Rata-rata yang ada datanya")
    return None if value is None else (float(value), f"{name} {formats.percent(value, language)}")


def _axis(drawn: Sequence[Entry], aims: Sequence[float], unit: str, language: str) -> dots.Axis:
    tops = [float(entry.row.value if entry.high is None else max(entry.high, entry.row.value)) for entry in drawn]
    tops += aims
    lows = [float(entry.row.value if entry.low is None else entry.low) for entry in drawn]
    if unit == "percent":
        most = min(100.0, 10 * (max(tops) // 10 + 1))
        marks = range(0, int(most) + 1, 10 if most <= 60 else 20)
        return dots.Axis(0, most, [(mark, formats.whole_percent(mark, language)) for mark in marks])
    marks = charts.round_marks(max(*tops, 1))
    prefix = "Rp" if unit == "rupiah" else ""
    least = min(0.0, *lows)
    return dots.Axis(least, max(*tops, 1) * 1.04, [(mark, prefix + formats.short(mark, language)) for mark in marks])


def _dot(entry: Entry, view: View, language: str) -> dots.Dot:
    row, measure = entry.row, INDICATORS[view.measure]
    flagged = row.status == "implausible"
    better = {"above": measure.better == "higher", "below": measure.better == "lower"}
    tone = "concern" if flagged else ""
    if entry.judgement in better:
        tone = "better" if better[entry.judgement] else "concern"
    word = sentences.short_judgement(entry.judgement, language)
    return dots.Dot(
        name=sentences.category_name(row.label, language),
        address=address_of(row.group, view),
        value=float(row.value),
        text=("▲ " if flagged else "") + formats.in_unit(row.value, measure.unit, language),
        low=entry.low,
        high=entry.high,
        judgement="outside" if flagged else entry.judgement,
        word=word,
        tone=tone,
        is_chosen=row.group == view.chosen,
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
        text = _("Tanpa lokasi pekerjaan, {count} proyek berjalan ditempatkan menurut wilayah instansi pemiliknya.")
        notes.append(text.format(count=formats.number(placed, language)))
    if view.tab != WILAYAH and "sector" in st.query_params:
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
    shown = columns.denominator_columns(
        lambda row: "?" + urlencode(frame.url_with(vintage=row.denominator_source)), language
    )
    stamp = scope_bar.stamp(edition, selection, language)
    st.html(tables.html_table(shown, told, title))
    tables.show_files(shown, told, "penyebut", title, stamp, language)
