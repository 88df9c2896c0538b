"""Streamlit's own doors behind the gate: each session reaches what is its own."""

import asyncio
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse
from streamlit.runtime import media_file_manager, memory_media_file_storage
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.backend_operation_handler import DeferredFileHandler
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from identity import connections
from ui import guards

MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def _guarded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The guards for one test; what Streamlit had is put back."""
    for owner, name in (
        (memory_media_file_storage, "_calculate_file_id"),
        (MediaFileManager, "add"),
        (MediaFileManager, "execute_deferred"),
        (MediaFileManager, "_get_inactive_file_ids"),
        (DeferredFileHandler, "handle"),
        (AppSession, "handle_backmsg"),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    guards.install()
    connections.bind("page of siti", "siti")
    connections.bind("page of tono", "tono")
    yield
    connections.forget("siti")
    connections.forget("tono")


@pytest.fixture
def storage() -> MemoryMediaFileStorage:
    return MemoryMediaFileStorage("/media")


@pytest.fixture
def manager(storage: MemoryMediaFileStorage) -> MediaFileManager:
    return MediaFileManager(storage)


@pytest.fixture
def on_page(monkeypatch: pytest.MonkeyPatch) -> Any:
    """on_page('page of siti'): what follows is done by the script of this session."""

    def running(session: str | None) -> None:
        context = SimpleNamespace(session_id=session) if session else None
        monkeypatch.setattr(guards, "get_script_run_ctx", lambda **_: context)
        monkeypatch.setattr(media_file_manager, "_get_session_id", lambda: session)

    return running


def file_id(url: str) -> str:
    return url.removeprefix("/media/").split(".")[0]


def test_a_file_that_a_page_makes_is_given_to_its_reader(manager: MediaFileManager, on_page: Any) -> None:
    on_page("page of siti")
    made = file_id(manager.add(b"numbers", "text/csv", "1.1", file_name="a.csv", is_for_static_download=True))
    assert [connections.may_fetch(made, owner) for owner in ("siti", "tono")] == [True, False]


def test_a_file_of_nobodys_page_is_given_to_nobody(manager: MediaFileManager, on_page: Any) -> None:
    on_page("page of nobody")
    made = file_id(manager.add(b"numbers", "text/csv", "1.1"))
    assert not connections.may_fetch(made, "")


def test_two_large_files_that_differ_in_the_middle_are_two_files(
    manager: MediaFileManager, storage: MemoryMediaFileStorage, on_page: Any
) -> None:
    on_page("page of siti")
    first, second = bytearray(3 * MEGABYTE), bytearray(3 * MEGABYTE)
    second[MEGABYTE // 2] = 1
    urls = [manager.add(bytes(data), "text/csv", "1.1", file_name="a.csv") for data in (first, second)]
    assert urls[0] != urls[1]
    assert [storage.get_file(file_id(url)).content[MEGABYTE // 2] for url in urls] == [0, 1]


def test_equal_files_of_two_readers_have_two_addresses(manager: MediaFileManager, on_page: Any) -> None:
    urls = []
    for session in ("page of siti", "page of tono"):
        on_page(session)
        urls.append(manager.add(b"numbers", "text/csv", "1.1", file_name="a.csv"))
    assert urls[0] != urls[1]


def request_of(deferred_id: str) -> Any:
    message = BackMsg()
    message.backend_operation_request.request_id = "1"
    message.backend_operation_request.deferred_file.file_id = deferred_id
    return message.backend_operation_request


def test_a_deferred_download_is_made_for_its_own_page_only(manager: MediaFileManager, on_page: Any) -> None:
    made: list[str] = []
    on_page("page of siti")
    deferred = manager.add_deferred(lambda: made.append("file") or b"numbers", "text/csv", "1.1", file_name="a.csv")
    on_page(None)
    handler = DeferredFileHandler(lambda: manager)

    def taken_by(session: str) -> BackendOperationResponse:
        return asyncio.run(handler.handle(request_of(deferred), session))

    for session in ("page of tono", "page of nobody", ""):
        assert taken_by(session).error_msg == "Failed to generate file for download"
    assert made == []
    answer = taken_by("page of siti")
    assert made == ["file"]
    assert [connections.may_fetch(file_id(answer.deferred_file.url), who) for who in ("siti", "tono")] == [True, False]


def test_a_file_made_on_request_outlives_other_pages_that_end_until_it_is_old(
    manager: MediaFileManager, storage: MemoryMediaFileStorage, on_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(guards.time, "monotonic", lambda: now)
    on_page("page of siti")
    made = file_id(manager.execute_deferred(manager.add_deferred(lambda: b"numbers", "text/csv", "1.1")))
    for _ in range(3):
        manager.remove_orphaned_files()
    assert storage.get_file(made).content == b"numbers"
    now += guards.KEPT_SECONDS + 1
    for _ in range(2):
        manager.remove_orphaned_files()
    with pytest.raises(MediaFileStorageError):
        storage.get_file(made)


def test_an_unknown_deferred_download_is_none(manager: MediaFileManager) -> None:
    handler = DeferredFileHandler(lambda: manager)
    answer = asyncio.run(handler.handle(request_of("unknown"), "page of siti"))
    assert answer.error_msg == "Failed to generate file for download"


def messages() -> dict[str, BackMsg]:
    """One message of every kind that Streamlit's protocol has."""
    found = {}
    for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields:
        message = BackMsg()
        if field.message_type is None:
            setattr(message, field.name, True)
        else:
            getattr(message, field.name).SetInParent()
        found[field.name] = message
    for field in BackMsg().backend_operation_request.DESCRIPTOR.oneofs_by_name["payload"].fields:
        message = BackMsg()
        getattr(message.backend_operation_request, field.name).SetInParent()
        found[field.name] = message
    return found


def test_a_page_says_what_it_ordinarily_says_and_nothing_else() -> None:
    heard: list[str] = []
    listen = guards._only_ordinary(lambda _session, message: heard.append(message.WhichOneof("type")))
    passed = set()
    for kind, message in messages().items():
        heard.clear()
        listen(None, message)
        if heard:
            passed.add(kind)
    assert passed == {
        "rerun_script",
        "stop_script",
        "file_urls_request",
        "app_heartbeat",
        "deferred_file",
        "dataframe_chunk",
    }
    assert {"clear_cache", "load_git_info", "set_run_on_save", "install_skills"} <= messages().keys() - passed


def test_the_guards_are_put_in_place_once() -> None:
    before = AppSession.handle_backmsg
    guards.install()
    assert AppSession.handle_backmsg is before
