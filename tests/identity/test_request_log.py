"""A request is logged by what kind of address it asked for; nothing that a client typed gets into the log."""

import asyncio
import logging

import pytest

from identity.request_log import RequestLog, route

NIK = "1671010101900001"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/", "/"),
        ("/masuk", "/masuk"),
        ("/ringkasan", "/ringkasan"),
        ("/_stcore/stream", "/_stcore/stream"),
        (f"/_stcore/upload_file/{NIK}/{NIK}", "/_stcore/upload_file/{session}/{file}"),
        (f"/media/{NIK}.csv", "/media/{file}"),
        ("/static/js/index.js", "/static/{file}"),
        (f"/_stcore/{NIK}", "/_stcore/{other}"),
        (f"/{NIK}", "/{other}"),
        (f"/ringkasan/{NIK}", "/{other}"),
        (f"/media/{NIK}\nforged", "/{other}"),
        ("", "/{other}"),
    ],
)
def test_an_address_is_told_by_its_kind(path, told):
    assert route(path) == told


async def receive() -> dict:
    return {}


async def send(_message) -> None:
    """Nobody reads the answer."""


def log_of(caplog, scope: dict, *messages: dict, rewrites: bool = False) -> list[str]:
    """What is logged when the app answers a request of this scope with these messages."""

    async def app(scope, _receive, answer) -> None:
        if rewrites:
            scope["path"] = "/elsewhere"
        for message in messages:
            await answer(message)

    with caplog.at_level(logging.INFO, "cakupan.requests"):
        asyncio.run(RequestLog(app)(scope, receive, send))
    return [record.getMessage().rsplit(" ", 2)[0] for record in caplog.records]


def http(path: str, method: str = "GET") -> dict:
    return {"type": "http", "path": path, "method": method, "query_string": f"nik={NIK}".encode()}


def answer(status: int) -> dict:
    return {"type": "http.response.start", "status": status, "headers": []}


def test_method_kind_and_status_are_logged_and_no_query(caplog):
    assert log_of(caplog, http("/perbandingan"), answer(200)) == ["GET /perbandingan 200"]


def test_the_address_is_told_that_was_asked_for(caplog):
    assert log_of(caplog, http("/"), answer(200), rewrites=True) == ["GET / 200"]


def test_a_method_of_a_clients_own_is_not_quoted(caplog):
    assert log_of(caplog, http("/", NIK), answer(405)) == ["OTHER / 405"]


@pytest.mark.parametrize("path", ["/static/js/index.js", "/healthz", "/readyz", "/_stcore/health"])
def test_what_comes_all_the_time_is_logged_only_when_it_fails(caplog, path):
    assert log_of(caplog, http(path), answer(200)) == []
    assert len(log_of(caplog, http(path), answer(503))) == 1


def test_a_websocket_is_logged_when_it_ends_with_how_it_began(caplog):
    socket = {"type": "websocket", "path": "/_stcore/stream"}
    accepted = log_of(caplog, socket, {"type": "websocket.accept"}, {"type": "websocket.close"})
    assert accepted == ["WEBSOCKET /_stcore/stream 101"]


def test_a_refused_websocket_is_a_403(caplog):
    refused = log_of(caplog, {"type": "websocket", "path": "/_stcore/stream"}, {"type": "websocket.close"})
    assert refused == ["WEBSOCKET /_stcore/stream 403"]


def test_a_request_that_fails_is_logged_as_unanswered(caplog):
    async def app(_scope, _receive, _send) -> None:
        raise ValueError(NIK)

    with caplog.at_level(logging.INFO, "cakupan.requests"), pytest.raises(ValueError, match=NIK):
        asyncio.run(RequestLog(app)(http("/"), receive, send))
    assert caplog.records[0].getMessage().startswith("GET / 0 ")
    assert NIK not in caplog.text
