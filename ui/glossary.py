"""Every indicator: formula, what counts, its limits and history, an example on the data, a citation to copy."""

from datetime import date, datetime
from html import escape

import streamlit as st

from analytics.compute import Row
from analytics.counting import COUNTED
from analytics.history import Change, history
from analytics.indicators import INDICATORS, Indicator, label_in
from analytics.targets import Target, measure_of
from data.access import Reader
from data.home import JAKARTA
from ui import (
    asked_number,
    cached,
    cards,
    conclusions,
    empty_states,
    formats,
    frame,
    number_stamp,
    origin_words,
    scope_bar,
    sentences,
    tables,
)
from ui import glossary_words as words
from ui.asked_number import Number
from ui.cached import ServedEdition
from ui.tables import Column
from ui.texts import translator

SHORT_HASH = 16


def show_indicators(edition: ServedEdition | None, _reader: Reader, language: str) -> None:
    """The indicator that the address names, with the data of its scope; then all of them. Without data their texts."""
    if edition is None or not cached.months(edition.key):
        empty_states.show_no_edition(language)
        for indicator in INDICATORS.values():
            _show_definition(indicator, indicator.label.in_language(language), language)
        return
    number = asked_number.choose(edition, language, tuple(INDICATORS))
    label = label_in(number.indicator, number.selection.scope.sector).in_language(language)
    _show_definition(number.indicator, label, language)
    row = asked_number.row_of(edition, number)
    _show_example(edition, number, row, language)
    _show_citation(edition, number, row, language)
    conclusions.show_conclusions(edition, number, language)
    _show_history(edition, number, language)
    _show_all(edition, number, language)


def _show_definition(indicator: Indicator, label: str, language: str) -> None:
    _ = translator(language)
    cards.show_title(label, words.nature(indicator, language))
    told = [
        (_("Definisi indikator"), indicator.definition.in_language(language)),
        (_("Rumus"), words.formula(indicator.code, language)),
        (_("Termasuk"), words.inclusions(indicator.code, language)),
        (_("Tidak termasuk"), indicator.exclusions.in_language(language)),
        (_("Batasan"), indicator.limits.in_language(language)),
        (_("Dasar dan sumber"), indicator.source.in_language(language)),
        (_("Rincian"), words.splits(indicator, language)),
        (_("Kode dan versi"), _("{code}, versi {version}").format(code=indicator.code, version=indicator.version)),
    ]
    lines = "".join(f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in told)
    st.html(f'<div class="ck-glossary"><dl>{lines}</dl></div>')


def _show_example(edition: ServedEdition, number: Number, row: Row, language: str) -> None:
    """The formula with the numbers of the reader's scope in it."""
    _ = translator(language)
    where = f"{_where(number, row, language)}, {sentences.dated(row, language)}"
    cards.show_title(_("Contoh dengan data sekarang: {where}").format(where=where))
    if row.numerator is None:
        cards.show_notice(asked_number.why_unknown(row, language))
        return
    st.html(f'<p class="ck-worked">{escape(words.worked(row, number.measure, language))}</p>')
    cards.show_asides([*_sources(edition, number, row, language), *_other_targets(edition, number, language)])
    if number.measure in asked_number.MEASURES:
        with st.container(horizontal=True, key="example-ways"):
            for part, text in (("asal", _("Asal angka")), ("revisi", _("Revisi"))):
                way = frame.url_with(**asked_number.address(part, number.measure, number.selection, language))
                st.page_link(st.session_state["page"], label=text, query_params=way, width="content")


def _where(number: Number, row: Row, language: str) -> str:
    """'Sumatera Selatan'; of a target 'Cakupan pekerja konstruksi · Sumatera Selatan'."""
    measure = measure_of(row.target) if row.target else None
    named = [label_in(measure, row.sector).in_language(language)] if measure else []
    return " · ".join([*named, number.selection.where(language)])


def _sources(edition: ServedEdition, number: Number, row: Row, language: str) -> list[str]:
    _ = translator(language)
    told = [
        _("Pembilang: {source}, posisi {day}.").format(
            source=sentences.source_name(row.source, language), day=formats.day(row.as_of, language)
        )
    ]
    if row.target:
        told += _of_target(edition, number, row.target, language)
    elif row.denominator_source:
        text = _("Penyebut: {source}, per {day}.")
        told.append(text.format(source=row.denominator_source, day=formats.day(row.denominator_as_of, language)))
    return told


def _of_target(edition: ServedEdition, number: Number, target: Target, language: str) -> list[str]:
    """Who states the target, where and for which year; and what divides the value that is laid beside it."""
    _ = translator(language)
    stated = _("Penyebut: target {year} menurut {issuer}.").format(year=target.year, issuer=target.issuer)
    if target.document:
        stated = _("Penyebut: target {year} menurut {issuer}, dokumen “{document}”.").format(
            year=target.year, issuer=target.issuer, document=target.document
        )
    attained = asked_number.attained(number, target)
    row = asked_number.row_of(edition, attained)
    if row.denominator is None:
        return [stated]
    divided = _("Nilai indikator: {formula}; penyebutnya {source}, per {day}.").format(
        formula=asked_number.formula(row, attained.measure, language),
        source=sentences.denominator_source(row, language),
        day=formats.day(sentences.denominator_day(row), language),
    )
    return [stated, divided]


def _other_targets(edition: ServedEdition, number: Number, language: str) -> list[str]:
    _ = translator(language)
    asked = number.asked
    others = len(cached.rows(edition.key, asked.measure, asked.month, asked.scope, vintage=asked.vintage)) - 1
    if others < 1:
        return []
    text = _.plural("{count} target lain yang sebanding ada di halaman Capaian Target.", others)
    return [text.format(count=formats.number(others, language))]


def _show_citation(edition: ServedEdition, number: Number, row: Row, language: str) -> None:
    _ = translator(language)
    if row.numerator is None:
        return
    cards.show_title(_("Kutipan"), _("Salin seutuhnya: angka, pembilang, penyebut, posisi, sumber, dan edisinya."))
    st.code(citation(edition, number, row, language), language=None, wrap_lines=True)


def citation(edition: ServedEdition, number: Number, row: Row, language: str) -> str:
    """One line that says everything another person needs to find the number again."""
    _ = translator(language)
    published = datetime.fromisoformat(edition.meta["published_at"]).astimezone(JAKARTA).date()
    label = label_in(number.indicator, number.selection.scope.sector).in_language(language)
    name = f"{label} · {_where(number, row, language)}, {sentences.dated(row, language)}"
    parts = [
        f"{name}: {words.quoted(row, number.measure, language)}.",
        *_sources(edition, number, row, language),
        _(
            "Cakupan, edisi {number}, diterbitkan {published}, dihitung per {as_of}; definisi {code} versi {version}."
        ).format(
            number=edition.number,
            published=formats.day(published, language),
            as_of=formats.day(date.fromisoformat(edition.meta["as_of"]), language),
            code=number.measure,
            version=number.indicator.version,
        ),
    ]
    # Left out where the reader sees a part of the edition only: see PUBLIC_FACTS.
    if content := edition.meta.get("content_hash"):
        parts.append(_("Sidik edisi {hash}.").format(hash=content[:SHORT_HASH]))
    return " ".join([*([_("DATA CONTOH.")] if edition.is_demo else []), *parts])


def _show_history(edition: ServedEdition, number: Number, language: str) -> None:
    _ = translator(language)
    title = _("Riwayat definisi")
    cards.show_title(title)
    changes = history(number.measure)
    columns = [
        Column(_("Versi"), lambda row: str(row.version), lambda row: row.version),
        Column(_("Sejak"), lambda row: formats.day(row.since, language), lambda row: row.since, numeric=False),
        Column(_("Yang berubah"), _what(language), _what(language), numeric=False),
    ]
    st.html(tables.html_table(columns, changes, title))
    stamp = number_stamp.of(edition, number, language)
    tables.show_files(columns, changes, "riwayat-definisi", title, stamp, language)


def _what(language: str):
    def told(change: Change) -> str:
        return change.what.in_language(language)

    return told


def _show_all(edition: ServedEdition, number: Number, language: str) -> None:
    _ = translator(language)
    title = _("Semua indikator")
    cards.show_title(title)

    def label(indicator: Indicator) -> str:
        return indicator.label.in_language(language)

    def kinds(indicator: Indicator) -> str:
        every = {kind for of in COUNTED[indicator.code].parts.values() for kind in of}
        return ", ".join(origin_words.kind_name(kind, language) for kind in sorted(every)) or formats.UNKNOWN

    def text(header: str, read, *, only_in_file: bool = False) -> Column:
        return Column(header, read, read, numeric=False, only_in_file=only_in_file)

    columns = [
        Column(
            _("Nama indikator"), label, label, numeric=False,
            link=lambda row: asked_number.href("indikator", row.code, number.selection, language),
        ),
        text(_("Kode"), lambda row: row.code),
        text(_("Satuan"), lambda row: words.unit_name(row.unit, language)),
        text(_("Sifat"), lambda row: words.kind_name(row.kind, language)),
        text(_("Dihitung dari"), kinds),
        Column(_("Versi"), lambda row: str(row.version), lambda row: row.version),
        text(_("Definisi indikator"), lambda row: row.definition.in_language(language), only_in_file=True),
        text(_("Tidak termasuk"), lambda row: row.exclusions.in_language(language), only_in_file=True),
        text(_("Batasan"), lambda row: row.limits.in_language(language), only_in_file=True),
        text(_("Dasar dan sumber"), lambda row: row.source.in_language(language), only_in_file=True),
    ]  # fmt: skip
    every = list(INDICATORS.values())
    with st.container(key="lines-indikator"):
        st.html(tables.html_table(columns, every, title))
    stamp = scope_bar.stamp(edition, number.selection, language)
    tables.show_files(columns, every, "indikator", title, stamp, language)
