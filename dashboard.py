"""The browser's door: page config, language, navigation. No numbers."""

import streamlit as st

from data.errors import CakupanError
from ui import cached, cards, empty_states, frame, navigation
from ui import reader as readers

language = frame.language_in_url()
st.set_page_config(page_title="Cakupan", page_icon="🦺", layout="wide")

reader = readers.current()
known = navigation.pages_of(reader, language)
page = st.navigation([*known, *empty_states.pages_for_unknown_address(known, language)], position="hidden")
st.session_state["page"] = page
st.session_state["home"] = known[0]
st.session_state["reader"] = reader
frame.keep_address()
frame.show_header(known, page, language)
try:
    edition = cached.served_edition(reader.grant)
    if edition and edition.is_demo:
        frame.show_demo_banner(language)
    page.run()
    if edition:
        frame.show_footer(edition.meta, cached.latest_figure(edition.key), language)
except CakupanError as refused:
    cards.show_notice(str(refused), concern=True)
