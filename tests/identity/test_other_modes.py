"""The gate where a proxy or an identity provider says who asks."""

from pathlib import Path
from typing import Any

import pytest
from starlette.responses import RedirectResponse

from data import accounts, journal
from data.accounts import Account
from data.config import load_config
from data.errors import CakupanError
from data.home import Home
from identity.gate import Gate
from identity.oidc import Answer
from tests.identity.asgi import HTML, OWN, App, ask, form
from tests.identity.conftest import PASSWORD

KEY = "k" * 43
BY_PROXY = '[identity]\nmode = "proxy"\n[identity.proxy]\nheader = "X-Remote-User"\naddresses = ["127.0.0.1"]\n'
BY_PROVIDER = (
    '[identity]\nmode = "oidc"\n[identity.oidc]\nmetadata_url = "https://sso.contoh.go.id/.well-known"\n'
    'client_id = "cakupan"\nlabel = "SSO Pemprov"\n[server]\npublic_url = "http://localhost:8501"\n'
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    accounts.add(home, Account("siti", "Siti", "viewer", places=("16",)))
    home.keys_dir.mkdir(exist_ok=True)
    (home.keys_dir / "proxy.key").write_text(KEY)
    return home


def named(name: str, key: str = KEY) -> dict[str, str]:
    return {"x-remote-user": name, "x-cakupan-proxy-key": key}


def test_whom_the_proxy_names_is_let_in_and_journaled_once(gated: Any, home: Home) -> None:
    front, app = gated(home, BY_PROXY)
    assert [ask(front, "/", headers=named("siti")).status for _ in range(3)] == [200] * 3
    assert len({tuple(app.header("x-cakupan-session"))}) == 1
    assert app.header("x-remote-user") == app.header("x-cakupan-proxy-key") == []
    assert [entry.who for entry in journal.entries(home, kind="sign_in")] == ["siti"]


@pytest.mark.parametrize(
    "headers", [{}, {"x-remote-user": "siti"}, named("siti", "wrong"), named("nobody"), named(""), named("siti, tono")]
)
def test_whom_no_proxy_of_ours_names_is_not(gated: Any, home: Home, headers: dict[str, str]) -> None:
    front, app = gated(home, BY_PROXY)
    assert ask(front, "/", headers=headers).status == 401
    page = ask(front, "/", headers=HTML | headers)
    assert page.status == 403
    assert "dibuka lewat portal kantor" in page.body
    assert app.scopes == []


def test_the_proxys_word_counts_from_its_address_only(gated: Any, home: Home) -> None:
    front, _ = gated(home, BY_PROXY)
    assert ask(front, "/", headers=named("siti"), client=("10.0.0.7", 1)).status == 401
    assert (
        ask(front, "/", headers=named("siti") | {"x-forwarded-for": "127.0.0.1"}, client=("10.0.0.7", 1)).status == 401
    )


def test_a_name_said_twice_is_nobodys(gated: Any, home: Home) -> None:
    front, _ = gated(home, BY_PROXY)
    said = {"host": "localhost"} | named("siti")
    twice = [(name.encode(), value.encode()) for name, value in said.items()] + [(b"x-remote-user", b"tono")]
    assert ask(front, "/", headers=twice).status == 401


def test_a_disabled_account_is_out_behind_the_proxy_as_well(gated: Any, home: Home) -> None:
    front, _ = gated(home, BY_PROXY)
    assert ask(front, "/", headers=named("siti")).status == 200
    accounts.disable(home, "siti")
    assert ask(front, "/", headers=named("siti")).status == 401


def test_a_cookie_signs_nobody_in_behind_a_proxy(gated: Any, home: Home, signed_in: Any) -> None:
    front, _ = gated(home, BY_PROXY)
    assert ask(front, "/", headers=signed_in("siti")).status == 401


def test_without_its_key_no_gate_for_a_proxy_is_built(home: Home) -> None:
    (home.keys_dir / "proxy.key").unlink()
    home.config_path.write_text(BY_PROXY, "utf-8")
    with pytest.raises(CakupanError, match="Kunci proksi tidak ada"):
        Gate(App(), home, load_config(home))


class Provider:
    """Stands for the way to the provider and back, of which tests of identity/oidc.py speak."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    async def depart(self, _scope: Any) -> RedirectResponse:
        return RedirectResponse("https://sso.contoh.go.id/masuk", 303)

    async def come_back(self, _scope: Any) -> Answer:
        return self._answer

    def forget(self, response: Any) -> None:
        response.headers["x-state"] = "forgotten"


def provider_gate(gated: Any, home: Home, answer: Answer) -> Gate:
    front, _ = gated(home, BY_PROVIDER)
    front._sign_in._provider = Provider(answer)
    return front


def test_the_sign_in_page_leads_to_the_provider_and_asks_for_no_password(gated: Any, home: Home) -> None:
    front, _ = gated(home, BY_PROVIDER)
    page = ask(front, "/masuk?next=%2Fperbandingan")
    assert 'href="/masuk/penyedia?next=%2Fperbandingan"' in page.body
    assert "Masuk dengan SSO Pemprov" in page.body
    assert "<form" not in page.body
    assert ask(front, "/masuk", **form({"nama": "siti", "sandi": PASSWORD})).status == 405


def test_who_comes_back_with_an_account_gets_a_session_and_the_page_that_was_asked_for(gated: Any, home: Home) -> None:
    front = provider_gate(gated, home, Answer(accounts.find(home, "siti"), None, "siti"))
    left = ask(front, "/masuk/penyedia?next=%2Fperbandingan%3Fplace%3D16")
    assert left.said("location") == "https://sso.contoh.go.id/masuk"
    kept = {"cookie": f"cakupan_tujuan={left.cookie('cakupan_tujuan')}"}
    back = ask(front, "/masuk/kembali?code=x&state=y", headers=kept | HTML | {"sec-fetch-site": "cross-site"})
    assert (back.status, back.said("location")) == (303, "/perbandingan?place=16")
    assert back.said("x-state") == "forgotten"
    assert ask(front, "/", headers={"cookie": f"cakupan_sesi={back.cookie('cakupan_sesi')}"}).status == 200
    assert [entry.facts["mode"] for entry in journal.entries(home, kind="sign_in")] == ["oidc"]


@pytest.mark.parametrize(
    "planted", ["https%3A%2F%2Fevil.example", "%2F%3Fnext%3Dhttps%3A%2F%2Fevil.example", "%2F%2Fevil"]
)
def test_a_planted_destination_leads_nowhere(gated: Any, home: Home, planted: str) -> None:
    front = provider_gate(gated, home, Answer(accounts.find(home, "siti"), None, "siti"))
    assert ask(front, "/masuk/kembali?state=y", headers={"cookie": f"cakupan_tujuan={planted}"}).said("location") == "/"


@pytest.mark.parametrize(
    ("reason", "claimed", "told", "who"),
    [
        ("unknown_account", "<b>baru@contoh.go.id", "Belum ada akun Cakupan untuk &lt;b&gt;baru", "tidak dikenal"),
        ("not_verified", "siti@contoh.go.id", "belum diverifikasi", "tidak dikenal"),
        ("disabled", "siti", "Akun siti dinonaktifkan", "siti"),
        ("refused", None, "Penyedia identitas tidak mengizinkan", "tidak dikenal"),
    ],
)
def test_who_comes_back_without_one_is_told_why(
    gated: Any, home: Home, reason: str, claimed: str | None, told: str, who: str
) -> None:
    front = provider_gate(gated, home, Answer(None, reason, claimed))
    back = ask(front, "/masuk/kembali?state=y", headers=HTML)
    assert (back.status, back.cookie("cakupan_sesi")) == (403, "")
    assert told in back.body
    (entry,) = journal.entries(home, kind="sign_in_refused")
    assert (entry.who, entry.facts["reason"]) == (who, reason)


def test_streamlits_own_ways_to_the_provider_are_closed_from_outside(gated: Any, home: Home) -> None:
    front, app = gated(home, BY_PROVIDER)
    for path in ("/auth/login?provider=default", "/auth/logout", "/oauth2callback?code=x&state=y"):
        assert ask(front, path, headers=HTML | OWN).status == 404
    assert app.scopes == []
