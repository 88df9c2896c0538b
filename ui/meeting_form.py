"""The form of a meeting pack. The address is its only state, so a link asks for the same pack."""

from collections.abc import Collection
from datetime import date

import streamlit as st

from data.pack_kinds import AUDIENCES
from data.packs import MOST_YEARS
from ui import cards, meeting, pack
from ui.meeting import Asked
from ui.texts import translator


def show(asked: Asked, chosen: Collection[str], today: date, language: str) -> None:
    """Name, day, audience and sections; `chosen` are the codes of those that the pack has now."""
    _ = translator(language)
    _put("rapat", asked.meeting)
    st.text_input(
        _("Nama rapat"), key="meeting-rapat", max_chars=meeting.LONGEST_NAME, on_change=_write, args=("rapat",)
    )
    _put("tanggal", asked.day)
    st.date_input(
        _("Tanggal rapat"),
        key="meeting-tanggal",
        format="DD/MM/YYYY",
        min_value=date(today.year - MOST_YEARS, 1, 1),
        max_value=date(today.year + MOST_YEARS, 12, 31),
        on_change=_write,
        args=("tanggal",),
    )
    _put("untuk", asked.audience)
    st.segmented_control(
        _("Untuk"),
        AUDIENCES,
        format_func=lambda code: pack.audience_name(code, language),
        key="meeting-untuk",
        wrap=True,
        required=True,
        on_change=_write,
        args=("untuk",),
    )
    names = {offer.code: offer.name for offer in asked.offers}
    _put("isi", [code for code in names if code in chosen])
    st.pills(
        _("Isi"),
        list(names),
        format_func=lambda code: names[code],
        selection_mode="multi",
        key="meeting-isi",
        wrap=True,
        on_change=_write,
        args=("isi",),
    )


def show_nothing_chosen(asked: Asked, language: str) -> None:
    """In place of the button, where what the audience usually sees cannot be told of this scope."""
    _ = translator(language)
    text = (
        _("Isi yang lazim bagi {audience} belum ada datanya di lingkup ini; pilih isi yang lain.")
        if asked.offers
        else _("Belum ada isi yang dapat dikatakan untuk lingkup ini; pilih wilayah atau bulan lain.")
    )
    cards.show_notice(text.format(audience=pack.audience_name(asked.audience, language)))


def _put(name: str, value: object) -> None:
    st.session_state[f"meeting-{name}"] = value  # the address decides, also after Back and after a link


def _write(name: str) -> None:
    value = st.session_state[f"meeting-{name}"]
    if name == "isi":
        value = meeting.SEPARATOR.join(value)
    if name == "untuk":
        st.query_params.pop("isi", None)  # another audience wants other things
    if value:
        st.query_params[name] = str(value)
    else:
        st.query_params.pop(name, None)
