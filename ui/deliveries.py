"""Data & Definisi: the deliveries that the served edition was made from, the last one first."""

import streamlit as st

from analytics.deliveries import Delivery
from data.places import all_places
from ui import cached, cards, empty_states, formats, tables
from ui.cached import ServedEdition
from ui.project_columns import text_column
from ui.tables import Column
from ui.texts import translator

# On the screen; the files have them all.
SHOWN = 60


def show_deliveries(edition: ServedEdition, language: str) -> None:
    """What came last and what became of its rows, then every delivery."""
    _ = translator(language)
    every = cached.deliveries(edition.key)
    if not every:
        empty_states.show_too_few(_("Belum ada kiriman yang dinyatakan lengkap untuk lingkup akun ini."))
        return
    title = _title(every[0], cached.sees_everything(edition.key), language)
    cards.show_title(title, _subtitle(edition, len(every), language))
    shown = _columns(every[0].number, language)
    with st.container(key="deliveries"):
        st.html(tables.html_table(shown, every[:SHOWN], title, stacked=True))
    facts = {"edition": edition.number}
    stamp = tables.Stamp(f"cakupan-edisi-{edition.number}", {_("Edisi"): edition.number}, edition.is_demo, facts)
    tables.show_files(shown, every, "kiriman", title, stamp, language)


def _title(last: Delivery, is_last_of_all: bool, language: str) -> str:
    _ = translator(language)
    title = (
        _.plural("Kiriman terakhir, nomor {number}: {accepted} baris diterima, {rejected} ditolak", last.rows_accepted)
        if is_last_of_all
        else _.plural(
            "Kiriman lengkap terakhir, nomor {number}: {accepted} baris diterima, {rejected} ditolak",
            last.rows_accepted,
        )
    )
    return title.format(
        number=last.number,
        accepted=formats.number(last.rows_accepted, language),
        rejected=formats.number(last.rows_rejected, language),
    )


def _subtitle(edition: ServedEdition, count: int, language: str) -> str:
    _ = translator(language)
    told = [_("Kiriman yang membentuk edisi {number}, terbaru lebih dahulu.").format(number=edition.number)]
    if count > SHOWN:
        text = _("Ditampilkan {shown} dari {count}; semuanya ada dalam unduhan.")
        told.append(text.format(shown=SHOWN, count=formats.number(count, language)))
    if not cached.sees_everything(edition.key):
        told.append(_("Hanya yang dinyatakan lengkap untuk lingkup akun ini; kiriman tambahan tidak tampil."))
    return " ".join(told)


def _columns(last: int, language: str) -> list[Column]:
    _ = translator(language)

    def number(delivery: Delivery) -> str:
        return _("{number} · terakhir").format(number=last) if delivery.number == last else str(delivery.number)

    def complete_for(delivery: Delivery) -> str:
        return _complete_for(delivery, language)

    return [
        Column(_("Nomor"), number, lambda delivery: delivery.number, numeric=False, on_phone="labelled"),
        text_column(_("Jenis"), lambda delivery: delivery.kind, on_phone="inline"),
        text_column(_("Berkas"), lambda delivery: delivery.file_name, on_phone="title"),
        Column(
            _("Posisi"),
            lambda delivery: formats.day(delivery.as_of, language),
            lambda delivery: delivery.as_of,
            numeric=False,
            on_phone="labelled",
        ),
        Column(
            _("Baris diterima"),
            lambda delivery: formats.number(delivery.rows_accepted, language),
            lambda delivery: delivery.rows_accepted,
        ),
        Column(
            _("Baris ditolak"),
            lambda delivery: formats.number(delivery.rows_rejected, language),
            lambda delivery: delivery.rows_rejected,
        ),
        Column(_("Lengkap untuk"), complete_for, complete_for, numeric=False, on_phone="labelled"),
    ]


def _complete_for(delivery: Delivery, language: str) -> str:
    _ = translator(language)
    if delivery.complete_for is None:
        return _("tambahan")
    place = all_places().get(delivery.complete_for)
    return _("{scope}, {first} – {last}").format(
        scope=place.name if place else delivery.complete_for,
        first=formats.day(delivery.period_from, language),
        last=formats.day(delivery.period_to, language),
    )
