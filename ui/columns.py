"""Columns of the tables under the charts: what a reader sees, and what a file carries besides."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any

from analytics.compute import Row
from ui import charts, formats, rankings, scope_bar, sentences, tables
from ui.texts import translator


def trend_columns(language: str) -> list[tables.Column]:
    """One row is one month."""
    _ = translator(language)
    count, share = partial(_number_column, language, 0), partial(_number_column, language, 1)
    return [
        _month_column(language),
        share(_("Cakupan, %"), "value"),
        share(_("Rentang dari, %"), "low"),
        share(_("Rentang sampai, %"), "high"),
        count(_("Terlindungi"), "numerator"),
        count(_("Bernama"), "named_persons"),
        count(_("Tanpa nama"), "unnamed_headcount"),
        count(_("Pekerja"), "denominator"),
        *_origin_columns(language),
        *_denominator_columns(language),
    ]


def count_columns(language: str) -> list[tables.Column]:
    """One row is one month of a place without a percentage."""
    _ = translator(language)
    count = partial(_number_column, language, 0)
    return [
        _month_column(language),
        count(_("Peserta aktif"), "numerator"),
        count(_("Rentang dari"), "low"),
        count(_("Rentang sampai"), "high"),
        count(_("Bernama"), "named_persons"),
        count(_("Tanpa nama"), "unnamed_headcount"),
        *_origin_columns(language),
    ]


def _month_column(language: str) -> tables.Column:
    _ = translator(language)
    return _text_column(_("Bulan"), lambda row: formats.month(sentences.last_day(row), language), attrgetter("month"))


def _origin_columns(language: str) -> list[tables.Column]:
    """Status, own date and source of a figure; in a file the status as a code too."""
    _ = translator(language)

    def word(row: Row) -> str:
        return sentences.status_word(row.status, language)

    return [
        _text_column(_("Keterangan"), word, lambda row: word(row).partition(" ")[2]),
        _file_column(_("Kode keterangan"), attrgetter("status")),
        _text_column(_("Posisi"), lambda row: formats.day(row.as_of, language), attrgetter("as_of")),
        _source_column(language),
    ]


def _source_column(language: str) -> tables.Column:
    _ = translator(language)

    def source(row: Row) -> str | None:
        return sentences.source_name(row.source, language) if row.source else None

    return _text_column(_("Sumber pembilang"), lambda row: source(row) or formats.UNKNOWN, source)


def _denominator_columns(language: str) -> list[tables.Column]:
    _ = translator(language)
    return [
        _file_column(_("Sumber penyebut"), lambda row: sentences.denominator_source(row, language)),
        _file_column(_("Tanggal penyebut"), sentences.denominator_day),
    ]


def _number_column(language: str, decimals: int, header: str, field: str) -> tables.Column:
    read = attrgetter(field)
    return tables.Column(
        header, lambda row: formats.number(read(row), language, decimals), read, decimals=decimals
    )


def _text_column(header: str, text: Callable[[Any], str], raw: Callable[[Any], tables.Cell]) -> tables.Column:
    return tables.Column(header, text, raw, numeric=False)


def _file_column(header: str, raw: Callable[[Any], tables.Cell]) -> tables.Column:
    return tables.Column(header, str, raw, numeric=False, only_in_file=True)


def change_columns(months: tuple[date, date], row: Row, language: str, *, counts: bool) -> list[tables.Column]:
    """One row is one step; a file repeats where `row`, the figure explained, comes from. `counts`: no percentage."""
    _ = translator(language)

    def named(step: charts.AnyStep) -> str:
        return charts.step_label(step, months, language)

    points = tables.Column(_("Poin persen"), lambda step: charts.step_text(step, language), attrgetter("points"), decimals=1)
    return [
        _text_column(_("Unsur"), named, named),
        *([] if counts else [points]),
        tables.Column(_("Gerak, orang"), lambda step: charts.persons_text(step, language), attrgetter("persons")),
        _file_column(_("Dibandingkan dengan"), lambda _step: scope_bar.month_code(months[0])),
        *(_repeated(column, row) for column in (_source_column(language), *_denominator_columns(language))),
    ]


def _repeated(column: tables.Column, row: Row) -> tables.Column:
    """The column of one row, the same beside every step."""
    return replace(column, raw=lambda _step: column.raw(row), only_in_file=True)


def lacking_columns(heading: str, language: str) -> list[tables.Column]:
    """One row is one place, owner or fund."""
    _ = translator(language)
    share = rankings.lacking_percent
    return [
        _text_column(heading, lambda row: sentences.category_name(row.label, language), attrgetter("label")),
        _number_column(language, 0, _("Belum terlindungi"), "value"),
        _number_column(language, 0, _("Pekerja"), "denominator"),
        tables.Column(_("Belum terlindungi, %"), lambda row: formats.number(share(row), language, 1), share, decimals=1),
        *(replace(column, only_in_file=True) for column in _origin_columns(language)),
        *_denominator_columns(language),
    ]
