"""The browser's door: page config, language, who looks, navigation. No numbers."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.access import Reader
from data.errors import CakupanError
from ui import account_menu, cached, cards, empty_states, frame, navigation
from ui import reader as readers
from ui.cached import EditionKey


def show() -> None:
    """The whole screen for the reader of this rerun."""
    reader = readers.current()
    readers.begin_run(reader)
    known = navigation.pages_of(reader, language)
    page = st.navigation([*known, *empty_states.pages_for_unknown_address(known, language)], position="hidden")
    st.session_state["page"] = page
    st.session_state["home"] = known[0]
    st.session_state["rooms"] = {page.url_path: page for page in known}
    frame.keep_address()
    account = frame.show_header(known, page, language)
    try:
        edition = cached.served_edition(reader.grant)
    except CakupanError:
        show_account(account, reader, None)  # one may leave though nothing can be shown
        raise
    show_account(account, reader, edition and edition.key)
    navigation.go_to_beginning(reader, edition and edition.key, known, language)
    if edition and edition.is_demo:
        frame.show_demo_banner(language)
    room = navigation.room_at(page, reader)
    if room and room.needs_scope and not navigation.has_scope(reader.grant):
        empty_states.show_no_scope(language)
        return
    page.run()
    if edition and navigation.has_scope(reader.grant):
        frame.show_footer(edition.meta, cached.latest_figure(edition.key), language)


def show_account(place: DeltaGenerator, reader: Reader, edition: EditionKey | None) -> None:
    with place:
        account_menu.show(reader, edition, language, has_password=readers.has_password())


language = frame.language_in_url()
st.set_page_config(page_title="Cakupan", page_icon="🦺", layout="wide")
frame.show_styles(language)
try:
    show()
except readers.SignedOut:
    readers.show_signed_out(language)
except CakupanError as refused:
    cards.show_notice(str(refused), concern=True)
