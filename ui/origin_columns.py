"""Columns of Asal angka: parts of a number, deliveries behind it, where rows stand, what projects add."""

from collections.abc import Callable
from functools import partial
from typing import Any

from analytics.provenance import Behind, Counted, Details, Part, RowsAt
from data.places import all_places
from ui import asked_number, formats, project_view, sentences
from ui import origin_words as words
from ui.asked_number import Number
from ui.tables import Column
from ui.texts import translator

SHORT_HASH = 12
FAR = 9000  # a stay or membership without an end is kept as one that ends in the year 9998


def key_of(behind: Behind) -> str:
    return f"{behind.number}-{behind.kind}"


def part_columns(number: Number, language: str) -> list[Column]:
    _ = translator(language)

    def name(part: Part) -> str:
        return part.label if part.code == "summed" else words.part_name(part.code, language)

    def link(part: Part) -> str | None:
        if part.code != "summed":
            return None
        within = asked_number.of_place(number.selection, part.place, part.label)
        return asked_number.href("asal", "active_members", within, language)

    def kinds(part: Part) -> str:
        return ", ".join(words.kind_name(kind, language) for kind in part.kinds) or formats.UNKNOWN

    def amount(part: Part) -> str:
        return asked_number.amount(part.amount, number.measure, language)

    def side(part: Part) -> str:
        return words.side_name(part.side, language)

    def source(part: Part) -> str:
        return sentences.source_name(part.source, language)

    return [
        Column(_("Sisi"), side, side, numeric=False),
        Column(_("Bagian"), name, name, numeric=False, link=link),
        Column(_("Jumlah"), amount, lambda part: part.amount),
        Column(_("Dihitung dari"), kinds, kinds, numeric=False),
        Column(_("Sumber"), source, lambda part: part.source, numeric=False),
        _day_column(_("Posisi"), lambda part: part.as_of, language),
    ]


def _day_column(header: str, read: Callable[[Any], Any], language: str) -> Column:
    def text(row: Any) -> str:
        day = read(row)
        return formats.UNKNOWN if day is None or day.year > FAR else formats.day(day, language)

    return Column(header, text, read, numeric=False)


def delivery_columns(language: str) -> list[Column]:
    _ = translator(language)

    def used_for(behind: Behind) -> str:
        return ", ".join(words.part_name(part, language) for part in behind.parts)

    def kind(behind: Behind) -> str:
        return words.kind_name(behind.kind, language)

    return [
        Column(
            _("Kiriman"), lambda row: str(row.number), lambda row: row.number, numeric=False,
            link=lambda row: project_view.address(kiriman=key_of(row), hal=None),
        ),
        Column(_("Jenis"), kind, kind, numeric=False),
        Column(_("Berkas"), lambda row: row.file_name, lambda row: row.file_name, numeric=False),
        _day_column(_("Posisi"), lambda row: row.as_of, language),
        Column(_("Dipakai untuk"), used_for, used_for, numeric=False),
        Column(_("Jumlah baris"), lambda row: formats.number(row.rows, language), lambda row: row.rows),
        Column(_("Jumlah proyek"), lambda row: _projects(row, language), lambda row: row.projects),
        *_where_columns(language),
        *_detail_columns(language),
    ]  # fmt: skip


def _projects(behind: Behind, language: str) -> str:
    return formats.number(behind.projects, language) if behind.projects else formats.UNKNOWN


def _where_columns(language: str) -> list[Column]:
    """Physical rows of the file, the header counted."""
    _ = translator(language)

    def text(row: Behind | RowsAt) -> str:
        first, last = (formats.number(value, language) for value in (row.first_row, row.last_row))
        return first if row.first_row == row.last_row else f"{first}–{last}"

    return [
        Column(_("Pada baris"), text, text, numeric=False),
        Column(_("Baris pertama"), lambda row: str(row.first_row), lambda row: row.first_row, only_in_file=True),
        Column(_("Baris terakhir"), lambda row: str(row.last_row), lambda row: row.last_row, only_in_file=True),
    ]


def _detail_columns(language: str) -> list[Column]:
    _ = translator(language)

    def detail(read: Callable[[Details], Any]) -> Callable[[Behind], Any]:
        return lambda row: None if row.details is None else read(row.details)

    def sender(row: Behind) -> str:
        return detail(lambda told: told.sender)(row) or formats.UNKNOWN

    def hashed(row: Behind) -> str:
        known = detail(lambda told: told.file_sha256)(row)
        return known[:SHORT_HASH] if known else formats.UNKNOWN

    def complete_for(row: Behind) -> str:
        return formats.UNKNOWN if row.details is None else _complete_for(row.details, language)

    return [
        Column(_("Pengirim"), sender, detail(lambda told: told.sender), numeric=False),
        Column(_("SHA-256"), hashed, detail(lambda told: told.file_sha256), numeric=False),
        Column(_("Lengkap untuk"), complete_for, complete_for, numeric=False),
    ]


def _complete_for(details: Details, language: str) -> str:
    _ = translator(language)
    if details.complete_for is None:
        return _("tambahan")
    place = all_places().get(details.complete_for)
    return _("{scope}, {first} – {last}").format(
        scope=place.name if place else details.complete_for,
        first=formats.day(details.period_from, language),
        last=formats.day(details.period_to, language),
    )


def row_columns(behind: Behind, language: str) -> list[Column]:
    _ = translator(language)

    def text(read: Callable[[RowsAt], str | None]) -> Callable[[RowsAt], str]:
        return lambda row: read(row) or formats.UNKNOWN

    about = (
        [_project_column(language), *_code_columns(language)]
        if behind.projects
        else [
            Column(
                _("Sektor"),
                text(lambda row: row.sector and sentences.sector_name(row.sector, language)),
                lambda row: row.sector,
                numeric=False,
            ),
            Column(_("Sumber"), text(lambda row: row.source), lambda row: row.source, numeric=False),
        ]
    )
    return [
        *about,
        Column(_("Wilayah"), lambda row: row.place_name, lambda row: row.place_name, numeric=False),
        Column(_("Jumlah baris"), lambda row: formats.number(row.rows, language), lambda row: row.rows),
        *_where_columns(language),
        _day_column(_("Berlaku dari"), lambda row: row.first_day, language),
        _day_column(_("sampai"), lambda row: row.last_day, language),
    ]


def _project_column(language: str) -> Column:
    _ = translator(language)

    def text(row: RowsAt | Counted) -> str:
        if row.kode_proyek is None:
            return _("tanpa proyek (kepesertaan pribadi)")
        return f"{row.kode_proyek} · {row.nama_proyek or formats.UNKNOWN}"

    def link(row: RowsAt | Counted) -> str | None:
        return None if row.kode_proyek is None else _dossier(row.kode_proyek)

    return Column(_("Proyek"), text, lambda row: row.nama_proyek, numeric=False, link=link)


def _code_columns(language: str) -> list[Column]:
    _ = translator(language)
    return [
        Column(
            _("Kode proyek"), lambda row: row.kode_proyek, lambda row: row.kode_proyek, numeric=False, only_in_file=True
        )
    ]


def _dossier(code: str) -> str:
    dropped = dict.fromkeys(("bagian", "isi", "measure", "kiriman", "hal", "month", "sector", "vintage"))
    return "proyek" + project_view.address(proyek=code, **dropped)


def counted_columns(number: Number, language: str) -> list[Column]:
    _ = translator(language)
    told = partial(asked_number.amount, measure=number.measure, language=language)
    shown = [
        _project_column(language),
        *_code_columns(language),
        Column(
            _("Pemilik proyek"),
            lambda row: sentences.category_name(row.owner, language),
            lambda row: row.owner,
            numeric=False,
        ),
        Column(_("Pembilang"), lambda row: told(row.numerator), lambda row: row.numerator),
    ]
    if number.indicator.denominator:
        shown.append(Column(_("Penyebut"), lambda row: told(row.denominator), lambda row: row.denominator))
    return shown
