"""Files that a reader takes away: made and journaled at the moment they are taken.

That nobody else fetches them is seen to by ui.guards, for every file that a page makes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from data import accounts
from data.access import LOCAL, Reader
from data.errors import CakupanError
from data.exports import record_export
from data.home import Home
from identity import connections
from ui import reader as readers


@dataclass(frozen=True)
class Taker:
    """Who was shown the button. A file is made outside any run of a page, where nobody could be asked any more.

    `owner` is the session of the gate, as in identity.connections.
    """

    home: Home
    reader: Reader
    owner: str


def offer(
    text: str, read: Callable[[], bytes], name: str, mime: str, *, key: str, facts: dict[str, Any] | None = None
) -> None:
    """A download whose file is made only when somebody takes it. With `facts` it is journaled: what lies in the file
    and of which scope; a template that holds no numbers has none."""
    made = partial(take, taker_of_this_run(), read, name, facts)
    st.download_button(text, made, name, mime, key=key, on_click="ignore")


def taker_of_this_run() -> Taker:
    """The reader of this rerun, and the session that the gate vouched for."""
    context = get_script_run_ctx()
    owner = connections.owner_of(context.session_id) if context else None
    return Taker(Home.from_environment(), readers.of_this_run(), owner or connections.LOCAL_OWNER)


def session_of_this_run(reader: Reader) -> str | None:
    """The session by which a child proves the account of this rerun; None where nobody signs in."""
    return taker_of_this_run().owner if reader.is_authenticated else None


def take(taker: Taker, read: Callable[[], bytes], name: str, facts: dict[str, Any] | None) -> bytes:
    """The file's bytes, journaled before they leave. CakupanError when its reader is no longer the one who was shown
    the button, and when the journal cannot be written: then nobody gets the file."""
    _refuse_another(taker)
    content = read()
    if facts is not None:
        record_export(taker.home, taker.reader, name, content, facts)
    return content


def _refuse_another(taker: Taker) -> None:
    """The page may have been open for hours: the account may be out by now, or see less than it did."""
    if taker.reader == LOCAL and taker.owner == connections.LOCAL_OWNER:
        return
    account = accounts.session(taker.home, taker.owner, datetime.now(UTC))
    if account is None:
        raise CakupanError("Sesi Anda sudah berakhir; masuk lagi untuk mengunduh.")
    now = account.reader()
    if (now.name, now.role, now.grant) != (taker.reader.name, taker.reader.role, taker.reader.grant):
        raise CakupanError("Peran atau lingkup akun Anda berubah; muat ulang halaman sebelum mengunduh.")
