"""Revisi: one number as each edition published it, as it is known now, and why it moved."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from analytics.compute import Row
from analytics.revisions import Change, Published, Reason, Revisions
from data.access import Reader
from data.home import JAKARTA
from ui import (
    asked_number,
    cached,
    cards,
    charts,
    empty_states,
    formats,
    frame,
    number_stamp,
    revision_figure,
    scope_bar,
    sentences,
    tables,
)
from ui.asked_number import Number
from ui.cached import ServedEdition
from ui.origin_links import Link, Origins, linked, nowhere
from ui.revision_figure import Point
from ui.tables import Column
from ui.texts import translator

MONTHS = 13  # a year, and the month it is compared with
EDITIONS = 8


def show_revisions(edition: ServedEdition | None, _reader: Reader, language: str) -> None:
    """The months up to the one in the address, through the newest editions."""
    _ = translator(language)
    if edition is None or not cached.months(edition.key):
        empty_states.show_no_edition(language)
        return
    number = asked_number.choose(edition, language)
    found = cached.revisions(edition.key, number.asked, EDITIONS, MONTHS)
    cards.show_title(_title(number, found, language), _subtitle(found, language))
    _show_chart(number, found, language)
    _show_triangle(edition, number, found, language)
    _show_changes(edition, number, found, language)
    _show_editions(edition, number, found, language)


def _title(number: Number, found: Revisions, language: str) -> str:
    """How many months have moved since they were first published, and which one the most."""
    _ = translator(language)
    name = number.name(language)
    if len(found.editions) < 2:
        return _("{name}: baru satu edisi, jadi belum ada revisi").format(name=name)
    moved = [(month, _moved(found, month)) for month in found.months]
    changed = [(month, by) for month, by in moved if by]
    if not changed:
        return _unmoved_title(name, found, language)
    month, by = max(changed, key=lambda one: abs(one[1]))
    text = _.plural(
        "{name}: {count} dari {all} bulan berubah sejak pertama terbit; terbesar {month}, {amount}", len(moved)
    )
    return text.format(
        name=name, count=len(changed), all=len(moved), month=formats.month(month, language),
        amount=_signed(by, number, language),
    )  # fmt: skip


def _unmoved_title(name: str, found: Revisions, language: str) -> str:
    """No month stands elsewhere now than at first; it may have in an edition between, or stand nowhere."""
    _ = translator(language)
    told = [change for change in found.changes if change.then.value not in (None, change.now.value)]
    wavered = {change.month for change in told}
    if not wavered:
        return _("{name}: tidak ada bulan yang berubah sejak pertama terbit").format(name=name)
    if any(_moved(found, month) is None for month in wavered):
        text = _.plural("{name}: {count} dari {all} bulan pernah berubah sejak pertama terbit", len(found.months))
    else:
        text = _.plural(
            "{name}: {count} dari {all} bulan pernah berubah, dan sekarang sama lagi dengan pertama terbit",
            len(found.months),
        )
    counts = {"count": len(wavered), "all": len(found.months)}
    return text.format(name=name, **{key: formats.number(count, language) for key, count in counts.items()})


def _subtitle(found: Revisions, language: str) -> str:
    _ = translator(language)
    text = _.plural("{count} edisi terbaru yang dapat dibaca; edisi lama tidak pernah diubah.", len(found.editions))
    return text.format(count=formats.number(len(found.editions), language))


def _moved(found: Revisions, month: date) -> float | None:
    """From the first published value to the present one; None where either is missing."""
    first, now = found.first_said(month), found.known_now(month)
    if first is None or now is None or now.value is None:
        return None
    return float(now.value - first.value)


def _signed(by: float | None, number: Number, language: str) -> str:
    """'+0,4 poin', '−1.250'."""
    _ = translator(language)
    if by is None:
        return formats.UNKNOWN
    if number.indicator.unit == "percent":
        return _("{amount} poin").format(amount=formats.points(by, language, signed=True))
    told = formats.in_unit(abs(by), number.indicator.unit, language)
    return ("+" if by > 0 else formats.MINUS if by < 0 else "") + told


def _points(found: Revisions) -> list[Point]:
    def value(row: Row | None) -> float | None:
        return None if row is None or row.value is None else float(row.value)

    return [Point(month, value(found.first_said(month)), value(found.known_now(month))) for month in found.months]


def _show_chart(number: Number, found: Revisions, language: str) -> None:
    _ = translator(language)
    points = _points(found)
    if len(found.editions) < 2 or not revision_figure.is_drawable(points):
        return
    names = (_("pertama terbit"), _("yang diketahui sekarang"))
    unit = number.indicator.unit
    figure = revision_figure.revision_figure(points, names, unit, language, dark=frame.is_dark())
    told = [
        _("{month}: pertama {first}, sekarang {now}").format(
            month=formats.month(point.month, language),
            first=formats.in_unit(point.first, unit, language),
            now=formats.in_unit(point.now, unit, language),
        )
        for point in points
    ]
    charts.show_chart(figure, f"{_title(number, found, language)}. {'; '.join(told)}.", language, "revisions")


def _show_triangle(edition: ServedEdition, number: Number, found: Revisions, language: str) -> None:
    """One row a month, one column an edition."""
    _ = translator(language)
    title = _("Setiap bulan menurut setiap edisi")
    cards.show_title(title)
    way = linked(partial(Origins(edition, number.selection, language).of_month, number.measure), language)
    shown = _triangle_columns(edition, number, found, way, language)
    lines = list(reversed(found.months))
    with st.container(key="lines-revisi"):
        st.html(tables.html_table(shown, lines, title))
    tables.show_files(shown, lines, "revisi", title, number_stamp.of(edition, number, language), language)


def _triangle_columns(
    edition: ServedEdition, number: Number, found: Revisions, way: Link, language: str
) -> list[Column]:
    """`way` leads from a month as the edition on the screen tells it to its origin; former ones keep theirs unseen."""
    _ = translator(language)
    unit = number.indicator.unit
    decimals = 1 if unit == "percent" else 0

    def column(header: str, read: Callable[[date], Any]) -> Column:
        return Column(header, lambda month: formats.in_unit(read(month), unit, language), read, decimals=decimals)

    def first(month: date) -> Any:
        row = found.first_said(month)
        return row.value if row else None

    def said(number_of_edition: int, month: date) -> Any:
        row = found.said.get((number_of_edition, month))
        return row.value if row else None

    def moved(month: date) -> str:
        return _signed(_moved(found, month), number, language)

    return [
        Column(_("Bulan"), lambda month: formats.month(month, language), scope_bar.month_code, numeric=False),
        column(_("Pertama terbit"), first),
        Column(
            _("Pada edisi"),
            lambda month: str(found.first_edition(month) or formats.UNKNOWN),
            found.first_edition,
        ),
        *(
            (way if one.number == edition.number else nowhere)(
                column(_("Edisi {number}").format(number=one.number), partial(said, one.number))
            )
            for one in found.editions
        ),
        Column(_("Berubah"), moved, lambda month: _moved(found, month), decimals=decimals),
    ]


def _show_changes(edition: ServedEdition, number: Number, found: Revisions, language: str) -> None:
    _ = translator(language)
    if not found.changes:
        return
    title = _("Mengapa berubah")
    told = _("Sebab disebut sejauh kiriman kedua edisi menunjukkannya; edisi tidak menyimpan data perorangan.")
    cards.show_title(title, told)
    shown = _change_columns(number, language)
    with st.container(key="lines-sebab"):
        st.html(tables.html_table(shown, found.changes, title))
    stamp = number_stamp.of(edition, number, language)
    tables.show_files(shown, found.changes, "sebab-revisi", title, stamp, language)


def _change_columns(number: Number, language: str) -> list[Column]:
    _ = translator(language)
    unit = number.indicator.unit
    decimals = 1 if unit == "percent" else 0

    def column(header: str, read: Callable[[Change], Row]) -> Column:
        def text(change: Change) -> str:
            return formats.in_unit(read(change).value, unit, language)

        return Column(header, text, lambda change: read(change).value, decimals=decimals)

    def why(change: Change) -> str:
        return "; ".join(_reason(reason, number, language) for reason in change.reasons) or formats.UNKNOWN

    def between(change: Change) -> str:
        return f"{change.from_edition} → {change.to_edition}"

    return [
        Column(
            _("Bulan"),
            lambda change: formats.month(change.month, language),
            lambda change: scope_bar.month_code(change.month),
            numeric=False,
        ),
        Column(_("Antara edisi"), between, between, numeric=False),
        column(_("Semula"), lambda change: change.then),
        column(_("Menjadi"), lambda change: change.now),
        Column(_("Sebab"), why, why, numeric=False),
    ]


def _reason(reason: Reason, number: Number, language: str) -> str:
    """'Data terlambat +0,4 poin'."""
    _ = translator(language)
    own = {
        "numerator": _("Pembilang"),
        "workers": _("Penyebut"),
        "appeared": _("baru ada datanya"),
        "vanished": _("datanya tidak ada lagi"),
        "definition": _("Definisi berubah"),
    }
    name = own.get(reason.kind) or sentences.step_name(reason.kind, language)
    return name if reason.amount is None else f"{name} {_signed(float(reason.amount), number, language)}"


def _show_editions(edition: ServedEdition, number: Number, found: Revisions, language: str) -> None:
    _ = translator(language)
    title = _("Edisi yang dibandingkan")
    cards.show_title(title)

    def why(one: Published) -> str:
        return why_silent(one.why, language) if one.why else _("memuat angka ini")

    def published(one: Published) -> date:
        return one.published_at.astimezone(JAKARTA).date()

    shown = [
        Column(_("Edisi"), lambda one: str(one.number), lambda one: one.number),
        Column(_("Diterbitkan"), lambda one: formats.day(published(one), language), published, numeric=False),
        Column(_("Dihitung per"), lambda one: formats.day(one.as_of, language), lambda one: one.as_of, numeric=False),
        Column(_("Keterangan"), why, why, numeric=False),
    ]
    lines = list(reversed(found.editions))
    st.html(tables.html_table(shown, lines, title))
    tables.show_files(shown, lines, "edisi", title, number_stamp.of(edition, number, language), language)


def why_silent(why: str, language: str) -> str:
    """Why an edition tells nothing of the number."""
    _ = translator(language)
    return {
        "other_place": _("tidak memuat wilayah ini"),
        "other_members": _("susunan wilayahnya lain"),
        "other_denominator": _("tidak memuat penyebut pilihan"),
        "edition_older": _("terbit sebelum ukuran ini ada"),
        "no_month": _("tidak memuat bulan yang ditampilkan"),
    }[why]
