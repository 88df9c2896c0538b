"""A websocket passes the gate before it is accepted, goes on only while its session lasts, and resumes only its own."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from data import accounts
from data.accounts import Account
from data.home import Home
from identity import connections, sockets
from identity.gate import Gate
from tests.identity.asgi import HOST, OWN, Socket, asked, form
from tests.identity.test_sign_in import token_of

ACCEPT = {"type": "websocket.accept"}
REFUSED = {"type": "websocket.close", "code": 1008}
MINE, THEIRS = "1" * 36, "2" * 36


def first_answer(gate: Any, headers: Any = None, **more: Any) -> Any:
    async def connect() -> Any:
        async with Socket(gate, headers, **more) as socket:
            return socket.first

    return asyncio.run(connect())


def owner_of(cookie: dict[str, str]) -> str:
    return accounts.session_id_of(cookie["cookie"].partition("=")[2])


def test_in_local_mode_this_machine_connects(local_gate: Any) -> None:
    assert first_answer(local_gate[0], OWN) == ACCEPT
    assert first_answer(local_gate[0]) == ACCEPT


@pytest.mark.parametrize(
    "headers",
    [
        OWN,
        OWN | {"cookie": "cakupan_sesi=forged"},
        OWN | {"x-cakupan-session": "forged"},
        OWN | {"sec-websocket-protocol": f"streamlit, x, {MINE}"},
    ],
)
def test_nobody_connects_without_a_session(password_gate: Any, headers: Any) -> None:
    front, app = password_gate
    assert first_answer(front, headers) == REFUSED
    assert app.scopes == []


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"origin": "http://evil.example"},
        {"origin": "http://localhost:3000"},
        {"origin": "null"},
        {"origin": ""},
        OWN | {"host": "evil.example"},
        OWN | {"sec-fetch-site": "cross-site"},
    ],
)
def test_only_a_page_of_ours_connects(password_gate: Any, signed_in: Any, said: dict[str, str]) -> None:
    front, app = password_gate
    assert first_answer(front, signed_in("siti") | said) == REFUSED
    assert app.scopes == []


@pytest.mark.parametrize("path", ["/", "/perbandingan", "/_stcore/health", "/_stcore/stream/", "/_stcore/agent/mcp"])
def test_there_is_one_websocket(local_gate: Any, password_gate: Any, signed_in: Any, path: str) -> None:
    for (front, app), cookie in ((local_gate, {}), (password_gate, signed_in("siti"))):
        assert first_answer(front, cookie | OWN, path=path) == REFUSED
        assert app.scopes == []


def test_who_has_to_choose_a_password_does_not_connect(password_gate: Any, signed_in: Any) -> None:
    assert first_answer(password_gate[0], signed_in("dewi") | OWN) == REFUSED


def test_the_app_learns_the_session_and_nothing_that_a_client_says_of_it(password_gate: Any, signed_in: Any) -> None:
    front, app = password_gate
    siti = signed_in("siti")
    forged = [(b"x-cakupan-session", b"forged"), (b"x_cakupan_session", b"forged"), (b"host", HOST.encode())]
    said = [(name.encode(), value.encode()) for name, value in (siti | OWN).items()]
    assert first_answer(front, forged + said + forged[:2]) == ACCEPT
    assert app.header("x-cakupan-session") == [owner_of(siti)]
    assert app.header("x_cakupan_session") == app.header("cookie") == []


def test_another_readers_streamlit_session_is_not_resumed(password_gate: Any, signed_in: Any) -> None:
    front, app = password_gate
    siti, tono = signed_in("siti"), signed_in("tono")
    connections.bind(MINE, owner_of(siti))
    connections.bind(THEIRS, owner_of(tono))
    resumed = {}
    for session in (MINE, THEIRS, "3" * 36):
        first_answer(front, siti | OWN | {"sec-websocket-protocol": f"streamlit, token, {session}"})
        resumed[session] = app.header("sec-websocket-protocol")
    assert resumed == {
        MINE: [f"streamlit, token, {MINE}"],
        THEIRS: ["streamlit, token"],
        "3" * 36: ["streamlit, token"],
    }


def test_a_session_named_in_a_second_header_is_not_resumed_either(password_gate: Any, signed_in: Any) -> None:
    front, app = password_gate
    connections.bind(THEIRS, owner_of(signed_in("tono")))
    headers = [(name.encode(), value.encode()) for name, value in (signed_in("siti") | OWN | {"host": HOST}).items()]
    protocols = [(b"sec-websocket-protocol", b"streamlit, x"), (b"sec-websocket-protocol", THEIRS.encode())]
    first_answer(front, headers + protocols)
    assert app.header("sec-websocket-protocol") == ["streamlit, x"]


def test_streamlit_finds_host_and_origin_equal_behind_a_proxy_that_drops_the_port(
    gated: Any, shared_home: Any, signed_in: Any
) -> None:
    settings = '[identity]\nmode = "password"\n[server]\npublic_url = "http://cakupan.contoh.go.id:8443"\n'
    front, app = gated(shared_home, settings)
    public = {"host": "cakupan.contoh.go.id", "origin": "http://cakupan.contoh.go.id:8443"}
    assert first_answer(front, signed_in("siti") | public) == ACCEPT
    assert app.header("host") == ["cakupan.contoh.go.id:8443"]


def test_each_message_passes_while_the_session_lasts_and_none_after(
    password_gate: Any, signed_in: Any, shared_home: Any
) -> None:
    front, app = password_gate
    siti = signed_in("siti")

    async def talk() -> list[Any]:
        async with Socket(front, siti | OWN) as socket:
            first = await socket.say()
            accounts.end_session(shared_home, owner_of(siti))
            return [first, await socket.say()]

    assert asyncio.run(talk()) == [{"type": "websocket.send", "bytes": b"numbers"}, REFUSED]
    assert [message["type"] for message in app.messages] == ["websocket.receive", "websocket.disconnect"]


def test_a_page_that_only_lies_open_is_closed_as_well(
    password_gate: Any, signed_in: Any, shared_home: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "IDLE_CHECK_SECONDS", 0.01)
    siti = signed_in("siti")

    async def wait() -> Any:
        async with Socket(password_gate[0], siti | OWN) as socket:
            accounts.end_session(shared_home, owner_of(siti))
            return await socket.next()

    assert asyncio.run(wait()) == REFUSED


def test_who_is_sent_away_is_told_so_first(gated: Any, shared_home: Any, signed_in: Any) -> None:
    built, app = gated(shared_home, '[identity]\nmode = "password"\n')
    front, siti = Gate(app, shared_home, built.config, farewell=b"go away"), signed_in("siti")

    async def sign_out() -> list[Any]:
        async with Socket(front, siti | OWN) as socket:
            page = await asked(front, "/keluar", headers=siti)
            await asked(front, "/keluar", **form({"token": token_of(page)}, siti["cookie"]))
            return [await socket.next(), await socket.next()]

    assert asyncio.run(sign_out()) == [{"type": "websocket.send", "bytes": b"go away"}, REFUSED]


def test_what_the_app_still_says_after_the_end_reaches_nobody(
    password_gate: Any, signed_in: Any, shared_home: Any
) -> None:
    front, _ = password_gate
    siti = signed_in("siti")
    told: list[BaseException] = []

    async def app(_scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        accounts.end_session(shared_home, owner_of(siti))
        try:
            await send({"type": "websocket.send", "bytes": b"numbers"})
        except OSError as ended:
            told.append(ended)
        assert (await receive())["type"] == "websocket.disconnect"

    front.app = app

    async def listen() -> list[Any]:
        async with Socket(front, siti | OWN) as socket:
            return [socket.first, await socket.next()]

    assert asyncio.run(listen()) == [ACCEPT, REFUSED]
    assert len(told) == 1


def test_one_session_does_not_open_pages_without_end(
    password_gate: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "MOST_OF_A_SESSION", 2)
    siti, tono = signed_in("siti") | OWN, signed_in("tono") | OWN

    async def many() -> list[str]:
        async with (
            Socket(password_gate[0], siti),
            Socket(password_gate[0], siti) as second,
            Socket(password_gate[0], siti) as third,
            Socket(password_gate[0], tono) as anothers,
        ):
            told = [second.first["type"], third.first["type"], anothers.first["type"]]
        async with Socket(password_gate[0], siti) as later:
            return [*told, later.first["type"]]

    assert asyncio.run(many()) == ["websocket.accept", "websocket.close", "websocket.accept", "websocket.accept"]


def test_signing_out_closes_the_open_pages_of_that_session_only(password_gate: Any, signed_in: Any) -> None:
    front, _ = password_gate
    here, elsewhere = signed_in("siti"), signed_in("siti")
    connections.bind(MINE, owner_of(here))

    async def sign_out() -> list[Any]:
        async with Socket(front, here | OWN) as mine, Socket(front, elsewhere | OWN) as other:
            page = await asked(front, "/keluar", headers=here)
            await asked(front, "/keluar", **form({"token": token_of(page)}, here["cookie"]))
            return [await mine.next(), await other.say()]

    assert asyncio.run(sign_out()) == [REFUSED, {"type": "websocket.send", "bytes": b"numbers"}]
    assert connections.owner_of(MINE) is None


def test_disabling_an_account_closes_every_page_of_it(gated: Any, tmp_path: Any) -> None:
    home = Home(tmp_path)
    accounts.add(home, Account("rina", "Rina", "viewer", places=("16",)), "empat kata acak saja")
    front, _ = gated(home, '[identity]\nmode = "password"\n')
    cookie = {"cookie": f"cakupan_sesi={accounts.open_session(home, 'rina', '', datetime.now(UTC))}"}

    async def disable() -> Any:
        async with Socket(front, cookie | OWN) as socket:
            accounts.disable(home, "rina")
            return await socket.say()

    assert asyncio.run(disable()) == REFUSED
