"""Cara hitung: the definition of a measure beside its number, as it is declared."""

from html import escape

import streamlit as st

from analytics.indicators import INDICATORS
from ui.texts import translator


def show_popover(code: str, language: str) -> None:
    """Definition, what is left out, limits, source and version of one indicator."""
    _ = translator(language)
    indicator = INDICATORS[code]
    parts = [
        (_("Definisi"), indicator.definition.in_language(language)),
        (_("Tidak termasuk"), indicator.exclusions.in_language(language)),
        (_("Batasan"), indicator.limits.in_language(language)),
        (_("Sumber"), indicator.source),
        (_("Kode dan versi"), _("{code}, versi {version}").format(code=indicator.code, version=indicator.version)),
    ]
    with st.popover(_("Cara hitung"), type="tertiary"):
        lines = "".join(f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in parts)
        label = escape(indicator.label.in_language(language))
        st.html(f'<div class="ck-definition"><b>{label}</b><dl>{lines}</dl></div>')
