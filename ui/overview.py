"""The sections of Ringkasan, one function each: headline, trend, change, where the unprotected are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

import streamlit as st

from analytics import compute
from analytics.change import PersonsStep
from analytics.compute import Row
from data.categories import CONSTRUCTION
from ui import (
    cached,
    cards,
    charts,
    columns,
    definitions,
    empty_states,
    formats,
    frame,
    rankings,
    scope_bar,
    sentences,
    tables,
)
from ui.cached import ServedEdition
from ui.origin_links import Link, Origins, linked, nowhere
from ui.scope_bar import Selection
from ui.texts import translator

TREND_MONTHS = 36
# Below this many months with a value a line says nothing; then the whole history is shown.
FEWEST_POINTS = 2
# Up to so many points, each can carry its value.
FEW_POINTS = 4


def measure_name(selection: Selection, language: str) -> str:
    """'Cakupan Sumatera Selatan', 'Cakupan penempatan Dinas PUPR, APBN, Kota Palembang'."""
    _ = translator(language)
    name = _("Cakupan penempatan {where}") if selection.is_filtered else _("Cakupan {where}")
    return name.format(where=selection.where(language))


def measure_label(selection: Selection, language: str) -> str:
    """The same where no verb follows: English sets a comma before it."""
    return measure_name(selection, language).removesuffix(",")


def show_headline(edition: ServedEdition, selection: Selection, row: Row, language: str) -> None:
    """The number with its anatomy, what it is made of, and how it is computed."""
    row = shown_row(edition, selection, row)
    has_parts = row.status == "ok" and bool(row.denominator or (row.numerator and row.named_persons is not None))
    left, right = st.columns([3, 2], gap="large", vertical_alignment="center") if has_parts else (st.container(), None)
    with left:
        name = headline_name(edition, selection, row, language)
        cards.show_headline(row, name, headline_asides(edition, selection, row, language), language)
        _show_other_denominators(edition, selection, row, language)
        definitions.show_popover(shown_measure(selection, row), language, selection)
    if right:
        with right:
            cards.show_split(row, _rest_name(selection, language), language)
    is_latest = selection.month == cached.default_month(edition.key, selection.scope)
    if is_latest and row.as_of and not edition.is_demo:
        empty_states.show_stale(row.as_of, datetime.now(frame.JAKARTA).date(), language)


def shown_measure(selection: Selection, row: Row) -> str:
    """The indicator on the screen: the headline's, or where a place has no percentage its count."""
    usual = compute.headline_indicator(selection.scope)
    return "active_members" if row.value is None and not selection.is_filtered else usual


def headline_row(edition: ServedEdition, selection: Selection, measure: str) -> Row:
    """The measure of the scope itself, divided by the estimate that the reader has chosen."""
    vintage = selection.vintage_of(measure)
    return cached.rows(edition.key, measure, selection.month, selection.scope, vintage=vintage)[0]


def shown_row(edition: ServedEdition, selection: Selection, row: Row) -> Row:
    """The row itself; of a place without a percentage that of its count, which carries what its rounding allows."""
    return headline_row(edition, selection, shown_measure(selection, row))


def headline_name(edition: ServedEdition, selection: Selection, row: Row, language: str) -> str:
    """What the big number counts, and where."""
    _ = translator(language)
    if selection.is_filtered:
        return _("Penempatan pekerja yang terlindungi · {where}").format(where=selection.where(language))
    if row.denominator is not None:
        return _("{workers} yang terlindungi · {where}").format(
            workers=sentences.capitalized(sentences.workers(selection.scope.sector, language)),
            where=selection.place.name,
        )
    if selection.scope.sector == CONSTRUCTION:
        name = _("Peserta konstruksi aktif · {where}").format(where=selection.where(language))
    else:
        name = _("Peserta aktif · {where}").format(where=selection.where(language))
    if row.status != "mixed_sources":
        return name
    return f"{name} · {sentences.reporting(_reporting(edition, selection), language)}"


def _reporting(edition: ServedEdition, selection: Selection) -> tuple[int, int]:
    """How many of the places within have a count this month, and how many places there are."""
    within = cached.rows(edition.key, "active_members", selection.month, selection.scope, "place")
    return sum(row.numerator is not None for row in within), len(within)


def _rest_name(selection: Selection, language: str) -> str:
    _ = translator(language)
    return _("Belum terlindungi") if selection.is_filtered else _("Selisih ke perkiraan")


def headline_asides(edition: ServedEdition, selection: Selection, row: Row, language: str) -> list[str]:
    """What a reader must know to quote the number: its gap, its denominator, and why it is this measure."""
    if selection.is_filtered:
        return _placement_asides(row, language)
    if row.denominator is None:
        return _count_asides(edition, selection, language)
    told = [_gap(edition, selection, language)] if row.status == "ok" else []
    told += [_denominator(row, language)] if row.denominator_source and row.denominator_source != row.source else []
    _ = translator(language)
    if selection.place.kind in ("kabupaten", "kota", "cabang", "kelompok"):
        told.append(_("Indikatif: pembilang menurut tempat bekerja, penyebut menurut tempat tinggal."))
    return told


def _count_asides(edition: ServedEdition, selection: Selection, language: str) -> list[str]:
    """Why the count stands alone; of a branch or group, whose estimate is missing."""
    _ = translator(language)
    share = headline_row(edition, selection, "population_coverage")
    told = [empty_states.why_no_percent(share.status, selection, language)]
    if selection.place.kind in compute.GROUPS:
        members = cached.rows(edition.key, "population_coverage", selection.month, selection.scope, "place")
        lacking = ", ".join(member.label for member in members if member.denominator is None)
        missing = _("Belum ada perkiraan: {places}.").format(places=lacking)
        told.append(missing if lacking else _("Perkiraan wilayah anggotanya tidak dijumlahkan."))
    return told


def _gap(edition: ServedEdition, selection: Selection, language: str) -> str:
    _ = translator(language)
    gap = headline_row(edition, selection, "gap_to_estimate")
    assert gap.value is not None, gap
    workers = int(gap.value)
    count = formats.persons([workers], language)[0]
    if gap.low is None or gap.high is None or gap.low == gap.high:
        return _.plural("Selisih ke perkiraan: {count} pekerja.", workers).format(count=count)
    low, high = formats.number(gap.low, language), formats.number(gap.high, language)
    return _.plural("Selisih ke perkiraan: {count} pekerja (antara {low} dan {high}).", workers).format(
        count=count, low=low, high=high
    )


def _denominator(row: Row, language: str) -> str:
    _ = translator(language)
    text = _("Penyebut: {source}, per {day}.")
    return text.format(source=row.denominator_source, day=formats.day(row.denominator_as_of, language))


def _show_other_denominators(edition: ServedEdition, selection: Selection, row: Row, language: str) -> None:
    """What every other estimate of about that time makes of the same numerator; each sentence switches to it."""
    if selection.is_filtered or row.denominator is None:
        return
    with st.container(key="denominators"):
        for source, sentence in _other_denominators(edition, selection, row, language).items():
            label = rankings.plain(sentence)
            st.page_link(st.session_state["page"], label=label, query_params=frame.url_with(vintage=source))


def _other_denominators(edition: ServedEdition, selection: Selection, row: Row, language: str) -> dict[str | None, str]:
    _ = translator(language)
    text = _("Dengan {source} {workers} ({day}): {share}.")
    rows = cached.by_vintage(edition.key, "population_coverage", selection.month, selection.scope)
    return {
        other.denominator_source: text.format(
            source=other.denominator_source,
            workers=formats.number(other.denominator, language),
            day=formats.day(other.denominator_as_of, language),
            share=formats.percent(other.value, language),
        )
        for other in rows
        if other.value is not None
        and other.denominator_source != row.denominator_source
        and other.denominator_source in selection.vintages
    }


def _placement_asides(row: Row, language: str) -> list[str]:
    _ = translator(language)
    told = [
        _(
            "Dengan pemilik atau sumber dana dipilih, angka utama menjadi cakupan penempatan: tidak ada survei "
            "pekerja menurut keduanya, jadi pembaginya pekerja pada proyek berjalan. Seorang di dua proyek adalah dua "
            "penempatan."
        )
    ]
    if row.unsized_projects:
        text = _.plural("{count} proyek berjalan tanpa jumlah pekerja tidak menambah penyebut.", row.unsized_projects)
        told.append(text.format(count=formats.number(row.unsized_projects, language)))
    return told


def show_nothing(edition: ServedEdition, selection: Selection, row: Row, language: str) -> None:
    """In place of headline, trend and change."""
    latest = cached.default_month(edition.key, selection.scope)
    measure = compute.headline_indicator(selection.scope)
    if latest and cached.rows(edition.key, measure, latest, selection.scope)[0].numerator is None:
        latest = None
    all_owners = not cached.sees_only_owners(edition.key)
    empty_states.show_no_data(selection, row, latest, language, has_all_owners=all_owners)


@dataclass(frozen=True)
class Trend:
    """The months behind the line: `rows` stand in the table, `drawn` on the chart, `marked` carry their value there."""

    measure: str
    rows: Sequence[Row]
    drawn: Sequence[Row]
    marked: Sequence[date]
    counts: bool
    title: str
    subtitle: str
    alt: str


def trend(edition: ServedEdition, selection: Selection, headline: Row, language: str) -> Trend:
    """What the line shows and says; `headline` has a numerator."""
    counts, measure = headline.value is None, shown_measure(selection, headline)
    rows = _trend_rows(edition, selection, measure)
    drawn = _alike(rows, headline)
    title = _trend_title(edition, selection, rows, headline, language)
    subtitle = _trend_subtitle(drawn, language, counts=counts)
    alt = _trend_alt(title, drawn, language, counts=counts)
    return Trend(measure, rows, drawn, _marked(drawn, selection, counts=counts), counts, title, subtitle, alt)


def trend_columns(found: Trend, language: str, link: Link = nowhere) -> list[tables.Column]:
    return columns.count_columns(language, link) if found.counts else columns.trend_columns(language, link)


def show_trend(edition: ServedEdition, selection: Selection, headline: Row, language: str) -> None:
    found = trend(edition, selection, headline, language)
    cards.show_title(found.title, found.subtitle)
    figure = charts.trend_figure(found.drawn, found.marked, language, dark=frame.is_dark(), counts=found.counts)
    charts.show_chart(figure, found.alt, language, "trend")
    stamp = scope_bar.stamp(edition, selection, language)
    shown = trend_columns(found, language, Origins(edition, selection, language).of(found.measure))
    tables.show_table(shown, found.rows, "tren", found.title, stamp, language)


def _trend_title(edition: ServedEdition, selection: Selection, rows: list[Row], headline: Row, language: str) -> str:
    _ = translator(language)
    now = next(row for row in rows if row.month == headline.month)
    before = _row_of(rows, selection.compared)
    if headline.value is not None:
        return sentences.trend_title(measure_name(selection, language), now, before, language)
    if selection.is_filtered:
        return sentences.count_title(
            _("Penempatan terlindungi {where}").format(where=selection.where(language)), now, before, language
        )
    name = _("Peserta aktif {where}").format(where=selection.where(language))
    if now.status != "mixed_sources":
        return sentences.count_title(name, now, before, language)
    # Not compared: in the other month other places may have reported.
    told = sentences.reporting(_reporting(edition, selection), language)
    return sentences.count_title(f"{name} ({told})", now, None, language)


def _trend_rows(edition: ServedEdition, selection: Selection, measure: str) -> list[Row]:
    """36 months, the chosen one last if the edition reaches back so far; all months if those hold too few points."""
    months = cached.months(edition.key)
    last = max(months.index(selection.month), min(TREND_MONTHS, len(months)) - 1)
    window = months[max(0, last + 1 - TREND_MONTHS)], months[last]
    vintage = selection.vintage_of(measure)
    rows = cached.trend(edition.key, measure, selection.scope, *window, vintage)
    if sum(row.numerator is not None for row in rows) >= FEWEST_POINTS:
        return rows
    rows = cached.trend(edition.key, measure, selection.scope, months[0], months[-1], vintage)
    while rows[-1].numerator is None and rows[-1].month > scope_bar.month_code(selection.month):
        rows = rows[:-1]
    return rows


def _alike(rows: list[Row], headline: Row) -> list[Row]:
    """A sum of those places within that have data is no point on the line of the place itself, nor the reverse."""
    mixed = headline.status == "mixed_sources"
    return [row if (row.status == "mixed_sources") == mixed else replace(row, numerator=None) for row in rows]


def _marked(rows: list[Row], selection: Selection, *, counts: bool) -> list[date]:
    """Months labelled with their value, the chosen one first: the one compared with, and all where they are few."""
    told = [sentences.last_day(row) for row in rows if charts.is_drawn(row, counts=counts)]
    others = told if len(told) <= FEW_POINTS else filter(None, [selection.compared])
    return [selection.month, *(month for month in others if month != selection.month)]


def _row_of(rows: list[Row], month: date | None) -> Row | None:
    return next((row for row in rows if month and row.month == scope_bar.month_code(month)), None)


def _is_told(row: Row, *, counts: bool) -> bool:
    """Whether the month is on the chart, as a point of the line or flagged above it."""
    return row.status == "implausible" or charts.is_drawn(row, counts=counts)


def _trend_subtitle(rows: list[Row], language: str, *, counts: bool) -> str:
    _ = translator(language)
    told = [row for row in rows if _is_told(row, counts=counts)]
    sources = "; ".join(dict.fromkeys(sentences.source_name(row.source, language) for row in told))
    at_month_ends = all(row.as_of == sentences.last_day(row) for row in told)
    text = (
        _("Per akhir bulan. Sumber: {sources}.") if at_month_ends else _("Menurut tanggal laporan. Sumber: {sources}.")
    )
    missing = len(rows) - len(told)
    if not missing:
        return text.format(sources=sources)
    blank = _.plural("{count} bulan tanpa data dibiarkan kosong.", missing).format(count=missing)
    return f"{text.format(sources=sources)} {blank}"


def _trend_alt(title: str, rows: list[Row], language: str, *, counts: bool) -> str:
    _ = translator(language)
    told = [row for row in rows if _is_told(row, counts=counts)]
    first, last = (formats.month(sentences.last_day(row), language) for row in (rows[0], rows[-1]))
    kind = _("Grafik garis jumlah peserta") if counts else _("Grafik garis persentase")
    return _.plural("{kind}, {first} sampai {last}, {count} bulan berisi data. {title}.", len(told)).format(
        kind=kind, first=first, last=last, count=len(told), title=title
    )


@dataclass(frozen=True)
class Change:
    """The waterfall and its words; without `steps` the `title` says why there is none."""

    steps: Sequence[charts.AnyStep]
    months: tuple[date, date] | None
    title: str
    subtitle: str = ""
    alt: str = ""

    @property
    def counts(self) -> bool:
        return isinstance(self.steps[0], PersonsStep)


def change(edition: ServedEdition, selection: Selection, headline: Row, language: str) -> Change:
    """What moved the headline since the month compared with."""
    _ = translator(language)
    if selection.compared is None:
        return Change([], None, _("Belum ada bulan yang lebih awal untuk dibandingkan."))
    scoped = (edition.key, selection.scope, selection.month, selection.compared)
    in_percent = cached.steps(*scoped, selection.vintage_of(compute.headline_indicator(selection.scope)))
    in_persons = [] if in_percent or selection.is_filtered else cached.steps_in_persons(*scoped)
    months = (selection.compared, selection.month)
    if in_percent:
        return _waterfall(in_percent, months, sentences.change_title(in_percent, language), language)
    if in_persons:
        return _waterfall(in_persons, months, sentences.persons_change_title(in_persons, language), language)
    return Change([], months, _why_no_change(selection.compared, headline, language))


def _why_no_change(compared: date, headline: Row, language: str) -> str:
    _ = translator(language)
    if headline.status == "mixed_sources":
        text = _("Perubahan sejak {month} tidak diuraikan: wilayah yang melapor pada kedua bulan belum tentu sama.")
    else:
        text = _(
            "Perubahan sejak {month} belum dapat diuraikan: salah satu dari kedua bulan belum punya angka sejenis."
        )
    return text.format(month=formats.month(compared, language))


def _waterfall(steps: Sequence[charts.AnyStep], months: tuple[date, date], title: str, language: str) -> Change:
    _ = translator(language)
    first, last = (formats.month(month, language) for month in months)
    alt = _("Grafik air terjun dari {first} ke {last}. {title}.").format(first=first, last=last, title=title)
    return Change(steps, months, title, _change_subtitle(steps, first, last, language), alt)


def change_columns(
    edition: ServedEdition, selection: Selection, headline: Row, found: Change, language: str, link: Link = nowhere
) -> list[tables.Column]:
    assert found.months is not None, found
    row = shown_row(edition, selection, headline)
    return columns.change_columns(found.months, row, language, counts=found.counts, link=link)


def _way_of_change(edition: ServedEdition, selection: Selection, found: Change, language: str) -> Link:
    """From the first and the last bar; what lies between is a difference, not a number that has an origin."""
    measure = "active_members" if found.counts else compute.headline_indicator(selection.scope)
    months = dict(zip(("start", "end"), found.months or (), strict=True))
    of_month = partial(Origins(edition, selection, language).of_month, measure)
    return linked(lambda step: of_month(months[step.kind]) if step.kind in months else None, language)


def show_change(edition: ServedEdition, selection: Selection, headline: Row, language: str) -> None:
    """The waterfall; a sentence where one of its two months has no value."""
    found = change(edition, selection, headline, language)
    if found.months is None or not found.steps:
        empty_states.show_too_few(found.title)
        return
    cards.show_title(found.title, found.subtitle)
    figure = charts.waterfall_figure(found.steps, found.months, language, dark=frame.is_dark())
    charts.show_chart(figure, found.alt, language, "change")
    way = _way_of_change(edition, selection, found, language)
    shown = change_columns(edition, selection, headline, found, language, way)
    stamp = scope_bar.stamp(edition, selection, language)
    tables.show_table(shown, found.steps, "perubahan", found.title, stamp, language)


def _change_subtitle(steps: Sequence[charts.AnyStep], first: str, last: str, language: str) -> str:
    """The unit, what the colours of these bars mean, and what sums of monthly movements are not."""
    _ = translator(language)
    kinds = {step.kind for step in steps}
    unit = _("orang") if isinstance(steps[0], PersonsStep) else _("poin persen")
    told = [
        _("Perubahan {first} – {last} dalam {unit}: biru menambah, jingga mengurangi, abu-abu penyebut atau sumber.")
        if kinds & charts.MEASURING_KINDS
        else _("Perubahan {first} – {last} dalam {unit}: biru menambah, jingga mengurangi.")
    ]
    if "joined" in kinds:
        told.append(
            _(
                "Peserta baru dan kepesertaan berakhir: jumlah gerak tiap bulan; yang berhenti lalu aktif lagi ikut "
                "terhitung di keduanya."
            )
        )
    return " ".join(told).format(first=first, last=last, unit=unit)


def show_lacking(edition: ServedEdition, selection: Selection, language: str) -> None:
    """Three rankings of placements without protection, each name a link."""
    _ = translator(language)
    scope = selection.scope
    if scope.sector != CONSTRUCTION:
        empty_states.show_too_few(_("Proyek dan penempatannya hanya ada untuk konstruksi."))
        return
    headings = {"place": _("Wilayah")} | ({} if scope.owner else {"owner": _("Pemilik proyek")})
    headings |= {} if scope.fund else {"fund": _("Sumber dana")}
    read = partial(cached.rows, edition.key, "unprotected_placements", selection.month, scope)
    whole, found = read()[0], {by: read(by) for by in headings}
    ranked = {by: rankings.ranked(rows) for by, rows in found.items()}
    if not any(ranked.values()):
        # With an owner or fund chosen the empty headline has already said that none of its projects runs.
        if whole.running_projects is not None or not selection.is_filtered:
            empty_states.show_too_few(_why_no_ranking(whole, language))
        return
    # A single group is the scope once more.
    lists = {by: rows for by, rows in ranked.items() if len(rows) > 1}
    if not lists:
        return
    title = rankings.lacking_title(next(iter(lists.values())), whole, language)
    cards.show_title(title, _lacking_subtitle(found, language))
    origins = Origins(edition, selection, language)
    for column, (by, rows) in zip(st.columns(len(lists), gap="large"), lists.items(), strict=True):
        with column:
            rankings.show_ranking(rows, headings[by], by, origins, language)
            if by == "place":
                _show_outside(selection, rankings.outside(rows, whole), language)
    definitions.show_popover("unprotected_placements", language, selection)
    stamp = scope_bar.stamp(edition, selection, language)
    for by, rows in lists.items():
        way, name = origins.of("unprotected_placements", by), f"belum-terlindungi-{by}"
        shown = columns.lacking_columns(headings[by], language, way)
        tables.show_table(shown, rows, name, headings[by], stamp, language, heading=headings[by])


def _why_no_ranking(whole: Row, language: str) -> str:
    _ = translator(language)
    if whole.running_projects is None:
        return _("Tidak ada proyek berjalan yang tercatat, jadi tidak ada penempatan yang dinilai.")
    return _.plural(
        "Letak penempatan yang belum terlindungi belum dapat dinilai: {count} proyek berjalan tercatat, tetapi datanya "
        "belum lengkap.",
        whole.running_projects,
    ).format(count=formats.number(whole.running_projects, language))


def _show_outside(selection: Selection, placements: int, language: str) -> None:
    """Projects of the province itself are in none of its kabupaten."""
    _ = translator(language)
    if placements:
        text = _("{count} pada proyek yang hanya dicatat di {place}, tidak di wilayah di dalamnya")
        rankings.show_rest(text.format(count=formats.number(placements, language), place=selection.place.name))


def _lacking_subtitle(found: dict[str, list[Row]], language: str) -> str:
    _ = translator(language)
    told = [_("Penempatan = seorang pekerja pada satu proyek berjalan. Pilih nama untuk melihatnya sendiri.")]
    groups = [row for rows in found.values() for row in rows]
    unjudged = sum(row.running_projects is not None and row.value is None for row in groups)
    if unjudged:
        text = _.plural("{count} kelompok belum dapat dinilai karena datanya belum lengkap.", unjudged)
        told.append(text.format(count=formats.number(unjudged, language)))
    idle = sum(row.running_projects is None for row in groups)
    if idle:
        text = _.plural("{count} wilayah tanpa proyek berjalan.", idle)
        told.append(text.format(count=formats.number(idle, language)))
    return " ".join(told)
