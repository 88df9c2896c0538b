"""The browser's door: page config, language, navigation. No numbers."""

from pathlib import Path

import streamlit as st

from ui import cached, frame
from ui.texts import translator

PAGES = Path(__file__).resolve().parent / "pages"

language = frame.language_in_url()
_ = translator(language)
st.set_page_config(page_title="Cakupan", page_icon="🦺", layout="wide")

page = st.navigation([st.Page(PAGES / "ringkasan.py", title=_("Ringkasan"), default=True)], position="hidden")
st.session_state["page"] = page
frame.keep_address()
frame.show_header(language)
edition = cached.served_edition()
if edition and edition.is_demo:
    frame.show_demo_banner(language)
page.run()
if edition:
    frame.show_footer(edition.meta, language)
