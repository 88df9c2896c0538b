"""Signing in through a provider: Streamlit's own routes and a provider on loopback, over HTTP."""

import asyncio
import json
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.responses import RedirectResponse
from starlette.types import Scope
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_app import create_streamlit_middleware
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_auth_routes import create_auth_routes

from data import accounts
from data.accounts import Account
from data.config import load_config
from data.errors import CakupanError
from data.home import Home
from data.keys import keep_text_secret
from identity import oidc
from identity.oidc import Answer, Provider
from tests.identity.provider import CLIENT_ID, CLIENT_SECRET, RSA_BITS, SmallProvider

PUBLIC_URL = "https://cakupan.example.go.id"


@pytest.fixture(scope="module")
def running() -> Iterator[SmallProvider]:
    with SmallProvider() as provider:
        yield provider


@pytest.fixture
def provider(running: SmallProvider) -> Iterator[SmallProvider]:
    """The provider of this module, saying the truth again after each test."""
    claims, key = dict(running.claims), running.key
    yield running
    running.claims, running.key, running.lies = claims, key, {}
    running.repeats_codes, running.signs_with, running.refuses = False, None, False


@pytest.fixture(scope="module")
def installed(running: SmallProvider, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with accounts, whose config.toml names the provider."""
    home = Home(tmp_path_factory.mktemp("oidc"))
    home.config_path.write_text(configured(running.url), "utf-8")
    keep_text_secret(home, oidc.KEPT_IN, CLIENT_SECRET)
    accounts.add(home, Account("siti@example.go.id", "Siti", "viewer", places=("16",)))
    accounts.add(home, Account("budi@example.go.id", "Budi", "admin"))
    accounts.disable(home, "budi@example.go.id")
    return home


@pytest.fixture
def browser(installed: Home, provider: SmallProvider) -> Iterator["Browser"]:
    secrets_singleton.merge_programmatic_secrets(oidc.streamlit_secrets(installed, load_config(installed)))
    assert provider.url
    yield Browser(installed)
    secrets_singleton._reset()
    secrets_singleton._programmatic_secrets = None


def configured(url: str, claim: str = "email") -> str:
    return (
        f'[identity]\nmode = "oidc"\n[identity.oidc]\nmetadata_url = "{url}/.well-known/openid-configuration"\n'
        f'client_id = "{CLIENT_ID}"\nclaim = "{claim}"\n[server]\npublic_url = "{PUBLIC_URL}"\n'
    )


class Browser:
    """A browser that leaves for the provider and comes back. It keeps the one cookie that the gate gives it."""

    def __init__(self, home: Home) -> None:
        app = Starlette(routes=create_auth_routes(""), middleware=create_streamlit_middleware())
        self.gate = Provider(app, home, load_config(home))
        self.cookie = ""
        self.set_cookie = ""

    def depart(self) -> str:
        """The address at the provider to which the gate sends the browser."""
        response = asyncio.run(self.gate.depart(asked("/masuk/penyedia")))
        assert response.status_code == 303
        self.set_cookie = response.headers["set-cookie"]
        self.cookie = self.set_cookie.split(";")[0]
        return response.headers["location"]

    def at_provider(self, address: str) -> str:
        """The query with which the provider sends the browser back."""
        parts = urlsplit(address)
        connection = HTTPConnection(parts.netloc)
        connection.request("GET", f"{parts.path}?{parts.query}")
        back = connection.getresponse().headers["location"]
        connection.close()
        assert back.startswith(f"{PUBLIC_URL}/masuk/kembali?"), back
        return urlsplit(back).query

    def come_back(self, query: str, cookie: str | None = None) -> Answer:
        return asyncio.run(
            self.gate.come_back(asked("/masuk/kembali", query, self.cookie if cookie is None else cookie))
        )

    def sign_in(self) -> Answer:
        return self.come_back(self.at_provider(self.depart()))


def asked(path: str, query: str = "", cookie: str = "") -> Scope:
    headers = [(b"host", b"cakupan.example.go.id"), (b"cookie", cookie.encode("latin-1"))]
    return {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "https", "path": path,
        "raw_path": path.encode(), "query_string": query.encode("latin-1"), "root_path": "", "headers": headers,
        "client": ("10.1.2.3", 50000), "server": ("127.0.0.1", 8710), "state": {},
    }  # fmt: skip


def test_whom_the_provider_names_is_found_among_the_accounts(browser):
    answer = browser.sign_in()
    assert answer.account is not None
    assert (answer.account.name, answer.refusal) == ("siti@example.go.id", None)


def test_the_browser_is_sent_with_state_nonce_and_a_challenge_to_our_own_return_address(browser, provider):
    address = browser.depart()
    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(f"{provider.url}/masuk?")
    assert query["redirect_uri"] == f"{PUBLIC_URL}/masuk/kembali"
    assert (query["client_id"], query["code_challenge_method"], query["response_type"]) == (CLIENT_ID, "S256", "code")
    assert len(query["state"]) >= 20 and len(query["nonce"]) >= 20


def test_the_only_cookie_lasts_ten_minutes_and_is_for_https_and_no_script(browser):
    browser.depart()
    assert browser.set_cookie.startswith("__Host-cakupan_penyedia=")
    attributes = {part.strip().lower() for part in browser.set_cookie.split(";")[1:]}
    assert {"max-age=600", "path=/", "secure", "httponly", "samesite=lax"} <= attributes
    assert "domain" not in browser.set_cookie.lower()


def test_the_cookie_is_deleted_with_the_answer_to_the_return(browser):
    response = RedirectResponse("/", 303)
    browser.gate.forget(response)
    assert response.headers["set-cookie"].startswith('__Host-cakupan_penyedia=""; HttpOnly; Max-Age=0;')


def test_a_name_in_another_case_is_the_same_account(browser, provider):
    provider.claims = {"sub": "1", "email": "Siti@Example.go.id", "email_verified": True}
    assert browser.sign_in().account is not None


def test_the_account_is_looked_up_by_the_configured_claim(browser, provider):
    provider.claims = {"sub": "1", "email": "lain@example.com", "preferred_username": "siti@example.go.id"}
    by_username = msgspec.structs.replace(browser.gate._oidc, claim="preferred_username")
    browser.gate._oidc = by_username
    assert browser.sign_in().account is not None


@pytest.mark.parametrize(
    ("claims", "refusal", "claimed"),
    [
        ({"email": "orang@example.com"}, "unknown_account", "orang@example.com"),
        ({"email": "siti@example.go.id "}, "unknown_account", "siti@example.go.id "),
        ({"email": "\u017fiti@example.go.id"}, "unknown_account", "\u017fiti@example.go.id"),
        ({"email": "budi@example.go.id"}, "disabled", "budi@example.go.id"),
        ({"email": "siti@example.go.id", "email_verified": False}, "not_verified", "siti@example.go.id"),
        ({"email": "siti@example.go.id", "email_verified": "false"}, "not_verified", "siti@example.go.id"),
        ({"email": ""}, "refused", None),
        ({}, "refused", None),
        ({"email": ["siti@example.go.id"]}, "refused", None),
        ({"preferred_username": "siti@example.go.id"}, "refused", None),
    ],
)
def test_who_is_not_one_of_ours_is_not_signed_in_and_no_account_is_made(
    installed, browser, provider, claims, refusal, claimed
):
    provider.claims = {"sub": "2", **claims}
    assert browser.sign_in() == Answer(None, refusal, claimed)
    assert len(accounts.accounts(installed)) == 2


@pytest.mark.parametrize(
    "lie",
    [
        {"aud": "aplikasi-lain"},
        {"aud": ["aplikasi-lain"]},
        {"iss": "https://penyedia-lain.example"},
        {"nonce": "bukan-nonce-yang-diminta"},
        {"exp": 1_700_000_000},
    ],
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(browser, provider, lie):
    provider.lies = lie
    assert browser.sign_in() == Answer(None, "refused")
    assert provider.tokens_given


def test_a_token_signed_with_another_key_is_refused(browser, provider):
    provider.signs_with = RSAKey.generate_key(RSA_BITS, {"kid": "satu"}, private=True)
    assert browser.sign_in() == Answer(None, "refused")


def test_a_person_whom_the_provider_refuses_is_not_signed_in(browser, provider):
    provider.refuses = True
    assert browser.sign_in() == Answer(None, "refused")


def test_a_return_is_good_once_even_when_the_provider_would_repeat_itself(browser, provider):
    provider.repeats_codes = True
    query = browser.at_provider(browser.depart())
    assert browser.come_back(query).account is not None
    given = provider.tokens_given
    assert browser.come_back(query) == Answer(None, "refused")
    assert provider.tokens_given == given


def test_a_return_after_ten_minutes_is_refused(browser, monkeypatch):
    query = browser.at_provider(browser.depart())
    began = oidc.time.monotonic()
    # Not the clock of the process: the provider's server, which runs in it, would sleep for ten minutes.
    monkeypatch.setattr(oidc, "time", SimpleNamespace(monotonic=lambda: began + 10 * 60))
    assert browser.come_back(query) == Answer(None, "refused")


def test_a_return_in_another_browser_is_refused(browser):
    """Somebody's finished way to the provider, sent to a victim as a link, must not sign the victim in as somebody."""
    query = browser.at_provider(browser.depart())
    assert browser.come_back(query, cookie="") == Answer(None, "refused")
    victim = browser.at_provider(browser.depart())
    own_cookie = browser.cookie
    attackers = browser.at_provider(browser.depart())
    assert browser.come_back(attackers, own_cookie) == Answer(None, "refused")
    assert browser.come_back(victim, own_cookie).account is not None


@pytest.mark.parametrize("query", ["", "code=x", "code=x&state=", "code=x&state=karangan", "error=access_denied"])
def test_a_return_that_nobody_departed_for_is_refused(browser, provider, query):
    browser.depart()
    given = provider.tokens_given
    assert browser.come_back(query) == Answer(None, "refused")
    assert provider.tokens_given == given


def test_a_return_that_names_two_departures_is_refused(browser):
    first, second = browser.at_provider(browser.depart()), browser.at_provider(browser.depart())
    other = parse_qs(first)["state"][0]
    assert browser.come_back(f"state={other}&{second}") == Answer(None, "refused")
    assert browser.come_back(second).account is not None


def test_an_exchanged_code_of_another_is_refused(browser):
    mine = dict(parse_qs(browser.at_provider(browser.depart())))
    others = dict(parse_qs(browser.at_provider(browser.depart())))
    swapped = f"code={mine['code'][0]}&state={others['state'][0]}"
    assert browser.come_back(swapped) == Answer(None, "refused")


def test_a_cookie_of_streamlit_that_a_client_brings_says_nothing(browser):
    identity = json.dumps({"email": "siti@example.go.id", "is_logged_in": True, "origin": PUBLIC_URL})
    secret = secrets_singleton["auth"]["cookie_secret"]
    forged = create_signed_value(secret, "_streamlit_user", identity).decode()
    departed = parse_qs(urlsplit(browser.depart()).query)["state"][0]
    answer = browser.come_back(f"code=x&state={departed}", f"{browser.cookie}; _streamlit_user={forged}")
    assert answer == Answer(None, "refused")


def test_a_cookie_with_a_changed_letter_is_refused(browser):
    query = browser.at_provider(browser.depart())
    name, value = browser.cookie.split("=", 1)
    changed = ("A" if value[0] != "A" else "B") + value[1:]
    assert browser.come_back(query, f"{name}={changed}") == Answer(None, "refused")


def test_a_provider_that_does_not_answer_is_said_so(browser):
    unreachable = {"auth": dict(secrets_singleton["auth"]) | {"server_metadata_url": "http://127.0.0.1:9/"}}
    secrets_singleton.merge_programmatic_secrets(unreachable)
    with pytest.raises(CakupanError, match="tidak dapat dihubungi"):
        browser.depart()


def test_without_the_client_secret_the_mode_is_refused(home):
    home.config_path.write_text(configured("https://sso.example.go.id"), "utf-8")
    with pytest.raises(CakupanError, match=r"oidc\.secret; simpan dengan user oidc-secret"):
        oidc.streamlit_secrets(home, load_config(home))


def test_another_mode_tells_streamlit_nothing(home):
    assert oidc.streamlit_secrets(home, load_config(home)) == {}


def test_streamlits_cookies_are_signed_with_another_key_at_every_start(installed):
    config = load_config(installed)
    keys = {oidc.streamlit_secrets(installed, config)["auth"]["cookie_secret"] for _ in range(3)}
    assert len(keys) == 3 and all(len(key) >= 43 for key in keys)


def test_departures_beyond_the_bound_are_forgotten_oldest_first(browser, monkeypatch):
    monkeypatch.setattr(oidc, "REMEMBERED_DEPARTURES", 2)
    first, *others = [(browser.at_provider(browser.depart()), browser.cookie) for _ in range(3)]
    assert browser.come_back(*first) == Answer(None, "refused")
    assert all(browser.come_back(*other).account for other in others)


def test_the_secret_is_readable_by_its_owner_only(installed):
    path = Path(installed.keys_dir, oidc.KEPT_IN)
    assert path.stat().st_mode & 0o777 == 0o600
