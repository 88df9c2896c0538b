"""Streamlit's own doors behind the gate, narrowed: what it does or gives for an id, it does for whose it is.

Streamlit 1.67 runs another session's deferred download for whoever sends its id, gives a file in memory to whoever has
its address, takes a fingerprint of parts of a large file for the file, and lets any browser empty the caches of all.
It also throws a file away before its maker has fetched it, as soon as two other readers have moved on.
"""

import hashlib
import time
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse, ForwardMsg
from streamlit.runtime import memory_media_file_storage
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.backend_operation_handler import DeferredFileHandler
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from identity import connections

# What a page in a browser says in the ordinary course; emptying everybody's caches or asking for git is not of it.
MESSAGES = ("rerun_script", "stop_script", "file_urls_request", "app_heartbeat", "backend_operation_request")
OPERATIONS = ("deferred_file", "dataframe_chunk")
NOBODY = ""

# So long a file made for a download stays, whoever comes and goes; a browser asks for it within the second.
KEPT_SECONDS = 60

# For whom a file is made in a thread where no script runs.
_made_for: ContextVar[str] = ContextVar("made_for", default=NOBODY)
_made_at: dict[str, float] = {}


def install() -> None:
    """Put the guards in place, once a process, before the first reader comes."""
    if getattr(AppSession.handle_backmsg, "is_guarded", False):
        return
    memory_media_file_storage._calculate_file_id = own_file_id
    MediaFileManager.add = _given_to_maker(MediaFileManager.add)
    MediaFileManager.execute_deferred = _kept_a_while(_given_to_maker(MediaFileManager.execute_deferred))
    MediaFileManager._get_inactive_file_ids = _spare_young(MediaFileManager._get_inactive_file_ids)
    DeferredFileHandler.handle = _only_own(DeferredFileHandler.handle)
    AppSession.handle_backmsg = _only_ordinary(AppSession.handle_backmsg)


def farewell() -> bytes:
    """A message that has the browser load its page anew: the gate then shows the sign-in page, and no number stays."""
    message = ForwardMsg()
    # To an empty address: the one where the browser is.
    message.auth_redirect.SetInParent()
    return message.SerializeToString()


def own_file_id(data: bytes, mimetype: str, filename: str | None = None) -> str:
    """An id from the whole file and whose it is: no two files share one, and no two readers a file."""
    parts = (_maker(), mimetype, filename or "", str(len(data)))
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass") + b"\0")
    digest.update(data)
    return digest.hexdigest()


def _maker() -> str:
    """The owner of the session that makes a file now; NOBODY when no session was bound, as in tests of a page."""
    context = get_script_run_ctx(suppress_warning=True)
    return connections.owner_of(context.session_id) or NOBODY if context else _made_for.get()


def _given_to_maker(make: Callable[..., str]) -> Callable[..., str]:
    @wraps(make)
    def made(*arguments: Any, **named: Any) -> str:
        url = make(*arguments, **named)
        if maker := _maker():
            connections.give_file(_file_id(url), maker)
        return url

    return made


def _file_id(url: str) -> str:
    return url.rsplit("/", 1)[-1].split(".", 1)[0]


def _kept_a_while(make: Callable[..., str]) -> Callable[..., str]:
    @wraps(make)
    def made(*arguments: Any, **named: Any) -> str:
        url = make(*arguments, **named)
        _made_at[_file_id(url)] = time.monotonic()
        return url

    return made


def _spare_young(inactive: Callable[..., set[str]]) -> Callable[..., set[str]]:
    """A file made on request belongs to no session's page, so the second page that ends, anybody's, removed it."""

    @wraps(inactive)
    def older(self: MediaFileManager) -> set[str]:
        limit = time.monotonic() - KEPT_SECONDS
        for file_id in [file_id for file_id, made_at in _made_at.copy().items() if made_at < limit]:
            _made_at.pop(file_id, None)
        return inactive(self) - _made_at.keys()

    return older


def _only_own(handle: Callable[..., Any]) -> Callable[..., Any]:
    """Streamlit's handler asks whether there is such a download, not whether it is this session's."""

    @wraps(handle)
    async def handled(self: DeferredFileHandler, request: Any, session_id: str) -> Any:
        manager = self._get_media_file_mgr()
        deferred = manager._deferred_callables.get(request.deferred_file.file_id)
        if deferred is None or deferred["session_id"] != session_id:
            return BackendOperationResponse(
                request_id=request.request_id, error_msg="Failed to generate file for download"
            )
        _made_for.set(connections.owner_of(session_id) or NOBODY)
        return await handle(self, request, session_id)

    return handled


def _only_ordinary(handle: Callable[..., None]) -> Callable[..., None]:
    @wraps(handle)
    def handled(self: AppSession, message: BackMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "backend_operation_request":
            kind = message.backend_operation_request.WhichOneof("payload")
            if kind not in OPERATIONS:
                return
        elif kind not in MESSAGES:
            return
        handle(self, message)

    handled.is_guarded = True  # type: ignore[attr-defined]
    return handled
