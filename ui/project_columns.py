"""Columns of the lists of projects: what a reader sees, and what a file carries besides."""

from collections.abc import Callable, Mapping
from functools import partial
from operator import attrgetter
from typing import Any

from analytics.register import RegisterRow
from data.cases import FollowUp
from data.casework import Noted
from ui import case_words, formats, project_view, results, sentences, tables
from ui.texts import translator

LONGEST_NAME = 90
NO_BREAK = "\N{NO-BREAK SPACE}"  # a date in two lines is hard to read


def address_of(code: str) -> str:
    """The address of this page with the dossier of a project; scope, search and page stay, so that one can go back."""
    return project_view.address(proyek=code, bayar=None)


def text_column(
    header: str,
    text: Callable[[Any], str | None],
    *,
    only_in_file: bool = False,
    on_phone: tables.OnPhone | None = None,
) -> tables.Column:
    return tables.Column(
        header,
        lambda row: text(row) or formats.UNKNOWN,
        text,
        numeric=False,
        only_in_file=only_in_file,
        on_phone=on_phone,
    )


def day_column(header: str, field: str, language: str, *, only_in_file: bool = False) -> tables.Column:
    read = attrgetter(field)

    def text(row: Any) -> str:
        return formats.day(read(row), language).replace(" ", NO_BREAK)

    return tables.Column(header, text, read, numeric=False, only_in_file=only_in_file)


def number_column(header: str, field: str, language: str, *, only_in_file: bool = False) -> tables.Column:
    read = attrgetter(field)
    return tables.Column(header, lambda row: formats.number(read(row), language), read, only_in_file=only_in_file)


def project_column(language: str) -> tables.Column:
    """Code and name, a link to the dossier; a file has the name alone, its code stands beside."""
    _ = translator(language)

    def text(row: RegisterRow) -> str:
        told = f"{row.kode_proyek} · {row.nama_proyek}"
        return told if len(told) <= LONGEST_NAME else told[: LONGEST_NAME - 1] + "…"

    return tables.Column(
        _("Proyek"), text, attrgetter("nama_proyek"), numeric=False, link=lambda row: address_of(row.kode_proyek)
    )


def owner_column(language: str) -> tables.Column:
    _ = translator(language)
    return text_column(_("Pemilik proyek"), lambda row: sentences.category_name(row.owner, language))


def new_order_columns(follow_ups: Mapping[str, Noted[FollowUp]], language: str) -> list[tables.Column]:
    """One row is one SPK that may still be registered in time; `follow_ups` are the newest by code."""
    _ = translator(language)
    day, number = partial(day_column, language=language), partial(number_column, language=language)
    left = tables.Column(_("Sisa hari kerja"), lambda row: formats.number(row.days_left, language), _raw("days_left"))
    return [
        left,
        day(_("Batas daftar"), "deadline"),
        text_column(_("Kode proyek"), _raw("kode_proyek"), only_in_file=True),
        project_column(language),
        owner_column(language),
        tables.Column(_("SPK"), lambda row: _order(row, language), _raw("no_spk"), numeric=False),
        day(_("Tanggal SPK"), "tgl_spk", only_in_file=True),
        tables.Column(_("Penyedia"), _contractor, _raw("penyedia"), numeric=False),
        text_column(_("Telepon penyedia"), _raw("telepon_penyedia"), only_in_file=True),
        number(_("Tenaga kerja"), "workers"),
        number(_("Nilai kontrak, Rp"), "nilai_kontrak"),
        text_column(_("Tindak lanjut"), lambda row: follow_up(follow_ups.get(row.kode_proyek), language)),
        *_place_in_file(language),
    ]


def follow_up(noted: Noted[FollowUp] | None, language: str) -> str | None:
    """Where the talk with a project stands: 'berjanji 7 Juli 2025'."""
    if noted is None:
        return None
    promised = noted.content.promised_on
    day = formats.day(promised, language) if promised else ""
    return f"{case_words.follow_up_state_name(noted.content.state, language)} {day}".strip()


def _order(row: RegisterRow, language: str) -> str:
    day = row.tgl_spk and formats.day(row.tgl_spk, language).replace(" ", NO_BREAK)
    return " · ".join(filter(None, [row.no_spk, day])) or formats.UNKNOWN


def _contractor(row: RegisterRow) -> str:
    return " · ".join(filter(None, [row.penyedia, row.telepon_penyedia])) or formats.UNKNOWN


def register_columns(language: str) -> list[tables.Column]:
    """One row is one project, judged at the edition's position."""
    _ = translator(language)
    day, number = partial(day_column, language=language), partial(number_column, language=language)
    return [
        text_column(_("Kode proyek"), _raw("kode_proyek"), only_in_file=True),
        project_column(language),
        tables.Column(
            _("Hasil"),
            lambda row: results.marked(row.result, language),
            lambda row: results.name(row.result, language),
            numeric=False,
        ),
        text_column(_("Keterangan"), lambda row: _explained(row, language)),
        owner_column(language),
        number(_("Hari tanpa perlindungan"), "unprotected_days"),
        number(_("Tenaga kerja"), "workers"),
        number(_("Belum terlindungi"), "uncovered", only_in_file=True),
        number(_("Nilai kontrak, Rp"), "nilai_kontrak"),
        text_column(_("Nomor SPK"), _raw("no_spk"), only_in_file=True),
        day(_("Tanggal SPK"), "tgl_spk", only_in_file=True),
        day(_("Batas daftar"), "deadline"),
        day(_("Mulai"), "mulai", only_in_file=True),
        day(_("Selesai"), "selesai"),
        text_column(_("Penyedia"), _raw("penyedia"), only_in_file=True),
        text_column(_("Cara pelaksanaan"), _raw("cara_pelaksanaan"), only_in_file=True),
        number(_("Hari terlambat"), "late_days", only_in_file=True),
        number(_("Sisa hari kerja"), "days_left", only_in_file=True),
        text_column(_("Kode hasil"), _raw("result"), only_in_file=True),
        text_column(_("Kode alasan"), _raw("reason"), only_in_file=True),
        text_column(_("Kode catatan"), lambda row: ", ".join(row.notes) or None, only_in_file=True),
        *_place_in_file(language),
    ]


def _place_in_file(language: str) -> list[tables.Column]:
    _ = translator(language)
    return [
        text_column(_("Kode wilayah"), _raw("place"), only_in_file=True),
        text_column(_("Wilayah"), _raw("place_name"), only_in_file=True),
        text_column(_("Jenis pemilik"), _raw("owner_type"), only_in_file=True),
        text_column(_("Sumber dana"), _raw("fund"), only_in_file=True),
        text_column(_("Pembayar"), _raw("payer"), only_in_file=True),
    ]


def _explained(row: RegisterRow, language: str) -> str | None:
    """Why, in a sentence; of a result without a reason its days."""
    told = results.reason(row.reason, language)
    return told or results.days(row.result, row.late_days, None, row.days_left, language) or None


def _raw(field: str) -> Callable[[Any], Any]:
    return attrgetter(field)
