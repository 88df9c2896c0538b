"""Columns of the tables under the charts: what a reader sees, and what a file carries besides."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any

from analytics.compute import Row
from analytics.indicators import Indicator
from ui import charts, formats, rankings, scope_bar, sentences, tables
from ui.origin_links import Link, nowhere
from ui.texts import translator


def trend_columns(language: str, link: Link = nowhere) -> list[tables.Column]:
    """One row is one month; `link` leads from a number to its origin."""
    _ = translator(language)
    count, share = partial(_number_column, language, 0), partial(_number_column, language, 1)
    return [
        _month_column(language),
        link(share(_("Cakupan, %"), "value")),
        share(_("Rentang dari, %"), "low"),
        share(_("Rentang sampai, %"), "high"),
        count(_("Terlindungi"), "numerator"),
        count(_("Bernama"), "named_persons"),
        count(_("Tanpa nama"), "unnamed_headcount"),
        count(_("Pekerja"), "denominator"),
        *_origin_columns(language),
        *_denominator_columns(language),
    ]


def count_columns(language: str, link: Link = nowhere) -> list[tables.Column]:
    """One row is one month of a place without a percentage."""
    _ = translator(language)
    count = partial(_number_column, language, 0)
    return [
        _month_column(language),
        link(count(_("Peserta aktif"), "numerator")),
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
    """In files; a table that compares denominators shows them."""
    _ = translator(language)

    def source(row: Row) -> str | None:
        return sentences.denominator_source(row, language)

    return [
        replace(
            _text_column(_("Sumber penyebut"), lambda row: source(row) or formats.UNKNOWN, source), only_in_file=True
        ),
        replace(
            _text_column(
                _("Tanggal penyebut"),
                lambda row: formats.day(sentences.denominator_day(row), language),
                sentences.denominator_day,
            ),
            only_in_file=True,
        ),
    ]


def _number_column(language: str, decimals: int, header: str, field: str) -> tables.Column:
    read = attrgetter(field)
    return tables.Column(header, lambda row: formats.number(read(row), language, decimals), read, decimals=decimals)


def _text_column(header: str, text: Callable[[Any], str], raw: Callable[[Any], tables.Cell]) -> tables.Column:
    return tables.Column(header, text, raw, numeric=False)


def _file_column(header: str, raw: Callable[[Any], tables.Cell]) -> tables.Column:
    return tables.Column(header, str, raw, numeric=False, only_in_file=True)


def change_columns(
    months: tuple[date, date], row: Row, language: str, *, counts: bool, link: Link = nowhere
) -> list[tables.Column]:
    """One row is one step; a file repeats where `row`, the figure explained, comes from. `counts`: no percentage."""
    _ = translator(language)

    def named(step: charts.AnyStep) -> str:
        return charts.step_label(step, months, language)

    points = tables.Column(
        _("Poin persen"), lambda step: charts.step_text(step, language), attrgetter("points"), decimals=1
    )
    moved = tables.Column(_("Gerak, orang"), lambda step: charts.persons_text(step, language), attrgetter("persons"))
    return [
        _text_column(_("Unsur"), named, named),
        *([] if counts else [link(points)]),
        link(moved) if counts else moved,
        _file_column(_("Dibandingkan dengan"), lambda _step: scope_bar.month_code(months[0])),
        *(_repeated(column, row) for column in (_source_column(language), *_denominator_columns(language))),
    ]


def _repeated(column: tables.Column, row: Row) -> tables.Column:
    """The column of one row, the same beside every step."""
    return replace(column, raw=lambda _step: column.raw(row), only_in_file=True)


def lacking_columns(heading: str, language: str, link: Link = nowhere) -> list[tables.Column]:
    """One row is one place, owner or fund."""
    _ = translator(language)
    share = rankings.lacking_percent
    return [
        _text_column(heading, lambda row: sentences.category_name(row.label, language), attrgetter("label")),
        link(_number_column(language, 0, _("Belum terlindungi"), "value")),
        _number_column(language, 0, _("Pekerja"), "denominator"),
        tables.Column(
            _("Belum terlindungi, %"), lambda row: formats.number(share(row), language, 1), share, decimals=1
        ),
        *(replace(column, only_in_file=True) for column in _origin_columns(language)),
        *_denominator_columns(language),
    ]


def comparison_columns(
    indicator: Indicator,
    names: tuple[str, str],
    address: Callable[[str], str | None],
    language: str,
    *,
    judged: bool,
    ranged: bool,
    aimed: bool = False,
    link: Link = nowhere,
) -> list[tables.Column]:
    """One row is one group of Perbandingan, as ui.comparison.Line; `address` gives the page narrowed to a group, `link`
    the origin of its number.

    `names` are those of the measure and of the groups.
    """
    _ = translator(language)
    heading = sentences.capitalized(names[1])

    def name(line: Any) -> str:
        return sentences.category_name(line.entry.row.label, language)

    def judgement(line: Any) -> str:
        return sentences.judgement_word(line.entry.judgement, language)

    def targets(line: Any) -> str:
        told = (sentences.target_with_issuer(target, indicator.unit, language) for target in line.targets)
        return "; ".join(told) or formats.UNKNOWN

    of_projects = indicator.table in ("work", "activity")
    contract = _("Nilai kontrak, Rp")
    # The status stands beside the value it explains, where no table is too wide for it.
    own = [_within(column, "entry.row") for column in _origin_columns(language)]
    status, origin = own[:2], own[2:]
    return [
        tables.Column(heading, name, name, numeric=False, link=lambda line: address(line.entry.row.group)),
        _file_column(_("Kode"), attrgetter("entry.row.group")),
        *_measured_columns(indicator, names[0], link, language),
        *(_range_columns(indicator, language) if ranged else []),
        *([_text_column(_("Penilaian"), judgement, judgement)] if judged else []),
        *([_text_column(_("Target dan penerbitnya"), targets, targets)] if aimed else []),
        *status,
        *([_number_column(language, 0, _("Proyek berjalan"), "entry.row.running_projects")] if of_projects else []),
        *([_number_column(language, 0, contract, "contract_rp")] if of_projects else []),
        *origin,
        *(replace(_within(column, "entry.row"), only_in_file=of_projects) for column in _denominator_columns(language)),
    ]


def _measured_columns(indicator: Indicator, label: str, link: Link, language: str) -> list[tables.Column]:
    """n, N and %; of a count the count alone."""
    _ = translator(language)
    number = partial(_number_column, language)
    if indicator.unit != "percent":
        unit = {"rupiah": ", Rp", "days": _(", hari"), "persons": _(", orang")}.get(indicator.unit, "")
        return [link(number(0, label + unit, "entry.row.value"), row_of=attrgetter("entry.row"))]

    def alone(line: Any) -> Row | None:
        return line.entry.row if line.entry.row.value is None else None

    return [
        link(number(0, _("Pembilang (n)"), "entry.row.numerator"), row_of=alone),
        number(0, _("Penyebut (N)"), "entry.row.denominator"),
        link(number(1, f"{label}, %", "entry.row.value"), row_of=attrgetter("entry.row")),
    ]


def _range_columns(indicator: Indicator, language: str) -> list[tables.Column]:
    _ = translator(language)
    if indicator.unit == "percent":
        headers = (_("Rentang dari, %"), _("Rentang sampai, %"))
    else:
        headers = (_("Rentang dari"), _("Rentang sampai"))
    decimals = int(indicator.unit == "percent")
    return [
        _number_column(language, decimals, *pair) for pair in zip(headers, ("entry.low", "entry.high"), strict=True)
    ]


def _within(column: tables.Column, path: str) -> tables.Column:
    """The same column of rows that stand inside another object."""
    inner = attrgetter(path)
    return replace(column, text=lambda line: column.text(inner(line)), raw=lambda line: column.raw(inner(line)))


def group_month_columns(
    indicator: Indicator, names: tuple[str, str], language: str, link: Link = nowhere
) -> list[tables.Column]:
    """One row is one month of one group; `names` are those of the measure and of the groups."""
    _ = translator(language)
    label, groups = names

    def name(row: Row) -> str:
        return sentences.category_name(row.label, language)

    is_share = indicator.unit == "percent"
    counted = [
        _number_column(language, 0, _("Pembilang (n)"), "numerator"),
        _number_column(language, 0, _("Penyebut (N)"), "denominator"),
    ]
    return [
        _text_column(sentences.capitalized(groups), name, name),
        _month_column(language),
        *(counted if is_share else []),
        link(_number_column(language, 1 if is_share else 0, f"{label}, %" if is_share else label, "value")),
        *_origin_columns(language),
        *_denominator_columns(language),
    ]


def denominator_columns(
    address: Callable[[Row], str | None], language: str, link: Link = nowhere
) -> list[tables.Column]:
    """One row is one source of estimates and what it concludes."""
    _ = translator(language)

    def source(row: Row) -> str:
        return row.denominator_source or formats.UNKNOWN

    return [
        tables.Column(_("Penyebut"), source, source, numeric=False, link=address),
        link(_number_column(language, 1, _("Cakupan, %"), "value")),
        _number_column(language, 0, _("Perkiraan pekerja"), "denominator"),
        _number_column(language, 0, _("Peserta aktif"), "numerator"),
        _text_column(
            _("Tanggal penyebut"), lambda row: formats.day(row.denominator_as_of, language), sentences.denominator_day
        ),
        _number_column(language, 1, _("Rentang dari, %"), "low"),
        _number_column(language, 1, _("Rentang sampai, %"), "high"),
    ]
