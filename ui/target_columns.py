"""Columns of the tables of Capaian Target."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from analytics.attainment import COURSES, TargetRow
from analytics.closing import ClosingProject
from analytics.indicators import INDICATORS, label_in
from analytics.pace import Pace, PaceRow
from analytics.projection import Point, Projection, Tested
from data.casework import FollowUp
from ui import aims as aiming
from ui import formats, sentences, tables
from ui.aims import Aim
from ui.origin_links import Link, nowhere
from ui.texts import translator

Read = Callable[[Any], Any]


def text_column(header: str, read: Read, *, only_in_file: bool = False) -> tables.Column:
    """The same text on screen and in a file; a dash where nothing is known."""
    return tables.Column(
        header, lambda row: read(row) or formats.UNKNOWN, read, numeric=False, only_in_file=only_in_file
    )


def day_column(header: str, read: Read, language: str, *, only_in_file: bool = False) -> tables.Column:
    return tables.Column(
        header, lambda row: formats.day(read(row), language), read, numeric=False, only_in_file=only_in_file
    )


def number_column(
    header: str, read: Read, language: str, *, decimals: int = 0, only_in_file: bool = False
) -> tables.Column:
    return tables.Column(
        header,
        lambda row: formats.number(read(row), language, decimals),
        read,
        decimals=decimals,
        only_in_file=only_in_file,
    )


def amount_column(header: str, read: Read, unit: Callable[[Any], str], language: str) -> tables.Column:
    """An amount in the unit of its own row."""
    return tables.Column(
        header,
        lambda row: aiming.amount(read(row), unit(row), language),
        read,
        decimals=1,
        decimals_of=lambda row: 1 if unit(row) == "percent" else 0,
    )


def target_column(header: str, row_of: Callable[[Any], TargetRow], language: str) -> tables.Column:
    """The target as its issuer states it, to the digit."""
    return tables.Column(
        header,
        lambda row: aiming.goal(row_of(row), language),
        lambda row: row_of(row).target.target,
        decimals=2,
        decimals_of=lambda row: min(2, formats.decimals_stated(row_of(row).target.target)),
    )


def attainment_columns(sector: str, language: str, link: Link = nowhere) -> list[tables.Column]:
    """One row is one comparable target, as ui.aims.Aim; `link` leads from a measure and its row to their origin."""
    _ = translator(language)

    def unit(aim: Aim) -> str:
        return aim.unit

    def course(aim: Aim) -> str:
        if aim.row.rating:
            return aim.row.rating.in_language(language)
        return COURSES[aim.row.course].in_language(language) if aim.row.course else _("belum dapat dinilai")

    def of_row(name: str) -> Read:
        return lambda aim: getattr(aim.row.row, name)

    return [
        text_column(_("Ukuran"), lambda aim: aim.label(language, sector)),
        target_column(_("Target"), lambda aim: aim.row, language),
        link(
            amount_column(_("Sekarang"), lambda aim: aim.row.value, unit, language),
            row_of=lambda aim: aim.row.row and (aim.measure, aim.row.row),
        ),
        number_column(_("Capaian, %"), lambda aim: aim.row.pct, language, decimals=1),
        text_column(_("Penilaian"), course),
        amount_column(_("Semestinya sekarang"), lambda aim: aim.row.path and aim.row.path.expected, unit, language),
        link(
            amount_column(
                _("Bulan yang sama tahun lalu"),
                lambda aim: aim.row.last_year and aim.row.last_year.value,
                unit,
                language,
            ),
            row_of=lambda aim: aim.row.last_year and (aim.measure, aim.row.last_year),
        ),
        amount_column(_("Proyeksi"), lambda aim: aim.outlook.end and aim.outlook.end.value, unit, language),
        amount_column(_("Kekurangan"), lambda aim: aim.row.gap, lambda aim: aim.row.gap_unit or "", language),
        text_column(_("Penerbit"), lambda aim: aim.row.target.issuer),
        text_column(_("Dokumen"), lambda aim: aim.row.target.document),
        number_column(_("Pembilang (n)"), of_row("numerator"), language, only_in_file=True),
        number_column(_("Penyebut (N)"), of_row("denominator"), language, only_in_file=True),
        text_column(_("Sumber penyebut"), of_row("denominator_source"), only_in_file=True),
        day_column(_("Tanggal penyebut"), of_row("denominator_as_of"), language, only_in_file=True),
        text_column(_("Sumber pembilang"), of_row("source"), only_in_file=True),
        *_stated_columns(lambda aim: aim.row, language, only_in_file=True),
    ]


def _stated_columns(row_of: Callable[[Any], TargetRow], language: str, *, only_in_file: bool) -> list[tables.Column]:
    """Where a target is written."""
    _ = translator(language)

    def target(name: str) -> Read:
        return lambda row: getattr(row_of(row).target, name)

    return [
        text_column(_("Segmen"), target("segment"), only_in_file=only_in_file),
        text_column(_("Sektor"), target("sector"), only_in_file=only_in_file),
        text_column(_("Jenis hitungan"), target("counting"), only_in_file=only_in_file),
        text_column(_("Tahun"), lambda row: str(row_of(row).target.year), only_in_file=True),
        day_column(_("Posisi data"), target("data_as_of"), language, only_in_file=only_in_file),
        text_column(_("Berkas"), target("file_name"), only_in_file=True),
    ]


def apart_columns(reason: Callable[[TargetRow], str], language: str) -> list[tables.Column]:
    """One row is one target that stands beside no measure, and why."""
    _ = translator(language)
    return [
        text_column(_("Target"), lambda row: told_indicator(row, language)),
        target_column(_("Nilai"), lambda row: row, language),
        text_column(_("Penerbit"), lambda row: row.target.issuer),
        text_column(_("Dokumen"), lambda row: row.target.document),
        text_column(_("Segmen"), lambda row: segment_told(row, language)),
        *_stated_columns(lambda row: row, language, only_in_file=True)[2:],
        text_column(_("Mengapa tidak sebanding"), reason),
    ]


def told_indicator(row: TargetRow, language: str) -> str:
    """The measure's name; as its issuer wrote it where it is none of ours."""
    return label_in(INDICATORS[row.measure], "").in_language(language) if row.measure else row.target.indicator


def segment_told(row: TargetRow, language: str) -> str:
    """Segment, and the sector where one is named."""
    sector = row.target.sector and sentences.sector_name(row.target.sector, language)
    return ", ".join(filter(None, [row.target.segment, sector]))


def superseded_columns(language: str) -> list[tables.Column]:
    """One row is one former version of a target."""
    _ = translator(language)

    def by(row: TargetRow) -> str:
        assert row.superseded_by is not None, row
        told = [row.superseded_by.document, formats.day(row.superseded_by.data_as_of, language)]
        return ", ".join(filter(None, told))

    return [
        text_column(_("Target"), lambda row: told_indicator(row, language)),
        target_column(_("Nilai"), lambda row: row, language),
        text_column(_("Penerbit"), lambda row: row.target.issuer),
        text_column(_("Dokumen"), lambda row: row.target.document),
        day_column(_("Posisi data"), lambda row: row.target.data_as_of, language),
        text_column(_("Berkas"), lambda row: row.target.file_name, only_in_file=True),
        text_column(_("Diganti oleh"), by),
    ]


def pace_columns(pace: Pace, names: Mapping[int, str], language: str) -> list[tables.Column]:
    """One row is one comparable target, as (number, PaceRow); `names` by number. Years newest first."""
    _ = translator(language)
    years = sorted({past.year for row in pace.rows for past in row.same_period_earlier}, reverse=True)

    def per_week(read: Callable[[PaceRow], Decimal | None]) -> tuple[Callable[[Any], str], Read]:
        return (lambda pair: weekly(read(pair[1]), pair[1].unit, language)), (lambda pair: read(pair[1]))

    def earlier(year: int) -> Callable[[PaceRow], Decimal | None]:
        return lambda row: next((past.per_week for past in row.same_period_earlier if past.year == year), None)

    def column(header: str, read: Callable[[PaceRow], Decimal | None]) -> tables.Column:
        text, raw = per_week(read)
        return tables.Column(
            header, text, raw, decimals=1, decimals_of=lambda pair: weekly_decimals(read(pair[1]), pair[1].unit)
        )

    needed = tables.Column(
        _("Perlu per minggu"),
        lambda pair: needed_told(pair[1], language),
        lambda pair: pair[1].needed_per_week,
        decimals=1,
        decimals_of=lambda pair: weekly_decimals(pair[1].needed_per_week, pair[1].unit),
    )
    return [
        text_column(_("Ukuran"), lambda pair: names[pair[0]]),
        amount_column(_("Masih kurang"), lambda pair: pair[1].remaining, lambda pair: pair[1].unit, language),
        needed,
        column(_("Tahun ini per minggu"), lambda row: row.this_year_per_week),
        *(column(str(year), earlier(year)) for year in years),
    ]


def weekly(value: Decimal | None, unit: str, language: str) -> str:
    """An amount a week: small ones with a decimal."""
    if value is None:
        return formats.UNKNOWN
    if unit == "rupiah":
        return formats.in_unit(value, unit, language, short=True)
    return formats.number(value, language, weekly_decimals(value, unit))


def weekly_decimals(value: Decimal | None, unit: str) -> int:
    return 1 if unit != "rupiah" and value is not None and abs(value) < 100 else 0


def needed_told(row: PaceRow, language: str) -> str:
    """What is needed a week, or why nothing is."""
    _ = translator(language)
    if row.needed_per_week is not None:
        return weekly(row.needed_per_week, row.unit, language)
    assert row.reason is not None, row
    return {
        "reached": _("sudah tercapai"),
        "deadline_over": _("sudah lewat"),
        "no_value": _("belum ada angka"),
    }[row.reason]


def projection_columns(found: Projection, language: str) -> list[tables.Column]:
    """One row is one month end to come."""
    _ = translator(language)
    unit = INDICATORS[found.measure].unit

    def column(header: str, name: str) -> tables.Column:
        return amount_column(header, lambda point: getattr(point, name), lambda _point: unit, language)

    def month(point: Point) -> str:
        return formats.month(point.month, language)

    known = [column(_("Tersisa dari yang sekarang"), "known")] if found.points[-1].known is not None else []
    return [
        tables.Column(_("Bulan"), month, lambda point: f"{point.month:%Y-%m}", numeric=False),
        column(_("Proyeksi"), "value"),
        column(_("Rentang dari"), "low"),
        column(_("Rentang sampai"), "high"),
        *known,
    ]


def backtest_columns(found: Projection, language: str) -> list[tables.Column]:
    """One row is one earlier year, projected from the same month."""
    _ = translator(language)
    unit = INDICATORS[found.measure].unit

    def within(test: Tested) -> str:
        return {None: _("tidak diuji"), True: _("ya"), False: _("tidak")}[test.is_within]

    def error(test: Tested) -> str:
        return formats.points(test.error_pct, language, signed=True)

    return [
        tables.Column(_("Tahun"), lambda test: str(test.year), lambda test: test.year, numeric=False),
        amount_column(_("Diproyeksikan"), lambda test: test.projected, lambda _test: unit, language),
        amount_column(_("Kenyataan"), lambda test: test.actual, lambda _test: unit, language),
        tables.Column(_("Galat, %"), error, lambda test: test.error_pct, decimals=1),
        text_column(_("Di dalam pita tahun sebelumnya"), within),
    ]


def closing_columns(
    unit: str, follow_ups: Mapping[str, FollowUp], as_of: date, link: Read, language: str
) -> list[tables.Column]:
    """One row is one project of the closing list; the screen draws it otherwise, a file has it all."""
    _ = translator(language)

    def noted(name: str) -> Read:
        return lambda row: getattr(follow_ups[row.kode_proyek], name) if row.kode_proyek in follow_ups else None

    def state(row: ClosingProject) -> str | None:
        return state_told(follow_ups.get(row.kode_proyek), language)

    adds = {
        "persons": _("Menambah, orang"),
        "projects": _("Menambah, proyek"),
        "rupiah": _("Menambah, Rp"),
    }[unit]
    return [
        text_column(_("Kode proyek"), lambda row: row.kode_proyek),
        tables.Column(_("Proyek"), lambda row: row.nama_proyek, lambda row: row.nama_proyek, numeric=False, link=link),
        text_column(_("Wilayah"), lambda row: row.place_name),
        text_column(_("Pemilik proyek"), lambda row: sentences.category_name(row.owner, language)),
        text_column(_("Sumber dana"), lambda row: sentences.category_name(row.fund, language)),
        text_column(_("Penyedia"), lambda row: row.penyedia),
        text_column(_("Telepon penyedia"), lambda row: row.telepon_penyedia),
        number_column(adds, lambda row: row.closes, language),
        number_column(_("Jumlah sampai di sini"), lambda row: row.reached, language),
        number_column(_("Pekerja"), lambda row: row.workers, language),
        number_column(_("Terlindungi"), lambda row: row.covered, language),
        number_column(_("Nilai kontrak, Rp"), lambda row: row.nilai_kontrak, language),
        text_column(_("Nomor SPK"), lambda row: row.no_spk),
        day_column(_("Tanggal SPK"), lambda row: row.tgl_spk, language),
        day_column(_("Batas pendaftaran"), lambda row: row.deadline, language),
        number_column(_("Sisa hari kerja"), lambda row: row.days_left, language),
        day_column(_("Selesai"), lambda row: row.selesai, language),
        text_column(
            _("Masih berjalan pada tanggal sasaran"), lambda row: _("ya") if row.runs_at_deadline else _("tidak")
        ),
        text_column(_("Tindak lanjut"), state),
        text_column(_("Petugas"), noted("officer")),
        day_column(_("Janji"), noted("promised_on"), language),
        text_column(_("Catatan tindak lanjut"), noted("note")),
        tables.Column(_("Hari sisa per"), lambda _row: formats.day(as_of, language), lambda _row: as_of, numeric=False),
    ]


def state_told(follow_up: FollowUp | None, language: str) -> str | None:
    """The state of the talk with a project, in words."""
    _ = translator(language)
    if follow_up is None:
        return None
    return {"dihubungi": _("dihubungi"), "berjanji": _("berjanji"), "terdaftar": _("terdaftar")}[follow_up.state]
