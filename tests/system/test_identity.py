"""The server as it is started, with a provider and with a proxy before it: who gets in, over the network."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from data import accounts, journal
from data.accounts import Account
from data.home import Home
from data.keys import keep_text_secret
from tests.bench.running_server import Running, running
from tests.identity.provider import CLIENT_ID, CLIENT_SECRET, SmallProvider

HOST = "cakupan.test"
KEY = "kunci-bersama-proksi-dan-program"
PAGE = {"accept": "text/html", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
SOCKET = {
    "connection": "Upgrade", "upgrade": "websocket", "sec-websocket-version": "13", "origin": f"http://{HOST}",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==", "sec-websocket-protocol": "streamlit",
}  # fmt: skip


@dataclass
class Client:
    """A browser without a screen: it keeps cookies, and follows nothing by itself."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **said: str) -> HTTPResponse:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path, headers={"host": HOST} | ({"cookie": cookie} if cookie else {}) | said)
        answer = connection.getresponse()
        for line in answer.headers.get_all("set-cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value.strip('"')
            if not self.cookies[name]:
                del self.cookies[name]
        connection.close()
        return answer

    def page(self, path: str, **said: str) -> HTTPResponse:
        return self.get(path, **PAGE, **said)


@pytest.fixture(scope="module")
def provider() -> Iterator[SmallProvider]:
    with SmallProvider() as started:
        yield started


@pytest.fixture(scope="module")
def at_provider(provider: SmallProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, Running]]:
    home = with_accounts(tmp_path_factory.mktemp("oidc"))
    home.config_path.write_text(
        f'[identity]\nmode = "oidc"\n[identity.oidc]\nclient_id = "{CLIENT_ID}"\n'
        f'metadata_url = "{provider.url}/.well-known/openid-configuration"\n[server]\npublic_url = "http://{HOST}"\n',
        "utf-8",
    )
    keep_text_secret(home, "oidc.secret", CLIENT_SECRET)
    with running(home, "server.py") as server:
        yield home, server


@pytest.fixture(scope="module")
def behind_proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, Running]]:
    home = with_accounts(tmp_path_factory.mktemp("proxy"))
    home.config_path.write_text(
        '[identity]\nmode = "proxy"\n[identity.proxy]\nheader = "X-Remote-User"\naddresses = ["127.0.0.1"]\n'
        f'[server]\npublic_url = "http://{HOST}"\n',
        "utf-8",
    )
    keep_text_secret(home, "proxy.key", KEY)
    with running(home, "server.py") as server:
        yield home, server


def with_accounts(root: Path) -> Home:
    home = Home(root)
    accounts.add(home, Account("siti@example.go.id", "Siti", "viewer", places=("16",)))
    accounts.add(home, Account("tono@example.go.id", "Tono", "viewer", places=("16",)))
    return home


def to_provider_and_back(client: Client) -> str:
    """The path, with code and state, to which the provider sends the browser."""
    departed = client.page("/masuk/penyedia")
    assert departed.status == 303
    there = urlsplit(departed.headers["location"])
    connection = HTTPConnection(there.netloc)
    connection.request("GET", f"{there.path}?{there.query}")
    back = urlsplit(connection.getresponse().headers["location"])
    connection.close()
    assert back.netloc == HOST
    return f"{back.path}?{back.query}"


def test_through_the_provider_a_reader_gets_the_app_and_none_of_streamlits_cookies(at_provider):
    home, server = at_provider
    client = Client(server.port)
    assert client.page("/").headers["location"].startswith("/masuk")
    back = client.page(to_provider_and_back(client))
    assert (back.status, back.headers["location"]) == (303, "/")
    assert set(client.cookies) == {"cakupan_sesi"}
    assert client.page("/").status == 200
    assert client.get("/_stcore/stream", **SOCKET).status == 101
    assert [entry.who for entry in journal.entries(home, kind="sign_in", limit=1)] == ["siti@example.go.id"]


def test_the_way_back_leads_to_one_session_only(at_provider):
    _, server = at_provider
    client = Client(server.port)
    way_back = to_provider_and_back(client)
    kept = dict(client.cookies)
    assert client.page(way_back).status == 303
    assert Client(server.port, kept).page(way_back).status == 403


def test_somebody_elses_way_back_signs_nobody_in(at_provider):
    _, server = at_provider
    attacker, victim = Client(server.port), Client(server.port)
    way_back = to_provider_and_back(attacker)
    assert victim.page(way_back).status == 403
    assert "cakupan_sesi" not in victim.cookies


def test_whoever_has_no_account_is_told_so_and_stays_outside(at_provider, provider):
    home, server = at_provider
    told, provider.claims = provider.claims, {"sub": "9", "email": "orang@example.com"}
    try:
        client = Client(server.port)
        assert client.page(to_provider_and_back(client)).status == 403
        assert client.page("/").status == 303
    finally:
        provider.claims = told
    refused = journal.entries(home, kind="sign_in_refused", limit=1)[0]
    assert refused.facts["reason"] == "unknown_account"
    assert "orang@example.com" not in f"{refused.who} {refused.facts}"


def test_an_account_disabled_after_signing_in_is_out(at_provider, provider):
    home, server = at_provider
    told, provider.claims = provider.claims, {"sub": "3", "email": "tono@example.go.id"}
    try:
        client = Client(server.port)
        client.page(to_provider_and_back(client))
    finally:
        provider.claims = told
    assert client.page("/").status == 200
    accounts.disable(home, "tono@example.go.id")
    token = client.cookies["cakupan_sesi"]
    assert accounts.session(home, accounts.session_id_of(token), datetime.now(UTC)) is None
    # The gate asks again after a second at most.
    for _ in range(100):
        if client.page("/").status == 303:
            return
        time.sleep(0.1)
    pytest.fail("the account is still let in")


@pytest.mark.parametrize(
    "path", ["/auth/login", "/auth/login?provider=x", "/auth/logout", "/oauth2callback?code=x&state=y"]
)
def test_streamlits_own_doors_are_shut(at_provider, path):
    _, server = at_provider
    assert Client(server.port).page(path).status == 404
    client = Client(server.port)
    client.page(to_provider_and_back(client))
    assert client.page(path).status == 404


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"x-remote-user": "siti@example.go.id", "x-cakupan-proxy-key": KEY}, 200),
        ({"x-remote-user": "siti@example.go.id"}, 403),
        ({"x-remote-user": "siti@example.go.id", "x-cakupan-proxy-key": "karangan"}, 403),
        ({"x-remote-user": "hantu@example.go.id", "x-cakupan-proxy-key": KEY}, 403),
        ({"x-cakupan-proxy-key": KEY}, 403),
        ({"x-cakupan-session": "lokal", "x-forwarded-user": "siti@example.go.id"}, 403),
    ],
)
def test_behind_the_proxy_its_key_and_an_account_are_needed(behind_proxy, said, status):
    _, server = behind_proxy
    assert Client(server.port).page("/", **said).status == status
    assert (Client(server.port).get("/_stcore/stream", **SOCKET, **said).status == 101) is (status == 200)


def test_an_address_in_a_header_is_not_the_proxys(tmp_path):
    home = with_accounts(tmp_path)
    home.config_path.write_text(
        '[identity]\nmode = "proxy"\n[identity.proxy]\nheader = "X-Remote-User"\naddresses = ["10.1.0.5"]\n', "utf-8"
    )
    keep_text_secret(home, "proxy.key", KEY)
    said = {"x-remote-user": "siti@example.go.id", "x-cakupan-proxy-key": KEY, "x-forwarded-for": "10.1.0.5"}
    with running(home, "server.py") as server:
        assert Client(server.port).page("/", host="localhost", **said).status == 403
