"""Which pages there are for whom, and where a reader begins.

A page that is not for a reader does not exist for them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlencode, urlsplit

import streamlit as st
from streamlit.navigation.page import Page

from data.access import LOCAL, ROLES, Grant, OutsideScope, Reader
from ui import cached
from ui.cached import EditionKey
from ui.texts import translator

FOLDER = Path(__file__).resolve().parents[1] / "pages"
Text = Callable[[Callable[[str], str]], str]


@dataclass(frozen=True)
class Room:
    """A page of the product: its file in pages/ (and so its address), its title, and the roles it is for.

    `needs_scope`: it shows numbers, so a reader without a scope gets a sentence in its place.
    """

    name: str
    title: Text
    roles: tuple[str, ...] = ROLES
    needs_scope: bool = True

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.name}.py"

    @property
    def address(self) -> str:
        """Relative to any page; the door is at the bare address."""
        return "./" if self is DOOR else self.name


@dataclass(frozen=True)
class Start:
    """Where a way of working begins ("Mulai sebagai"): its name in accounts, the roles it fits, its page and what it
    asks of the page. A page that is not built yet gives way to the door.
    """

    name: str
    title: Text
    room: str
    roles: tuple[str, ...] = ROLES
    asks: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Beginning:
    """A start as it is for one reader: its title in words, the page, and the parameters of its address."""

    start: Start
    title: str
    room: Room
    params: dict[str, str]

    def address(self, language: str) -> str:
        """Relative to any page; it can be kept as a bookmark."""
        return f"{self.room.address}?{urlencode(self.params | in_language(language))}"


DOOR = Room("ringkasan", lambda _: _("Ringkasan"))
ROOMS = (
    DOOR,
    Room("perbandingan", lambda _: _("Perbandingan")),
    Room("capaian_target", lambda _: _("Capaian Target")),
    Room("proyek", lambda _: _("Proyek & Syarat Pencairan")),
    Room("bahan_rapat", lambda _: _("Bahan Rapat"), ("viewer", "branch", "opd", "inspector", "payer", "admin")),
    Room("data_definisi", lambda _: _("Data & Definisi")),
    Room("pengelolaan", lambda _: _("Pengelolaan"), ("admin",), needs_scope=False),
)
STARTS = (
    Start("pimpinan", lambda _: _("Pimpinan"), "ringkasan"),
    Start("cabang", lambda _: _("Kepala cabang"), "capaian_target", ("branch",)),
    Start("asisten", lambda _: _("Asisten rapat"), "bahan_rapat", ("viewer", "branch", "opd", "admin")),
    Start("opd", lambda _: _("OPD"), "proyek", ("opd",), {"bagian": "spk"}),
    Start("pembayar", lambda _: _("Pembayar"), "proyek", ("payer",), {"bagian": "cari"}),
    Start("inspektorat", lambda _: _("Inspektorat"), "proyek", ("inspector",), {"bagian": "temuan"}),
    Start("petugas", lambda _: _("Petugas data"), "data_definisi", ("steward", "admin")),
    Start("pengelola", lambda _: _("Pengelola"), "pengelolaan", ("admin",)),
)
# Where a role begins unless the account says otherwise.
USUAL_START = {
    "viewer": "pimpinan",
    "steward": "petugas",
    "branch": "cabang",
    "opd": "opd",
    "payer": "pembayar",
    "inspector": "inspektorat",
    "admin": "pimpinan",
}


def rooms_of(reader: Reader) -> list[Room]:
    """The pages that exist for this reader, in the order of the header."""
    return [room for room in ROOMS if reader.role in room.roles]


def pages_of(reader: Reader, language: str) -> list[Page]:
    """Those pages for st.navigation, the door first."""
    _ = translator(language)
    return [
        st.Page(room.path, title=room.title(_), url_path="" if room is DOOR else room.name, default=room is DOOR)
        for room in rooms_of(reader)
    ]


def room_at(page: Page, reader: Reader) -> Room | None:
    """The room behind a page of st.navigation; None for an address that is unknown or not for this reader."""
    return next((room for room in rooms_of(reader) if page.url_path == ("" if room is DOOR else room.name)), None)


def has_scope(grant: Grant) -> bool:
    """Whether there is anything this grant allows one to see."""
    return grant.areas != frozenset() and grant.owners != frozenset()


def in_language(language: str) -> dict[str, str]:
    """The parameter that keeps the language; none for Indonesian."""
    return {} if language == "id" else {"lang": language}


def beginnings_of(reader: Reader, edition: EditionKey | None, language: str) -> list[Beginning]:
    """All starts that fit the reader, the usual one first; who sits at the machine itself may begin as anybody.

    To an account two names of one address are one too many.
    """
    if reader == LOCAL:
        return [beginning for start in STARTS for beginning in _beginnings(start, reader, edition, language)]
    fitting = [start for start in STARTS if reader.role in start.roles or start.name == reader.start]
    if not has_scope(reader.grant):
        fitting = [start for start in fitting if not _room_of(start, reader).needs_scope]
    wanted = [reader.start, USUAL_START[reader.role]]
    fitting.sort(key=lambda start: wanted.index(start.name) if start.name in wanted else len(wanted))
    first: dict[str, Beginning] = {}
    for start in fitting:
        for beginning in _beginnings(start, reader, edition, language):
            first.setdefault(beginning.address(language), beginning)
    return list(first.values())


def usual_beginning(reader: Reader, edition: EditionKey | None, language: str) -> Beginning | None:
    """Where a bare address leads: as the account says, else as its role does. None: the door as it is."""
    every = beginnings_of(reader, edition, language)
    return every[0] if every and reader != LOCAL else None


def _beginnings(start: Start, reader: Reader, edition: EditionKey | None, language: str) -> list[Beginning]:
    _ = translator(language)
    room, title = _room_of(start, reader), start.title(_)
    if not room.needs_scope or edition is None or not cached.months(edition):
        return [Beginning(start, title, room, {**start.asks})]
    try:
        scope = cached.default_scope(edition)
    except OutsideScope:  # the edition knows none of the reader's places: the page says so
        return [Beginning(start, title, room, {**start.asks})]
    usual = {"place": scope.place} | ({"owner": scope.owner} if scope.owner else {})
    if start.name != "cabang":
        return [Beginning(start, title, room, usual | start.asks)]
    branches = _branches(reader, edition)
    told = [Beginning(start, branch.name, room, {"place": branch.code} | start.asks) for branch in branches]
    return told or [Beginning(start, title, room, usual | start.asks)]


def _branches(reader: Reader, edition: EditionKey) -> list[cached.Place]:
    """Those an account names, else those within its places."""
    seen = [place for place in cached.known_places(edition).values() if place.kind == "cabang"]
    own = [place for place in seen if place.code in (reader.grant.areas or ())]
    return own or seen


def _room_of(start: Start, reader: Reader) -> Room:
    return next((room for room in rooms_of(reader) if room.name == start.room), DOOR)


def go_to_beginning(reader: Reader, edition: EditionKey | None, pages: list[Page], language: str) -> None:
    """On first arrival at the bare address, the reader's own start; a link with parameters is obeyed as it is."""
    if st.session_state.get("arrived"):
        return
    st.session_state["arrived"] = True
    path = unquote(urlsplit(st.context.url or "").path).strip("/")
    if path or set(st.query_params) - {"lang"}:
        return
    beginning = usual_beginning(reader, edition, language)
    if beginning is None or (beginning.room is DOOR and beginning.start.name == "pimpinan"):
        return  # there one is already
    page = next(page for page in pages if room_at(page, reader) is beginning.room)
    st.switch_page(page, query_params=beginning.params | in_language(language))
