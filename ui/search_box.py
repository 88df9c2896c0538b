"""The box in which a reader searches lines: what could be a NIK goes neither into the address nor into a query."""

import streamlit as st

from data.cases import clean, could_be_nik
from ui import cards, project_view


def draw(search: str, label: str, placeholder: str, *, key: str) -> None:
    """The box alone; what it holds is the address's `q`."""
    st.session_state[key] = search
    st.text_input(
        label,
        key=key,
        type="search",
        max_chars=project_view.LONGEST_SEARCH,
        placeholder=placeholder,
        on_change=_write,
        args=(key,),
    )


def show_refusal(language: str, *, key: str) -> None:
    """Why what was typed was not searched for; nothing where it was."""
    if st.session_state.pop(f"{key}-refused", False):
        cards.show_notice(project_view.no_persons(language))


def write(name: str, value: str) -> None:
    """Put a filter of the lines into the address, and begin on their first page; a blank one is taken out."""
    project_view.forget(["hal"] if value else ["hal", name])
    if value:
        st.query_params[name] = value


def _write(key: str) -> None:
    search = clean(st.session_state[key], paragraph=False)
    st.session_state[f"{key}-refused"] = could_be_nik(search) is not None
    if not st.session_state[f"{key}-refused"]:
        write("q", search)
