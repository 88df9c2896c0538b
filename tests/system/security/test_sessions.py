"""Cookies that are made up, cut, stolen or over, and accounts that change while somebody is signed in with them."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from data import accounts, journal
from data.home import Home
from tests.bench.reader import Reader
from tests.system.security.conftest import BETA, CITY, DISTRICT, PASSWORD, SESSION_COOKIE, Office, said
from tests.system.security.test_scope import deferred_files, take

INSIDE = "/_stcore/host-config"
# A browser that is thrown out hears of it at its next message.
WAIT_SECONDS = 20


def is_let_in(office: Office, cookie: str) -> bool:
    answer = office.get(INSIDE, f"Cookie: {cookie}")
    assert answer.status in (200, 401), answer
    return answer.status == 200


@dataclass(frozen=True)
class Forgery:
    """How a cookie is made of a true token."""

    name: str
    of: Callable[[str], str]


FORGERIES = [
    Forgery("cut by one letter", lambda token: token[:-1]),
    Forgery("cut in half", lambda token: token[: len(token) // 2]),
    Forgery("one letter more", lambda token: token + "A"),
    Forgery("another last letter", lambda token: token[:-1] + ("A" if token[-1] != "A" else "B")),
    Forgery("other case", lambda token: token.swapcase()),
    Forgery("what the server keeps of it", accounts.session_id_of),
    Forgery("empty", lambda _token: ""),
    Forgery("in quotes", lambda token: f'"{token}x"'),
    Forgery("escaped", lambda token: "%" + f"{ord(token[0]):02x}" + token[1:]),
    Forgery("very long", lambda token: token * 80),
    Forgery("with a separator", lambda token: f"{token},{token}"),
    Forgery("a wildcard", lambda _token: "%"),
    Forgery("SQL", lambda _token: "' or '1'='1"),
    Forgery("the name of an account", lambda _token: "kelola"),
    Forgery("local", lambda _token: "lokal"),
]


def test_a_true_cookie_is_let_in(office: Office) -> None:
    assert is_let_in(office, office.cookie("kota"))


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda forgery: forgery.name)
def test_a_forged_cookie_is_nobodys(office: Office, forgery: Forgery) -> None:
    assert not is_let_in(office, f"{SESSION_COOKIE}={forgery.of(office.token('kelola'))}")


def test_a_true_token_under_another_name_is_nobodys(office: Office) -> None:
    token = office.token("kelola")
    for name in (
        "__Host-cakupan_sesi",
        "CAKUPAN_SESI",
        "cakupan_sesi ",
        "_streamlit_user",
        "cakupan_formulir",
        "session",
    ):
        answer = office.get(
            INSIDE, f"Cookie: x=1; {name.strip() if name != 'cakupan_sesi ' else 'cakupan_sesi2'}={token}"
        )
        assert answer.status == 401, name


def test_of_two_different_session_cookies_neither_counts(office: Office) -> None:
    mine, theirs = office.cookie("kota"), office.cookie("kelola")
    for lines in (
        (f"Cookie: {mine}; {theirs}",),
        (f"Cookie: {theirs}; {mine}",),
        (f"Cookie: {mine}", f"Cookie: {theirs}"),
    ):
        assert office.get(INSIDE, *lines).status == 401


def test_a_session_of_another_installation_is_nobodys(office: Office, tmp_path: Path) -> None:
    elsewhere = Home(tmp_path / "lain")
    elsewhere.root.mkdir()
    accounts.add(elsewhere, accounts.Account("kelola", "Pengelola lain", "admin", places=("00",)), PASSWORD)
    token = accounts.open_session(elsewhere, "kelola", "127.0.0.1", datetime.now(UTC))
    assert not is_let_in(office, f"{SESSION_COOKIE}={token}")


def test_a_session_that_is_too_old_or_too_idle_is_over(office: Office) -> None:
    for hours in (2.01, 12.01):
        began = datetime.now(UTC) - timedelta(hours=hours)
        token = accounts.open_session(office.home, "kota", "127.0.0.1", began)
        assert not is_let_in(office, f"{SESSION_COOKIE}={token}")
    began = datetime.now(UTC) - timedelta(hours=12.01)
    token = accounts.open_session(office.home, "kota", "127.0.0.1", began)
    with closing(sqlite3.connect(office.home.accounts_path, isolation_level=None)) as file:
        at = int(datetime.now(UTC).timestamp())
        file.execute("update session set seen_at = ? where id = ?", (at, accounts.session_id_of(token)))
    assert not is_let_in(office, f"{SESSION_COOKIE}={token}"), "in use all the time, and yet too old"


# Signing in and out


def test_signing_in_sets_a_cookie_that_no_script_and_no_other_site_gets(office: Office) -> None:
    browser = office.browser()
    answer = browser.sign_in("kota", PASSWORD)
    assert (answer.status, answer.first("location")) == (303, "/")
    [line] = [line for line in answer.all_of("set-cookie") if line.startswith(f"{SESSION_COOKIE}=")]
    attributes = {part.strip().lower() for part in line.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/"} <= attributes
    assert not any(attribute.startswith("domain") for attribute in attributes)
    assert is_let_in(office, browser.cookie)


def test_a_cookie_from_before_is_not_adopted_at_sign_in(office: Office) -> None:
    planted = "A" * 43
    for value in (planted, office.token("alfa")):
        browser = office.browser()
        action, fields = browser.form("/masuk")
        browser.cookies[SESSION_COOKIE] = value
        assert browser.post(action, fields | {"nama": "kota", "sandi": PASSWORD}).status == 303
        assert browser.cookies[SESSION_COOKIE] != value
        assert is_let_in(office, f"{SESSION_COOKIE}={browser.cookies[SESSION_COOKIE]}")
        assert not is_let_in(office, f"{SESSION_COOKIE}={value}")


def test_every_sign_in_opens_another_session(office: Office) -> None:
    tokens = set()
    for _ in range(3):
        browser = office.browser()
        browser.sign_in("kota", PASSWORD)
        tokens.add(browser.cookies[SESSION_COOKIE])
    assert len(tokens) == 3
    assert all(len(token) >= 43 for token in tokens)


def test_a_session_is_over_for_everybody_once_its_holder_has_signed_out(office: Office) -> None:
    browser = office.browser()
    browser.sign_in("kota", PASSWORD)
    stolen = browser.cookie
    with Reader(office.port, cookie=stolen) as page:
        shown = page.open(month="2024-07")
        url, _ = take(page, deferred_files(shown)[0])
        assert office.get(url, f"Cookie: {stolen}").status == 200
        action, fields = browser.form("/keluar")
        assert browser.post(action, fields).status == 303
        assert SESSION_COOKIE not in browser.cookies
        assert not is_let_in(office, stolen)
        assert office.get(url, f"Cookie: {stolen}").status == 401
        assert is_shut_out(page)


def is_shut_out(page: Reader) -> bool:
    """Whether a page that is open still gets anything that it asks for."""
    try:
        text = said(page.open(month="2024-07"))
    except (ConnectionClosed, EOFError):
        return True
    return "Edisi " not in text and "Kota Palembang" not in text and "Sesi Anda sudah berakhir" in text


def test_another_password_ends_the_sessions_of_the_old_one(office: Office) -> None:
    name = office.new_account("ganti", "viewer", places=(CITY,))
    elsewhere = office.cookie(name)
    browser = office.browser()
    browser.sign_in(name, PASSWORD)
    before = browser.cookie
    action, fields = browser.form("/sandi")
    chosen = {"sandi": PASSWORD, "baru": "sungai-komering-jernih", "ulang": "sungai-komering-jernih"}
    assert browser.post(action, fields | chosen).status == 303
    assert browser.cookies[SESSION_COOKIE] not in before
    assert is_let_in(office, browser.cookie)
    assert not is_let_in(office, before.split("; ")[0])
    assert not is_let_in(office, elsewhere)


# Accounts that change


def test_a_disabled_account_is_out_at_its_next_request_page_and_download(office: Office) -> None:
    name = office.new_account("pergi", "viewer", places=(CITY,))
    cookie = office.cookie(name)
    with Reader(office.port, cookie=cookie) as page, Reader(office.port, cookie=cookie) as other:
        shown, button = page.open(month="2024-07"), deferred_files(other.open(month="2024-07"))[0]
        url, _ = take(page, deferred_files(shown)[0])
        accounts.disable(office.home, name)
        assert not is_let_in(office, cookie)
        assert office.get(url, f"Cookie: {cookie}").status == 401
        exported = journal.count(office.home, kind="export", who=name)
        try:
            taken, _ = take(other, button)
        except (ConnectionClosed, EOFError, AssertionError):
            taken = ""
        assert taken == ""
        assert journal.count(office.home, kind="export", who=name) == exported
        assert is_shut_out(page)
    assert office.browser().sign_in(name, PASSWORD).status == 401


def test_a_disabled_account_cannot_be_told_from_one_that_never_was(office: Office) -> None:
    name = office.new_account("mantan", "viewer", places=(CITY,))
    accounts.disable(office.home, name)
    disabled, wrong, unknown = (
        office.browser().sign_in(who, word)
        for who, word in ((name, PASSWORD), ("kota", "salah-salah-salah"), ("siapa", PASSWORD))
    )
    assert disabled.status == wrong.status == unknown.status == 401
    same = [
        answer.body.replace(who, b"NAMA")
        for answer, who in ((disabled, b"mantan"), (wrong, b"kota"), (unknown, b"siapa"))
    ]
    tokens = [body[body.index(b'name="token"') :][:100] for body in same]
    assert len({body.replace(token, b"") for body, token in zip(same, tokens, strict=True)}) == 1


def test_a_scope_that_shrinks_shrinks_at_the_next_click(office: Office) -> None:
    name = office.new_account("pindah", "viewer", places=("16",))
    with office.reader(name) as page:
        assert BETA in said(page.open(month="2024-07"))
        accounts.change(office.home, name, places=(CITY,))
        assert BETA not in again(office, name, page)


def test_a_role_that_is_taken_is_gone_at_the_next_click(office: Office) -> None:
    name = office.new_account("turun", "admin", places=("16",))
    with office.reader(name) as page:
        assert "Kirim berkas" in said(page.open("data_definisi"))
        accounts.change(office.home, name, role="viewer")
        try:
            text = said(page.open("data_definisi"))
        except (ConnectionClosed, EOFError):
            with office.reader(name) as anew:
                text = said(anew.open("data_definisi"))
        assert "Kirim berkas" not in text


def again(office: Office, name: str, page: Reader) -> str:
    """The next page, over the same websocket, or over a new one where the server has closed it."""
    try:
        return said(page.open(month="2024-07"))
    except (ConnectionClosed, EOFError):
        with office.reader(name) as anew:
            return said(anew.open(month="2024-07"))


def test_a_button_from_before_the_scope_shrank_gives_nothing(office: Office) -> None:
    name = office.new_account("susut", "viewer", places=("16",))
    with office.reader(name) as page:
        button = deferred_files(page.open(month="2024-07", place=DISTRICT))[0]
        accounts.change(office.home, name, places=(CITY,))
        try:
            url, _ = take(page, button)
        except (ConnectionClosed, EOFError, AssertionError):
            url = ""
        assert url == ""


def test_a_session_ends_its_open_websockets_soon_though_nobody_touches_them(office: Office) -> None:
    name = office.new_account("diam", "viewer", places=(CITY,))
    with office.reader(name) as page:
        page.open(month="2024-07")
        accounts.disable(office.home, name)
        with pytest.raises((ConnectionClosed, EOFError)):
            list(page.frames(WAIT_SECONDS))
