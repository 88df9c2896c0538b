"""What stands around every page: styles, name, language switch, the banner of demonstration data, the footer."""

from collections.abc import Sequence
from datetime import date, datetime
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import Page
from streamlit.runtime.pages_manager import PagesManager

from analytics.compute import Row
from data.home import JAKARTA as JAKARTA
from ui import formats
from ui.texts import LANGUAGES, translator

# Else the first reader after a start who opens a page by its own address gets that file alone: before st.navigation
# has run once, Streamlit takes a folder "pages" for its older way of making pages.
PagesManager.uses_pages_directory = False

STYLES = "<style>" + (Path(__file__).parent / "frame.css").read_text("utf-8") + "</style>"
# What an address says of one open project: another page begins without it, and so does the way back to the projects.
OF_A_DOSSIER: dict[str, str | None] = {"proyek": None, "bayar": None, "dari": None}
# And which part of a page is open: each page has parts of its own.
OF_A_PAGE = OF_A_DOSSIER | {"bagian": None, "isi": None, "hal": None}
OTHER_LANGUAGE = {"id": ("en", "English"), "en": ("id", "Indonesia")}


def language_in_url() -> str:
    """'id' or 'en' from ?lang=; Indonesian where it is absent or unknown."""
    wanted = st.query_params.get("lang", "id")
    return wanted if wanted in LANGUAGES else "id"


def is_dark() -> bool:
    """Whether the reader's screen shows the dark theme, for charts; the rest follows CSS."""
    return st.context.theme.type == "dark"


def show_styles(language: str) -> None:
    """What every page looks like, and what it says once the server no longer answers it: gone, or signed out."""
    _ = translator(language)
    told = escape(_("Sambungan terputus, atau Anda sudah keluar."))
    again = escape(_("Muat ulang halaman"))
    st.html(f'{STYLES}<div class="ck-offline" role="alert">{told} <a href="">{again}</a></div>')


def show_header(pages: Sequence[Page], here: Page, language: str) -> DeltaGenerator:
    """Name of the product, the way between its pages and the link to the other language; both keep the scope.

    Returns the place for the menu of the account, which waits for the edition.
    """
    _ = translator(language)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="brand"):
        about = _("Perlindungan jaminan sosial pekerja jasa konstruksi")
        st.html(f'<div class="ck-brand"><b>Cakupan</b><span>{escape(about)}</span></div>', width="content")
        account = st.container(width="content")
        code, name = OTHER_LANGUAGE[language]
        # A real navigation, not a page link: the document itself says in which language it is.
        address = "?" + urlencode(url_with(lang=None if code == "id" else code))
        link = f'<a href="{escape(address)}" hreflang="{code}" lang="{code}">{escape(name)}</a>'
        st.html(f'<div class="ck-language">{link}</div>', width="content")
    with st.container(horizontal=True, vertical_alignment="center", key="pages"):
        for page in pages:
            _show_way(page, is_here=page is here)
    return account


def _show_way(page: Page, *, is_here: bool) -> None:
    if is_here:
        st.html(f'<span class="ck-here" aria-current="page">{escape(page.title)}</span>', width="content")
    else:
        st.page_link(page, label=page.title, query_params=url_with(**OF_A_PAGE))


def keep_address() -> None:
    """Write changed parameters into the browser's address, as a step that Back undoes.

    Streamlit 1.67 reruns a link to the page one is on with the link's parameters but leaves the address bar alone; it
    moves to what the server says, and only where that differs.
    """
    now = st.query_params.to_dict()
    if st.session_state.get("address", now) != now:
        st.query_params.from_dict(now)
    st.session_state["address"] = now


def url_with(**changes: str | None) -> dict[str, str]:
    """The parameters of this screen's address with some replaced; None takes one out."""
    changed = {**st.query_params.to_dict(), **changes}
    return {name: value for name, value in changed.items() if value is not None}


def show_demo_banner(language: str) -> None:
    """The two words stay Indonesian in every language, so that nobody can miss them on a copy."""
    _ = translator(language)
    explained = _("Angka pada halaman ini dibuat untuk peragaan dan bukan keadaan sebenarnya.")
    st.html(f'<div class="ck-demo" role="note"><b>DATA CONTOH</b> · {escape(explained)}</div>')


def show_footer(meta: dict[str, str], latest: Row | None, language: str) -> None:
    """Which edition the numbers come from, and of what day the `latest` figure of the home place is."""
    _ = translator(language)
    published = datetime.fromisoformat(meta["published_at"]).astimezone(JAKARTA)
    text = _("Edisi {number}, diterbitkan {published}, dihitung per {as_of}.").format(
        number=meta["number"],
        published=formats.day(published.date(), language),
        as_of=formats.day(date.fromisoformat(meta["as_of"]), language),
    )
    if latest:
        last = _("Angka terakhir {place}: posisi {day}.")
        text += " " + last.format(place=latest.label, day=formats.day(latest.as_of, language))
    st.html(f'<div class="ck-footer">{escape(text)}</div>')
