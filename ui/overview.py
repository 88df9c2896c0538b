"""The sections of Ringkasan, one function each: headline, trend, change, where the unprotected are."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from operator import attrgetter
from typing import Any

import streamlit as st

from analytics import compute
from analytics.change import Step
from analytics.compute import Row
from ui import cached, cards, charts, definitions, empty_states, formats, frame, rankings, scope_bar, sentences, tables
from ui.cached import ServedEdition
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
    return name.format(where=selection.where)


def show_headline(edition: ServedEdition, selection: Selection, row: Row, language: str) -> None:
    """The number with its anatomy, what it is made of, and how it is computed."""
    has_whole = row.status == "ok"
    left, right = st.columns([3, 2], gap="large", vertical_alignment="center") if has_whole else (st.container(), None)
    with left:
        asides = _asides(edition, selection, row, language)
        cards.show_headline(row, _headline_name(selection, row, language), asides, language)
        definitions.show_popover(compute.headline_indicator(selection.scope), language)
    if right:
        with right:
            cards.show_split(row, _rest_name(selection, language), language)
    is_latest = selection.month == cached.default_month(edition.key, selection.scope)
    if is_latest and row.as_of and not edition.is_demo:
        empty_states.show_stale(row.as_of, datetime.now(frame.JAKARTA).date(), language)


def _headline_name(selection: Selection, row: Row, language: str) -> str:
    _ = translator(language)
    if selection.is_filtered:
        return _("Penempatan pekerja yang terlindungi · {where}").format(where=selection.where)
    if row.value is None:
        return _("Peserta konstruksi aktif · {where}").format(where=selection.where)
    return _("Pekerja konstruksi yang terlindungi · {where}").format(where=selection.where)


def _rest_name(selection: Selection, language: str) -> str:
    _ = translator(language)
    return _("Belum terlindungi") if selection.is_filtered else _("Selisih ke perkiraan")


def _asides(edition: ServedEdition, selection: Selection, row: Row, language: str) -> list[str]:
    """What a reader must know to quote the number: its gap, its denominator, and why it is this measure."""
    if selection.is_filtered:
        return _placement_asides(row, language)
    if row.value is None:
        return [empty_states.why_no_percent(row.status, language)]
    told = [_gap(edition, selection, language)] if row.status == "ok" else []
    told += [_denominator(row, language)] if row.denominator_source and row.denominator_source != row.source else []
    _ = translator(language)
    if selection.place.kind in ("kabupaten", "kota", "cabang", "kelompok"):
        told.append(_("Indikatif: pembilang menurut tempat bekerja, penyebut menurut tempat tinggal."))
    return told


def _gap(edition: ServedEdition, selection: Selection, language: str) -> str:
    _ = translator(language)
    gap = cached.rows(edition.key, "gap_to_estimate", selection.month, selection.scope)[0]
    assert gap.value is not None, gap
    count = formats.persons([int(gap.value)], language)[0]
    if gap.low is None or gap.high is None or gap.low == gap.high:
        return _("Selisih ke perkiraan: {count} pekerja.").format(count=count)
    low, high = formats.number(gap.low, language), formats.number(gap.high, language)
    return _("Selisih ke perkiraan: {count} pekerja (antara {low} dan {high}).").format(count=count, low=low, high=high)


def _denominator(row: Row, language: str) -> str:
    _ = translator(language)
    text = _("Penyebut: {source}, per {day}.")
    return text.format(source=row.denominator_source, day=formats.day(row.denominator_as_of, language))


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
        text = _("{count} proyek berjalan tanpa jumlah pekerja tidak menambah penyebut.")
        told.append(text.format(count=formats.number(row.unsized_projects, language)))
    return told


def show_nothing(edition: ServedEdition, selection: Selection, language: str) -> None:
    """In place of headline, trend and change."""
    latest = cached.default_month(edition.key, selection.scope)
    empty_states.show_no_data(selection, latest, language)


def show_trend(edition: ServedEdition, selection: Selection, headline: Row, language: str) -> None:
    _ = translator(language)
    counts = headline.value is None
    rows = _trend_rows(edition, selection)
    now = next(row for row in rows if row.month == headline.month)
    before = _row_of(rows, selection.compared)
    name = measure_name(selection, language)
    if counts:
        title = sentences.count_title(_("Peserta aktif {where}").format(where=selection.where), now, before, language)
    else:
        title = sentences.trend_title(name, now, before, language)
    cards.show_title(title, _trend_subtitle(rows, language))
    marked = _marked(rows, selection)
    figure = charts.trend_figure(_alike(rows, headline), marked, language, dark=frame.is_dark(), counts=counts)
    charts.show_chart(figure, _trend_alt(title, rows, language, counts=counts), language, "trend")
    tables.show_table(trend_columns(language), rows, "tren", language, demo=edition.is_demo)


def _trend_rows(edition: ServedEdition, selection: Selection) -> list[Row]:
    """36 months, the chosen one last if the edition reaches back so far; all months if those hold too few points."""
    months, measure = cached.months(edition.key), compute.headline_indicator(selection.scope)
    last = max(months.index(selection.month), min(TREND_MONTHS, len(months)) - 1)
    window = months[max(0, last + 1 - TREND_MONTHS)], months[last]
    rows = cached.trend(edition.key, measure, selection.scope, *window)
    if sum(row.numerator is not None for row in rows) >= FEWEST_POINTS:
        return rows
    rows = cached.trend(edition.key, measure, selection.scope, months[0], months[-1])
    while rows[-1].numerator is None and rows[-1].month > scope_bar.month_code(selection.month):
        rows = rows[:-1]
    return rows


def _alike(rows: list[Row], headline: Row) -> list[Row]:
    """A sum of those places within that have data is no point on the line of the place itself, nor the reverse."""
    mixed = headline.status == "mixed_sources"
    return [row if (row.status == "mixed_sources") == mixed else replace(row, numerator=None) for row in rows]


def _marked(rows: list[Row], selection: Selection) -> list[date]:
    """Months labelled with their value, the chosen one first: the one compared with, and all where they are few."""
    told = [sentences.last_day(row) for row in rows if charts.is_drawn(row)]
    others = told if len(told) <= FEW_POINTS else filter(None, [selection.compared])
    return [selection.month, *(month for month in others if month != selection.month)]


def _row_of(rows: list[Row], month: date | None) -> Row | None:
    return next((row for row in rows if month and row.month == scope_bar.month_code(month)), None)


def _trend_subtitle(rows: list[Row], language: str) -> str:
    _ = translator(language)
    sources = dict.fromkeys(sentences.source_name(row.source, language) for row in rows if row.source)
    told = _("Per akhir bulan. Sumber: {sources}.").format(sources="; ".join(sources))
    missing = sum(row.numerator is None for row in rows)
    if not missing:
        return told
    return told + " " + _("{count} bulan tanpa data dibiarkan kosong.").format(count=missing)


def _trend_alt(title: str, rows: list[Row], language: str, *, counts: bool) -> str:
    _ = translator(language)
    told = [row for row in rows if row.numerator is not None]
    first, last = (formats.month(sentences.last_day(row), language) for row in (rows[0], rows[-1]))
    kind = _("Grafik garis jumlah peserta") if counts else _("Grafik garis persentase")
    return _("{kind}, {first} sampai {last}, {count} bulan berisi data. {title}.").format(
        kind=kind, first=first, last=last, count=len(told), title=title
    )


def trend_columns(language: str) -> list[tables.Column]:
    """One row is one month."""
    _ = translator(language)
    count, share = partial(_number_column, language, 0), partial(_number_column, language, 1)
    return [
        _text_column(_("Bulan"), lambda row: formats.month(sentences.last_day(row), language), lambda row: row.month),
        share(_("Cakupan, %"), "value"),
        share(_("Batas bawah, %"), "low"),
        share(_("Batas atas, %"), "high"),
        count(_("Terlindungi"), "numerator"),
        count(_("Bernama"), "named_persons"),
        count(_("Tanpa nama"), "unnamed_headcount"),
        count(_("Pekerja"), "denominator"),
        _text_column(_("Keterangan"), lambda row: sentences.status_word(row.status, language), lambda row: row.status),
        _text_column(_("Posisi"), lambda row: formats.day(row.as_of, language), lambda row: str(row.as_of or "")),
        _text_column(_("Sumber"), lambda row: sentences.source_name(row.source, language), attrgetter("source")),
    ]


def _number_column(language: str, decimals: int, header: str, field: str) -> tables.Column:
    read = attrgetter(field)
    return tables.Column(header, lambda row: formats.number(read(row), language, decimals), read)


def _text_column(header: str, text: Callable[[Any], str], raw: Callable[[Any], str | None]) -> tables.Column:
    return tables.Column(header, text, raw, numeric=False)


def show_change(edition: ServedEdition, selection: Selection, language: str) -> None:
    """The waterfall; a sentence where one of its two months has no value."""
    _ = translator(language)
    if selection.compared is None:
        empty_states.show_too_few(_("Belum ada bulan yang lebih awal untuk dibandingkan."))
        return
    steps = cached.steps(edition.key, selection.scope, selection.month, selection.compared)
    months = (selection.compared, selection.month)
    if not steps:
        text = _("Perubahan sejak {month} belum dapat diuraikan: salah satu dari kedua bulan belum punya persentase.")
        empty_states.show_too_few(text.format(month=formats.month(selection.compared, language)))
        return
    title = sentences.change_title(steps, language)
    first, last = (formats.month(month, language) for month in months)
    told = _(
        "Perubahan {first} – {last} dalam poin persen: biru menambah, jingga mengurangi, abu-abu penyebut atau sumber."
    )
    cards.show_title(title, told.format(first=first, last=last))
    figure = charts.waterfall_figure(steps, months, language, dark=frame.is_dark())
    alt = _("Grafik air terjun dari {first} ke {last}. {title}.").format(first=first, last=last, title=title)
    charts.show_chart(figure, alt, language, "change")
    tables.show_table(change_columns(months, language), steps, "perubahan", language, demo=edition.is_demo)


def change_columns(months: tuple[date, date], language: str) -> list[tables.Column]:
    """One row is one step."""
    _ = translator(language)

    def named(step: Step) -> str:
        return charts.step_label(step, months, language)

    return [
        _text_column(_("Unsur"), named, named),
        tables.Column(_("Poin persen"), lambda step: charts.step_text(step, language), lambda step: step.points),
        _number_column(language, 0, _("Orang"), "persons"),
    ]


def show_lacking(edition: ServedEdition, selection: Selection, language: str) -> None:
    """Three rankings of placements without protection, each name a link."""
    _ = translator(language)
    scope = selection.scope
    headings = {"place": _("Wilayah")} | ({} if scope.owner else {"owner": _("Pemilik proyek")})
    headings |= {} if scope.fund else {"fund": _("Sumber dana")}
    found = {by: cached.rows(edition.key, "unprotected_placements", selection.month, scope, by) for by in headings}
    lists = {by: rankings.ranked(rows) for by, rows in found.items()}
    lists = {by: rows for by, rows in lists.items() if rows}
    if not lists:
        text = _(
            "Letak penempatan yang belum terlindungi belum dapat dinilai: tidak ada proyek berjalan, atau datanya "
            "belum lengkap."
        )
        empty_states.show_too_few(text)
        return
    first = next(iter(lists.values()))
    cards.show_title(rankings.lacking_title(first, language), _lacking_subtitle(found, lists, language))
    for column, (by, rows) in zip(st.columns(len(lists), gap="large"), lists.items(), strict=True):
        with column:
            rankings.show_ranking(rows, headings[by], by, language)
            columns = lacking_columns(headings[by], language)
            tables.show_table(columns, rows, f"belum-terlindungi-{by}", language, demo=edition.is_demo)


def _lacking_subtitle(found: dict[str, list[Row]], lists: dict[str, list[Row]], language: str) -> str:
    _ = translator(language)
    told = _("Penempatan = seorang pekerja pada satu proyek berjalan. Pilih nama untuk melihatnya sendiri.")
    unjudged = sum(len(rows) - len(lists.get(by, [])) for by, rows in found.items())
    if not unjudged:
        return told
    return told + " " + _("{count} kelompok belum dapat dinilai karena datanya belum lengkap.").format(count=unjudged)


def lacking_columns(heading: str, language: str) -> list[tables.Column]:
    """One row is one place, owner or fund."""
    _ = translator(language)
    share = rankings.lacking_percent
    return [
        _text_column(heading, lambda row: sentences.category_name(row.label, language), attrgetter("label")),
        _number_column(language, 0, _("Belum terlindungi"), "value"),
        _number_column(language, 0, _("Pekerja"), "denominator"),
        tables.Column(_("Belum terlindungi, %"), lambda row: formats.number(share(row), language, 1), share),
    ]
