"""The browser's door: page config, language, navigation. No numbers."""

from pathlib import Path

import streamlit as st

from data.errors import CakupanError
from ui import cached, cards, empty_states, frame
from ui.texts import translator

PAGES = Path(__file__).resolve().parent / "pages"

language = frame.language_in_url()
_ = translator(language)
st.set_page_config(page_title="Cakupan", page_icon="🦺", layout="wide")

home = st.Page(PAGES / "ringkasan.py", title=_("Ringkasan"), default=True)
known = [home, st.Page(PAGES / "perbandingan.py", title=_("Perbandingan"))]
page = st.navigation([*known, *empty_states.pages_for_unknown_address(known, language)], position="hidden")
st.session_state["page"] = page
st.session_state["home"] = home
frame.keep_address()
frame.show_header(known, page, language)
try:
    edition = cached.served_edition()
    if edition and edition.is_demo:
        frame.show_demo_banner(language)
    page.run()
    if edition:
        frame.show_footer(edition.meta, cached.latest_figure(edition.key), language)
except CakupanError as refused:
    cards.show_notice(str(refused), concern=True)
