"""Cara hitung: the definition of a measure beside its number, as it is declared."""

from html import escape

import streamlit as st

from analytics.indicators import INDICATORS
from ui import asked_number
from ui.scope_bar import Selection
from ui.texts import translator


def show_popover(code: str, language: str, selection: Selection | None = None) -> None:
    """Definition, what is left out, limits, source and version of one indicator; beside it the ways to all that the
    tab Definisi tells of the number of this selection.
    """
    with st.container(horizontal=True, vertical_alignment="center", key=f"about-{code}"):
        _show_definition(code, language)
        _show_ways(code, language, selection)


def _show_ways(code: str, language: str, selection: Selection | None) -> None:
    """Not on a page that stands outside the navigation, as a test of one part of it does."""
    _ = translator(language)
    page = st.session_state.get("rooms", {}).get(asked_number.PAGE)
    if page is None:
        return
    ways = [("asal", _("Asal angka")), ("indikator", _("Definisi lengkap"))]
    for part, label in ways if code in asked_number.MEASURES else ways[1:]:
        parameters = asked_number.address(part, code, selection, language)
        st.page_link(page, label=label, query_params=parameters, width="content")


def _show_definition(code: str, language: str) -> None:
    _ = translator(language)
    indicator = INDICATORS[code]
    parts = [
        (_("Definisi indikator"), indicator.definition.in_language(language)),
        (_("Tidak termasuk"), indicator.exclusions.in_language(language)),
        (_("Batasan"), indicator.limits.in_language(language)),
        (_("Sumber"), indicator.source.in_language(language)),
        (_("Kode dan versi"), _("{code}, versi {version}").format(code=indicator.code, version=indicator.version)),
    ]
    with st.popover(_("Cara hitung"), type="tertiary"):
        lines = "".join(f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in parts)
        label = escape(indicator.label.in_language(language))
        st.html(f'<div class="ck-definition"><b>{label}</b><dl>{lines}</dl></div>')
