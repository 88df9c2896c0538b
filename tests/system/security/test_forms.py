"""The forms: what another site's page sends through a reader's browser, what a guesser sends, and what is too much."""

import math
import socket
import time
from collections.abc import Iterator
from html import escape
from urllib.parse import quote, urlencode

import pytest

from data import accounts, journal
from data.accounts import Account
from tests.browser.conftest import serve
from tests.system.security.conftest import CITY, PASSWORD, SESSION_COOKIE, Office, said
from tests.system.security.test_sessions import is_let_in
from tests.system.security.wire import WAIT_SECONDS, Browser, Heard, ask, hear

FORM = "Content-Type: application/x-www-form-urlencoded"
WRONG = "bukan-kata-sandinya"
FOREIGN = ("http://evil.example", "null", "http://127.0.0.1", "https://127.0.0.1.evil.example")
ELSEWHERE = (
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example/",
    "http:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/%0d%0aSet-Cookie:x=1",
    "/perbandingan\r\nSet-Cookie: x=1",
    "/\t/evil.example",
    " //evil.example",
    "/@evil.example",
    "/masuk?next=//evil.example",
    "/keluar",
    "/_stcore/metrics",
    "http://127.0.0.1:1/",
    "/..//evil.example",
    "/.evil.example",
)


@pytest.fixture(autouse=True)
def _nobody_waits(office: Office) -> Iterator[None]:
    office.forget_attempts()
    yield
    office.forget_attempts()


def signed_in(office: Office, name: str = "kota") -> Browser:
    browser = office.browser()
    assert browser.sign_in(name, PASSWORD).status == 303
    return browser


# Another site's page


@pytest.mark.parametrize("origin", [*FOREIGN, ""])
def test_another_sites_form_signs_nobody_in(office: Office, origin: str) -> None:
    browser = office.browser()
    action, fields = browser.form("/masuk")
    answer = browser.post(action, fields | {"nama": "kota", "sandi": PASSWORD}, origin=origin)
    assert answer.status == 403
    assert SESSION_COOKIE not in browser.cookies


@pytest.mark.parametrize("path", ["/keluar", "/sandi"])
@pytest.mark.parametrize("origin", [*FOREIGN, ""])
def test_another_sites_form_ends_no_session_and_changes_no_password(office: Office, origin: str, path: str) -> None:
    browser = signed_in(office)
    before = browser.cookie
    action, fields = browser.form(path)
    given = {"sandi": PASSWORD, "baru": "kata-sandi-pencuri", "ulang": "kata-sandi-pencuri"}
    assert browser.post(action, fields | given, origin=origin).status == 403
    assert is_let_in(office, before)
    assert accounts.password_fits(office.home, "kota", PASSWORD)


@pytest.mark.parametrize("path", ["/masuk", "/keluar", "/sandi"])
def test_a_form_without_the_token_of_its_page_does_nothing(office: Office, path: str) -> None:
    stranger = signed_in(office, "alfa") if path != "/masuk" else office.browser()
    _, theirs = stranger.form(path)
    for token in (None, "", "x", "0" * 64, theirs["token"]):
        browser = signed_in(office) if path != "/masuk" else office.browser()
        action, fields = browser.form(path)
        before = browser.cookie
        fields.pop("token")
        given = {"nama": "kota", "sandi": PASSWORD, "baru": "kata-sandi-pencuri", "ulang": "kata-sandi-pencuri"}
        answer = browser.post(action, fields | given | ({} if token is None else {"token": token}))
        assert answer.status in (400, 403), (token, answer.status)
        if path == "/masuk":
            assert SESSION_COOKIE not in browser.cookies
        else:
            assert is_let_in(office, before)
    assert accounts.password_fits(office.home, "kota", PASSWORD)


def test_the_token_of_one_form_is_not_that_of_another(office: Office) -> None:
    browser = signed_in(office)
    _, of_sign_out = browser.form("/keluar")
    action, of_password = browser.form("/sandi")
    assert of_sign_out["token"] != of_password["token"]
    given = {"sandi": PASSWORD, "baru": "kata-sandi-pencuri", "ulang": "kata-sandi-pencuri"}
    assert browser.post(action, of_password | given | {"token": of_sign_out["token"]}).status == 403


@pytest.mark.parametrize("path", ["/keluar", "/sandi"])
def test_following_a_link_ends_no_session_and_changes_no_password(office: Office, path: str) -> None:
    browser = signed_in(office)
    _, fields = browser.form(path)
    given = fields | {"sandi": PASSWORD, "baru": "kata-sandi-pencuri", "ulang": "kata-sandi-pencuri"}
    for method in ("GET", "HEAD"):
        answer = office.get(f"{path}?{urlencode(given)}", f"Cookie: {browser.cookie}", method=method)
        assert answer.status == 200
    assert is_let_in(office, browser.cookie)
    assert accounts.password_fits(office.home, "kota", PASSWORD)


def test_nobody_signs_in_by_an_address(office: Office) -> None:
    browser = office.browser()
    _, fields = browser.form("/masuk")
    answer = browser.get(f"/masuk?{urlencode(fields | {'nama': 'kota', 'sandi': PASSWORD})}")
    assert answer.status == 200
    assert SESSION_COOKIE not in browser.cookies


# Where one is led


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_leads_to_no_other_site_and_into_no_header(office: Office, target: str) -> None:
    browser = office.browser()
    answer = browser.sign_in("kota", PASSWORD, f"/masuk?next={quote(target, safe='')}")
    assert answer.status == 303
    location = answer.first("location")
    assert location == "/" or (location.startswith("/") and location[1:2] not in ("/", "\\") and "evil" not in location)
    assert not any("x=1" in value for value in answer.all_of("set-cookie"))


def test_signing_in_leads_back_to_the_page_that_was_asked_for(office: Office) -> None:
    page = "/perbandingan?place=16.71&month=2024-07"
    answer = office.browser().sign_in("kota", PASSWORD, f"/masuk?next={quote(page, safe='')}")
    assert answer.first("location") == page


@pytest.mark.parametrize("name", ["next", "lang", "keluar", "x"])
def test_what_stands_in_the_address_is_written_into_no_page_as_html(office: Office, name: str) -> None:
    hostile = '"><script>alert(1)</script>'
    body = office.get(f"/masuk?{name}={quote(hostile)}").body.decode()
    assert "<script" not in body


def test_a_name_that_was_typed_is_no_html_and_no_header(office: Office) -> None:
    for typed in ('"><img src=x onerror=alert(1)>', "kota\r\nSet-Cookie: x=1", "kota\x00", "<b>"):
        answer = office.browser().sign_in(typed, WRONG)
        assert answer.status in (400, 401)
        body = answer.body.decode()
        assert "<img" not in body
        assert "<b>Belum" in body or "<b>" not in body
        assert not any("x=1" in value for value in answer.all_of("set-cookie"))


def test_the_full_name_of_an_account_is_no_html(office: Office) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    accounts.add(office.home, Account("jahil", hostile, "viewer", places=(CITY,)), PASSWORD)
    browser = signed_in(office, "jahil")
    assert escape(hostile) in browser.get("/keluar").body.decode()
    with office.reader("jahil") as reader:
        text = said(reader.open(month="2024-07"))
    assert hostile not in text
    with office.reader("kelola") as admin:
        assert hostile not in said(admin.open("pengelolaan"))


# Guessing


def guess(office: Office, name: str, password: str = WRONG) -> Heard:
    return office.browser().sign_in(name, password)


def test_guessing_at_an_account_has_to_wait_also_with_the_right_password_and_after_a_restart(office: Office) -> None:
    name = office.new_account("tebak", "viewer", places=(CITY,))
    statuses = [guess(office, name).status for _ in range(6)]
    assert statuses == [401] * 5 + [429]
    right = guess(office, name, PASSWORD)
    assert right.status == 429
    assert int(right.first("retry-after")) > 0
    assert not right.cookies.get(SESSION_COOKIE)
    assert guess(office, name.upper()).status == 429
    assert guess(office, f" {name} ").status == 429
    assert guess(office, "kota", PASSWORD).status == 303, "another account is not kept out"
    with serve(office.home.root, office.log.with_name("again.log")) as server:
        again = Browser(int(server.url.rpartition(":")[2]), {})
        assert again.sign_in(name, PASSWORD).status == 429


def test_guessing_at_many_names_from_one_address_has_to_wait(office: Office) -> None:
    began = time.monotonic()
    statuses = [guess(office, f"siapa{n}").status for n in range(50)]
    drops = math.ceil((time.monotonic() - began) / 20)  # one more guess every 20 seconds that the guessing itself takes
    assert statuses[:40] == [401] * 40
    assert 0 < statuses[40:].count(429) >= 10 - drops


def test_a_claimed_address_is_not_believed(office: Office) -> None:
    browser = office.browser()
    statuses = []
    for n in range(7):
        action, fields = browser.form("/masuk")
        lines = (f"X-Forwarded-For: 10.0.0.{n}", f"X-Real-IP: 10.0.0.{n}", f"Forwarded: for=10.0.0.{n}")
        statuses.append(browser.post(action, fields | {"nama": "bayar", "sandi": WRONG}, *lines).status)
    assert 429 in statuses


def test_a_hundred_guesses_at_once_are_no_hundred_guesses(office: Office) -> None:
    from concurrent.futures import ThreadPoolExecutor

    name = office.new_account("serentak", "viewer", places=(CITY,))
    browsers = [office.browser() for _ in range(20)]
    forms = [browser.form("/masuk") for browser in browsers]

    def send(number: int) -> int:
        action, fields = forms[number]
        return browsers[number].post(action, fields | {"nama": name, "sandi": WRONG}).status

    with ThreadPoolExecutor(20) as threads:
        statuses = list(threads.map(send, range(20)))
    assert statuses.count(401) == 5
    assert statuses.count(429) == 15


def test_a_name_that_nobody_has_costs_the_same_calculation(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    true_scrypt = accounts._scrypt

    def counted(password: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
        asked.append(cost)
        return true_scrypt(password, salt, cost)

    monkeypatch.setattr(accounts, "_scrypt", counted)
    for name in ("kota", "siapa"):
        assert accounts.password_fits(office.home, name, WRONG) is None
    assert len(asked) == 2
    assert asked[0] == asked[1]


def test_what_somebody_typed_instead_of_a_name_is_not_journaled(office: Office) -> None:
    typed = "rahasia-negara-1234"
    guess(office, typed)
    refused = journal.entries(office.home, kind="sign_in_refused", limit=1)
    assert refused[0].who == "tidak dikenal"
    assert typed not in str(refused)


# Too much


def test_a_body_that_is_too_large_is_not_read(office: Office) -> None:
    own = f"Origin: http://127.0.0.1:{office.port}"
    answer = ask(office.port, "/masuk", own, FORM, method="POST", body=b"nama=" + b"a" * 200_000)
    assert answer.status == 413


@pytest.mark.parametrize("length", ["99999999999999999999", "-1", "0x10", "1e3", ""])
def test_a_body_whose_length_is_a_lie_is_refused(office: Office, length: str) -> None:
    lines = [
        f"Host: 127.0.0.1:{office.port}",
        f"Origin: http://127.0.0.1:{office.port}",
        FORM,
        f"Content-Length: {length}",
    ]
    message = "POST /masuk HTTP/1.1\r\n" + "\r\n".join([*lines, "Connection: close", "", "nama=a&sandi=b"])
    with socket.create_connection(("127.0.0.1", office.port), timeout=WAIT_SECONDS) as connection:
        connection.sendall(message.encode())
        connection.shutdown(socket.SHUT_WR)
        assert hear(connection).status in (400, 413)


def test_a_body_without_end_is_cut_off(office: Office) -> None:
    head = (
        f"POST /masuk HTTP/1.1\r\nHost: 127.0.0.1:{office.port}\r\nOrigin: http://127.0.0.1:{office.port}\r\n{FORM}\r\n"
    )
    with socket.create_connection(("127.0.0.1", office.port), timeout=WAIT_SECONDS) as connection:
        connection.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        try:
            for _ in range(64):
                connection.sendall(b"400\r\n" + b"a" * 1024 + b"\r\n")
        except (BrokenPipeError, ConnectionResetError):
            pass
        assert hear(connection).status in (0, 400, 413)


def test_who_sends_a_form_slowly_keeps_nobody_else_waiting(office: Office) -> None:
    head = (
        f"POST /masuk HTTP/1.1\r\nHost: 127.0.0.1:{office.port}\r\nOrigin: http://127.0.0.1:{office.port}\r\n{FORM}\r\n"
    )
    slow = [socket.create_connection(("127.0.0.1", office.port), timeout=WAIT_SECONDS) for _ in range(60)]
    try:
        for connection in slow:
            connection.sendall(f"{head}Content-Length: 50\r\n\r\nnama=".encode())
        assert guess(office, "kota", PASSWORD).status == 303
        slow[0].settimeout(30)
        started = time.monotonic()
        assert hear(slow[0]).status == 408
        assert time.monotonic() - started < 30
    finally:
        for connection in slow:
            connection.close()


@pytest.mark.parametrize(
    "body",
    [b"nama=kota&nama=kelola&sandi=x", b"&" * 500, b"nama=%ff%fe", b"\xff\xfe", b"nama=kota%00&sandi=%0d%0a", b"{}"],
)
def test_a_broken_form_is_an_answer_and_no_fault(office: Office, body: bytes) -> None:
    own = f"Origin: http://127.0.0.1:{office.port}"
    for kind in (FORM, "Content-Type: application/json", "Content-Type: multipart/form-data; boundary=x"):
        answer = ask(office.port, "/masuk", own, kind, method="POST", body=body)
        assert 400 <= answer.status < 500
        assert b"Traceback" not in answer.body
