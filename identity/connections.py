"""Which Streamlit session and which file in memory belongs to whom.

An owner is the id of a session of the gate, or LOCAL_OWNER in an installation without sign-in. Streamlit itself asks
for no more than an id, and an id is no secret: it stands in addresses.
"""

from collections import OrderedDict
from threading import Lock

from data.errors import CakupanError

LOCAL_OWNER = "lokal"
# Far more than are ever open at once; what was forgotten is refused, never given to another.
REMEMBERED = 20_000

_LOCK = Lock()
_owner_of_session: OrderedDict[str, str] = OrderedDict()
_owners_of_file: OrderedDict[str, set[str]] = OrderedDict()


def bind(streamlit_session_id: str, owner: str) -> None:
    """Say whose Streamlit session this is, at each of its runs; CakupanError when it is another's."""
    with _LOCK:
        if _owner_of_session.setdefault(streamlit_session_id, owner) != owner:
            raise CakupanError("Halaman ini dibuka oleh orang lain; muat ulang halaman.")
        _keep_newest(_owner_of_session, streamlit_session_id)


def owner_of(streamlit_session_id: str) -> str | None:
    """Whose Streamlit session this is; None when nobody bound it."""
    with _LOCK:
        return _owner_of_session.get(streamlit_session_id)


def give_file(media_file_id: str, owner: str) -> None:
    """Let this owner fetch a file in memory. Equal files have equal ids, so one may have several owners."""
    with _LOCK:
        _owners_of_file.setdefault(media_file_id, set()).add(owner)
        _keep_newest(_owners_of_file, media_file_id)


def may_fetch(media_file_id: str, owner: str) -> bool:
    """Whether this file was made for this owner."""
    with _LOCK:
        return owner in _owners_of_file.get(media_file_id, ())


def forget(owner: str) -> None:
    """An ended session keeps nothing: none of its Streamlit sessions is resumed, none of its files fetched."""
    with _LOCK:
        for session in [session for session, whose in _owner_of_session.items() if whose == owner]:
            del _owner_of_session[session]
        for owners in _owners_of_file.values():
            owners.discard(owner)


def _keep_newest(known: OrderedDict, key: str) -> None:
    known.move_to_end(key)
    if len(known) > REMEMBERED:
        known.popitem(last=False)
