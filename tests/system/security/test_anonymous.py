"""Nobody signed in: what the server says to whoever knows its address, and to headers that claim to be somebody."""

import socket
from collections.abc import Iterator

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidHandshake
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from data import accounts
from tests.system.security.conftest import ALFA, BETA, SESSION_COOKIE, Office, said
from tests.system.security.wire import WAIT_SECONDS, Heard, ask, hear

OPEN_TO_ALL = ("/masuk", "/healthz", "/readyz", "/_stcore/health")
INSIDE = (
    "/",
    "/perbandingan",
    "/pengelolaan",
    "/index.html",
    "/static/js/index.js",
    "/favicon.png",
    "/_stcore/host-config",
    "/_stcore/stream",
    "/media/0123456789abcdef0123456789abcdef.csv",
    "/_stcore/upload_file/00000000-0000-4000-8000-000000000000/00000000-0000-4000-8000-000000000000",
    "/keluar",
    "/sandi",
)
# Doors of the framework that nobody needs, signed in or not.
CLOSED = (
    "/_stcore/metrics",
    "/_stcore/metrics?families=cache_memory_bytes",
    "/_stcore/script-health-check",
    "/_stcore/agent/interact",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/mcp",
    "/_stcore/bidi-components/x/y.js",
    "/_stcore/upload_file",
    "/_stcore/anything",
    "/component/x/index.html",
    "/app/static/dashboard.py",
    "/oauth2callback",
    "/auth/login",
    "/auth/logout",
    "/openapi.json",
)
TRICKS = (
    b"/..%2f..%2fdata/access.py",
    b"/%2e%2e/%2e%2e/etc/passwd",
    b"/static/../../../../etc/passwd",
    b"/static/..%2f..%2f..%2fetc%2fpasswd",
    b"/static/%2e%2e/%2e%2e/server.py",
    b"/static\\..\\..\\server.py",
    b"/static/..\\..\\server.py",
    b"/media/../../ledger.duckdb",
    b"/media/..%2f..%2fledger.duckdb",
    b"//etc/passwd",
    b"//_stcore/metrics",
    b"/./_stcore/metrics",
    b"/masuk/../_stcore/metrics",
    b"/masuk/..;/_stcore/metrics",
    b"/_stcore/health/../metrics",
    b"/_stcore%2fmetrics",
    b"/_stcore/metrics%00",
    b"/_stcore/metrics/",
    b"/_STCORE/metrics",
    b"/%5fstcore/metrics",
    b"/masuk%00",
    b"/masuk%2f..%2f",
    b"/healthz/../readyz",
    b"/\\evil.example",
    b"/" + b"a" * 9_000,
    b"/" + b"../" * 200 + b"etc/passwd",
    b"http://127.0.0.1/_stcore/metrics",
    b"http://evil.example/",
    b"file:///etc/passwd",
    b"*",
)
IDENTITY_HEADERS = (
    "X-Cakupan-Session",
    "x-cakupan-session",
    "X_Cakupan_Session",
    "X-Forwarded-User",
    "X-Forwarded-Email",
    "X-Forwarded-Preferred-Username",
    "X-Remote-User",
    "Remote-User",
    "REMOTE_USER",
    "X-Auth-Request-User",
    "X-Auth-Request-Email",
    "X-Streamlit-User",
    "Authorization",
    "X-Original-URL",
    "X-Rewrite-URL",
    "X-HTTP-Method-Override",
    "X-Cakupan-Proxy-Key",
)
TELLS = (b'<div id="root">', b"root:x:", b"from data", b"# TYPE ", ALFA.encode(), BETA.encode())


def tells_nothing(answer: Heard) -> bool:
    return not any(mark in answer.body for mark in TELLS)


@pytest.mark.parametrize("path", OPEN_TO_ALL)
def test_what_is_open_to_all_says_nothing_of_the_data(office: Office, path: str) -> None:
    answer = office.get(path)
    assert answer.status == 200
    assert tells_nothing(answer)


@pytest.mark.parametrize("path", INSIDE)
def test_nothing_else_is_given_to_a_stranger(office: Office, path: str) -> None:
    for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"):
        answer = office.get(path, "Accept: */*", f"Origin: http://127.0.0.1:{office.port}", method=method)
        assert answer.status in (303, 401, 403, 404, 405), (method, answer.status)
        assert tells_nothing(answer)


@pytest.mark.parametrize("path", ["/", "/perbandingan?place=16.71&month=2024-07"])
def test_a_person_is_led_to_the_sign_in_page(office: Office, path: str) -> None:
    answer = office.get(path, "Accept: text/html", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document")
    assert answer.status == 303
    assert answer.first("location").startswith("/masuk")
    assert tells_nothing(answer)


@pytest.mark.parametrize("path", CLOSED)
@pytest.mark.parametrize("who", ["", "kota", "kelola"])
def test_the_frameworks_own_doors_are_closed_to_everybody(office: Office, path: str, who: str) -> None:
    signed_in = [f"Cookie: {office.cookie(who)}"] if who else []
    for method in ("GET", "POST", "OPTIONS"):
        own = f"Origin: http://127.0.0.1:{office.port}"
        answer = office.get(path, own, *signed_in, method=method)
        assert answer.status in ((404, 405) if who else (401, 404, 405)), (method, answer.status)
        assert tells_nothing(answer)
        assert b"openmetrics" not in b"".join(value.encode() for _, value in answer.headers)


@pytest.mark.parametrize("path", TRICKS)
@pytest.mark.parametrize("who", ["", "kota"])
def test_no_spelling_of_an_address_leads_around_the_gate(office: Office, path: bytes, who: str) -> None:
    signed_in = [f"Cookie: {office.cookie(who)}"] if who else []
    answer = office.get(path, *signed_in)
    assert answer.status >= 400 or (answer.status == 303 and answer.first("location").startswith("/masuk"))
    assert tells_nothing(answer)


@pytest.mark.parametrize("header", IDENTITY_HEADERS)
def test_a_header_that_names_somebody_names_nobody(office: Office, header: str) -> None:
    session_id = accounts.session_id_of(office.token("kelola"))
    for value in (session_id, "kelola", "/_stcore/host-config"):
        for lines in ((f"{header}: {value}",), (f"{header}: x", f"{header}: {value}")):
            answer = office.get("/_stcore/host-config", *lines)
            assert answer.status == 401
            with pytest.raises(InvalidHandshake):
                socket_to(office, headers=[(line.split(": ")[0], line.split(": ")[1]) for line in lines])


@pytest.mark.parametrize("header", IDENTITY_HEADERS)
def test_a_signed_in_reader_becomes_nobody_else_by_a_header(office: Office, header: str) -> None:
    other = accounts.session_id_of(office.token("opd.beta"))
    for value in (other, "opd.beta"):
        forged = [("Cookie", office.cookie("kota")), (header, value), (header, value)]
        with opened(office, forged) as connection:
            assert BETA not in first_page(connection)


def socket_to(
    office: Office,
    *,
    headers: list[tuple[str, str]],
    origin: str | None = "",
    protocols: tuple[str, ...] = ("streamlit",),
) -> None:
    """Open a websocket as this client would, and close it; InvalidHandshake when it is refused."""
    with opened(office, headers, origin=origin, protocols=protocols):
        pass


def opened(
    office: Office,
    headers: list[tuple[str, str]],
    *,
    origin: str | None = "",
    protocols: tuple[str, ...] = ("streamlit",),
) -> ClientConnection:
    own = f"http://127.0.0.1:{office.port}"
    return connect(
        f"ws://127.0.0.1:{office.port}/_stcore/stream",
        origin=None if origin is None else Origin(origin or own),
        additional_headers=headers,
        subprotocols=[Subprotocol(name) for name in protocols],
        compression=None,
        max_size=None,
    )


def first_page(connection: ClientConnection) -> str:
    """Everything that comes until the script has finished."""
    request = BackMsg()
    request.rerun_script.query_string = "month=2024-07"
    connection.send(request.SerializeToString())
    frames: list[bytes] = []
    while True:
        frames.append(connection.recv(timeout=WAIT_SECONDS, decode=False))
        message = ForwardMsg.FromString(frames[-1])
        if message.HasField("script_finished") and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
            return b"".join(frames).decode("utf-8", "replace")


FOREIGN_ORIGINS = (
    "http://evil.example",
    "null",
    "http://127.0.0.1",
    "http://127.0.0.1:1",
    "http://127.0.0.1.evil.example",
    "http://evil.example/127.0.0.1",
    "file://",
)


def test_a_websocket_without_a_session_is_refused_before_it_opens(office: Office) -> None:
    for cookie in (
        "",
        f"{SESSION_COOKIE}=",
        f"{SESSION_COOKIE}=x",
        "_streamlit_user=x",
        f"{SESSION_COOKIE}={'0' * 64}",
    ):
        with pytest.raises(InvalidHandshake):
            socket_to(office, headers=[("Cookie", cookie)] if cookie else [])


@pytest.mark.parametrize("origin", [*FOREIGN_ORIGINS, None])
def test_a_page_of_another_site_opens_no_websocket_in_a_readers_name(office: Office, origin: str | None) -> None:
    with pytest.raises(InvalidHandshake):
        socket_to(office, headers=[("Cookie", office.cookie("kelola"))], origin=origin)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "127.0.0.1:80:80"]
)
def test_a_name_that_is_not_ours_gets_nothing_though_it_leads_here(office: Office, host: str) -> None:
    cookie = f"Cookie: {office.cookie('kelola')}"
    for path in ("/", "/masuk", "/_stcore/host-config", "/healthz"):
        message = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{cookie}\r\n\r\n"
        with socket.create_connection(("127.0.0.1", office.port), timeout=WAIT_SECONDS) as connection:
            connection.sendall(message.encode())
            answer = hear(connection)
        assert answer.status >= 400
        assert tells_nothing(answer)


def test_two_hosts_are_none(office: Office) -> None:
    own = f"127.0.0.1:{office.port}"
    for hosts in (("evil.example", own), (own, "evil.example")):
        answer = ask(office.port, "/", f"Host: {hosts[1]}", f"Cookie: {office.cookie('kelola')}", host=hosts[0])
        assert answer.status >= 400


@pytest.fixture
def page_of_admin(office: Office) -> Iterator[str]:
    """The number of a page that an administrator has open."""
    with office.reader("kelola") as admin:
        admin.open()
        yield admin.session_id


def test_anothers_open_page_is_not_resumed_by_its_number(office: Office, page_of_admin: str) -> None:
    for protocols in (("streamlit", "x", page_of_admin), ("streamlit", page_of_admin, page_of_admin)):
        headers = [("Cookie", office.cookie("kota"))]
        try:
            with opened(office, headers, protocols=protocols) as connection:
                text = first_page(connection)
        except InvalidHandshake:
            continue
        assert page_of_admin not in text
        assert "Pemegang kelola" not in text
        assert BETA not in text


def test_anothers_left_page_is_not_resumed_by_its_number(office: Office) -> None:
    with office.reader("kelola") as admin:
        assert BETA in said(admin.open(month="2024-07"))
        left = admin.session_id
    test_anothers_open_page_is_not_resumed_by_its_number(office, left)


def test_a_stranger_resumes_no_page(office: Office, page_of_admin: str) -> None:
    with pytest.raises(InvalidHandshake):
        socket_to(office, headers=[], protocols=("streamlit", "x", page_of_admin))


@pytest.mark.parametrize("path", ["/", "/masuk", "/healthz", "/_stcore/metrics", "/perbandingan"])
def test_every_answer_of_the_gate_carries_the_security_headers(office: Office, path: str) -> None:
    answer = office.get(path)
    assert answer.first("x-content-type-options") == "nosniff"
    assert answer.first("x-frame-options") == "DENY"
    assert "frame-ancestors 'none'" in answer.first("content-security-policy")
    assert len(answer.all_of("content-security-policy")) == 1
    assert not answer.first("access-control-allow-origin")


def test_a_foreign_site_is_allowed_to_read_nothing(office: Office) -> None:
    for path in ("/_stcore/health", "/_stcore/host-config", "/healthz", "/masuk"):
        answer = office.get(path, "Origin: http://evil.example", f"Cookie: {office.cookie('kelola')}")
        assert not answer.first("access-control-allow-origin"), path


def test_what_a_person_sees_is_kept_by_no_cache(office: Office) -> None:
    for path in ("/", "/masuk", "/perbandingan"):
        answer = office.get(path, f"Cookie: {office.cookie('kota')}", "Accept: text/html")
        assert "no-store" in answer.first("cache-control") or "no-cache" in answer.first("cache-control"), path
