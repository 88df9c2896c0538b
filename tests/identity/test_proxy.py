"""A proxy that names who asks: believed from its address and with its key, and only for accounts that are enabled."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import accounts, journal
from data.accounts import Account
from data.config import load_config
from data.errors import CakupanError
from data.home import Home
from data.keys import keep_text_secret
from identity.asked import Asked
from identity.gate import SESSION_HEADER
from identity.proxy import KEY_FILE, Proxy
from tests.identity.asgi import HTML, ask, scope_of

KEY = "kunci-bersama-proksi-dan-program"
NOW = datetime(2024, 7, 31, 2, 0, tzinfo=UTC)
OFFICE = "10.1.0.5"
SETTINGS = (
    '[identity]\nmode = "proxy"\n[identity.proxy]\nheader = "X-Remote-User"\naddresses = ["10.1.0.5", "10.9.0.0/24"]\n'
    '[server]\ntrusted_proxies = ["10.1.0.5"]\n'
)


@pytest.fixture
def office(home: Home) -> Home:
    """A home behind a proxy with the accounts siti and budi, of whom budi is disabled."""
    home.config_path.write_text(SETTINGS, "utf-8")
    keep_text_secret(home, KEY_FILE, KEY)
    accounts.add(home, Account("siti", "Siti", "viewer", places=("16",)))
    accounts.add(home, Account("budi", "Budi", "admin", places=("16",)))
    accounts.disable(home, "budi")
    return home


def asked(name: str | None = "siti", key: str | None = KEY, peer: str = OFFICE, **others: str) -> Asked:
    said = {"x-remote-user": name, "x-cakupan-proxy-key": key, **others}
    headers = [(header.encode(), value.encode("latin-1")) for header, value in said.items() if value is not None]
    return Asked(scope_of("http", "/", headers, client=(peer, 50_000)))


def test_whom_our_proxy_names_has_a_session_of_the_account(office):
    named = Proxy(office, load_config(office)).named(asked(), NOW)
    assert named is not None
    assert named.account.name == "siti"
    assert accounts.session(office, named.session_id, NOW) == accounts.find(office, "siti")


def test_a_name_in_another_case_is_the_same_account(office):
    named = Proxy(office, load_config(office)).named(asked(" SITI "), NOW)
    assert named is not None and named.account.name == "siti"


@pytest.mark.parametrize(
    "request_of_a_stranger",
    [
        asked(key=None),
        asked(key=""),
        asked(key=KEY + "x"),
        asked(key=KEY[:-1]),
        asked(key="k\xfcnci"),
        asked(peer="10.1.0.6"),
        asked(peer="127.0.0.1"),
        asked(peer="::1"),
        asked(peer=""),
        asked(peer="10.1.0.6", **{"x-forwarded-for": OFFICE}),
        asked(name=None),
        asked(name=""),
        asked(name="hantu"),
        asked(name="budi"),
        asked(name="siti, budi"),
    ],
)
def test_nobody_else_is_believed(office, request_of_a_stranger):
    assert Proxy(office, load_config(office)).named(request_of_a_stranger, NOW) is None


@pytest.mark.parametrize("doubled", ["x-remote-user", "x-cakupan-proxy-key"])
def test_a_header_that_is_there_twice_is_believed_neither_time(office, doubled):
    headers = [(b"x-remote-user", b"siti"), (b"x-cakupan-proxy-key", KEY.encode())]
    headers.append((doubled.encode(), dict(headers)[doubled.encode()]))
    twice = Asked(scope_of("http", "/", headers, client=(OFFICE, 50_000)))
    assert Proxy(office, load_config(office)).named(twice, NOW) is None


def test_a_proxy_in_a_configured_network_is_believed(office):
    assert Proxy(office, load_config(office)).named(asked(peer="10.9.0.77"), NOW) is not None
    assert Proxy(office, load_config(office)).named(asked(peer="::ffff:10.9.0.77"), NOW) is not None


def test_an_account_has_one_session_however_often_it_asks(office):
    proxy = Proxy(office, load_config(office))
    first, second = proxy.named(asked(), NOW), proxy.named(asked(), NOW + timedelta(minutes=5))
    assert first is not None and second is not None
    assert second.session_id == first.session_id


def test_an_ended_session_is_opened_anew_under_another_id(office):
    proxy = Proxy(office, load_config(office))
    first = proxy.named(asked(), NOW)
    assert first is not None
    second = proxy.named(asked(), NOW + timedelta(hours=12))
    assert second is not None and second.session_id != first.session_id
    assert accounts.session(office, first.session_id, NOW + timedelta(hours=12)) is None


def test_a_disabled_account_is_out_at_the_next_request(office):
    proxy = Proxy(office, load_config(office))
    first = proxy.named(asked(), NOW)
    assert first is not None
    accounts.disable(office, "siti")
    assert proxy.named(asked(), NOW) is None
    assert accounts.session(office, first.session_id, NOW) is None


def test_a_new_key_holds_from_the_next_request(office):
    proxy = Proxy(office, load_config(office))
    keep_text_secret(office, KEY_FILE, "kunci-yang-baru")
    assert proxy.named(asked(), NOW) is None
    assert proxy.named(asked(key="kunci-yang-baru"), NOW) is not None


def test_without_a_key_the_mode_is_refused(home):
    home.config_path.write_text(SETTINGS, "utf-8")
    with pytest.raises(CakupanError, match=r"proxy\.key; buat dengan user proxy-key"):
        Proxy(home, load_config(home))


def through_gate(gate: Any, path: str = "/", **said: Any) -> Any:
    """A page asked for at the gate, by our proxy unless it is said otherwise."""
    peer = said.pop("peer", OFFICE)
    headers = HTML | {"x-remote-user": "siti", "x-cakupan-proxy-key": KEY} | said
    return ask(gate, path, headers=headers, client=(peer, 50_000))


def test_the_app_behind_the_gate_gets_the_session_and_neither_header(office, gated: Callable[..., Any]):
    gate, app = gated(office, SETTINGS)
    assert through_gate(gate).status == 200
    session = accounts.session(office, app.header(SESSION_HEADER)[0], datetime.now(UTC))
    assert session is not None and session.name == "siti"
    assert app.header("x-remote-user") == app.header("x-cakupan-proxy-key") == []


@pytest.mark.parametrize(
    "said",
    [{"x-cakupan-proxy-key": "karangan"}, {"peer": "10.7.7.7"}, {"x-remote-user": "budi"}, {"x-remote-user": "x"}],
)
@pytest.mark.parametrize("path", ["/", "/_stcore/host-config", "/static/index.js"])
def test_a_forged_header_reaches_nothing(office, gated, said, path):
    gate, app = gated(office, SETTINGS)
    assert through_gate(gate, path, **said).status in (401, 403, 303)
    assert app.scopes == []


def test_a_session_of_the_cookie_counts_for_nothing_behind_a_proxy(office, gated):
    gate, app = gated(office, SETTINGS)
    token = accounts.open_session(office, "siti", "10.1.2.3", datetime.now(UTC))
    cookie = {"cookie": f"cakupan_sesi={token}", SESSION_HEADER: accounts.session_id_of(token)}
    answer = ask(gate, "/", headers=HTML | cookie, client=(OFFICE, 50_000))
    assert answer.status != 200 and app.scopes == []


def test_the_sign_in_is_journaled_once_with_the_readers_address(office, gated):
    gate, _ = gated(office, SETTINGS)
    for _ in range(3):
        through_gate(gate, **{"x-forwarded-for": "203.0.113.9, 10.20.30.40"})
    written = journal.entries(office, kind="sign_in")
    assert [(entry.who, entry.is_authenticated, entry.facts) for entry in written] == [
        ("siti", True, {"address": "10.20.30.40", "mode": "proxy"})
    ]


def test_whose_sign_in_cannot_be_journaled_is_not_in_at_the_second_request_either(office, gated):
    gate, app = gated(office, SETTINGS)
    office.journal_path.write_bytes(b"no database at all" * 100)
    assert [through_gate(gate).status for _ in range(2)] == [503, 503]
    assert app.scopes == []


def test_the_key_is_not_in_the_journal_or_the_accounts(office, gated):
    gate, _ = gated(office, SETTINGS)
    through_gate(gate)
    kept = [path for path in Path(office.root).glob("*.sqlite*") if KEY.encode() in path.read_bytes()]
    assert kept == []
