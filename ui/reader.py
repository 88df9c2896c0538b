"""Who looks at this screen: asked again at every rerun, so that a disabled account is out at once."""

from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from html import escape
from urllib.parse import quote, unquote, urlencode, urlsplit

import streamlit as st
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from data import accounts
from data.access import LOCAL, Reader
from data.config import current_config
from data.errors import CakupanError
from data.home import Home
from identity import connections, gate
from ui.texts import translator

LOCAL_MODE = "local"


class SignedOut(CakupanError):
    """The session that opened this page has ended, or its account may no longer sign in."""


def current() -> Reader:
    """The reader on whose behalf this script runs, with role and grant as they are now.

    Raises SignedOut, and CakupanError where somebody must sign in but no gate stands that could tell who it is.
    """
    home, owner = Home.from_environment(), _vouched_for()
    if current_config(home).identity.mode == LOCAL_MODE:
        if owner in (None, connections.LOCAL_OWNER):
            _bind(connections.LOCAL_OWNER)
            return LOCAL
    elif not gate.is_standing():
        raise CakupanError(
            "Pemasangan ini meminta orang masuk lebih dahulu (config.toml, bagian identity), dan itu hanya dijaga oleh "
            "server.py; jalankan: python server.py."
        )
    elif owner == connections.LOCAL_OWNER:
        raise CakupanError("Cara masuk dalam config.toml berubah sejak server dijalankan; jalankan ulang server.py.")
    now = datetime.now(UTC)
    account = accounts.session(home, owner, now) if owner else None
    if owner is None or account is None:
        raise SignedOut("Sesi Anda sudah berakhir; masuk lagi.")
    # Where nothing can be written one may still read, until the session has lain idle for too long.
    with suppress(CakupanError):
        accounts.touch(home, owner, now)
    _bind(owner)
    return account.reader()


def has_password() -> bool:
    """Whether accounts of this installation sign in with a password of their own."""
    return current_config(Home.from_environment()).identity.mode == "password"


def begin_run(reader: Reader) -> None:
    """Note who this rerun is for. A reader who is another than before, or sees other things, finds nothing of then."""
    if st.session_state.get("reader", reader) != reader:
        st.session_state.clear()
    st.session_state["reader"] = reader


def of_this_run() -> Reader:
    """What `current` found at the beginning of this rerun, for the page that it runs."""
    return st.session_state["reader"]


def _vouched_for() -> str | None:
    """The session that the gate vouches for. Without a gate the header is a client's own and says nothing."""
    return st.context.headers.get(gate.SESSION_HEADER) if gate.is_standing() else None


def _bind(owner: str) -> None:
    context = get_script_run_ctx()
    assert context is not None
    connections.bind(context.session_id, owner)


def show_signed_out(language: str) -> None:
    """In place of the whole screen: no number, no page, and the way back to where one was."""
    path = unquote(urlsplit(st.context.url or "").path).strip("/")
    tell = partial(_tell_signed_out, "/" + path, language)
    pages = [st.Page(tell, title="Cakupan", url_path="keluar", default=True)]
    if path and "/" not in path:
        # The address stays, so that the way back leads to it.
        pages.append(st.Page(tell, title="Cakupan", url_path=path))
    st.session_state.clear()
    st.navigation(pages, position="hidden").run()


def _tell_signed_out(path: str, language: str) -> None:
    _ = translator(language)
    params = st.query_params.to_dict()
    here = quote(path) + (f"?{urlencode(params)}" if params else "")
    kept = {"next": here} | ({} if language == "id" else {"lang": language})
    again = escape(_("Masuk lagi"))
    link = f'<a href="/masuk?{escape(urlencode(kept))}">{again}</a>'
    heading, reason = escape(_("Sesi Anda sudah berakhir")), escape(_("Masuk lagi untuk melanjutkan."))
    st.html(f'<div class="ck-empty"><h2>{heading}</h2><p>{reason}</p><p>{link}</p></div>')
