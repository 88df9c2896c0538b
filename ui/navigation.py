"""Which pages there are for whom. A page that is not for a reader does not exist for them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from data.access import ROLES, Reader
from ui.texts import translator

FOLDER = Path(__file__).resolve().parents[1] / "pages"


@dataclass(frozen=True)
class Room:
    """A page of the product: its file in pages/ (and so its address), its title, and the roles it is for."""

    name: str
    title: Callable[[Callable[[str], str]], str]
    roles: tuple[str, ...] = ROLES


# The first is the door: its address is the bare one.
ROOMS = (
    Room("ringkasan", lambda _: _("Ringkasan")),
    Room("perbandingan", lambda _: _("Perbandingan")),
)


def rooms_of(reader: Reader) -> list[Room]:
    """The pages that exist for this reader, in the order of the header."""
    return [room for room in ROOMS if reader.role in room.roles]


def pages_of(reader: Reader, language: str) -> list[Page]:
    """Those pages for st.navigation, the door first."""
    _ = translator(language)
    return [
        st.Page(FOLDER / f"{room.name}.py", title=room.title(_), default=room is ROOMS[0]) for room in rooms_of(reader)
    ]
