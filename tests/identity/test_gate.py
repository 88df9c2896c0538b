"""What passes the gate over HTTP, by mode, host, origin, cookie and address."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import accounts, accounts_file
from data.accounts import Account
from data.home import Home
from identity import connections, gate
from tests.identity.asgi import HOST, HTML, OWN, ask
from tests.identity.conftest import PASSWORD

FILE = "0a" * 32
UPLOAD = f"/_stcore/upload_file/{'a' * 36}/{'b' * 36}"
BEHIND_SIGN_IN = ["/", "/perbandingan", "/static/js/index.js", "/favicon.png", "/_stcore/host-config", f"/media/{FILE}"]
HIDDEN = [
    "/_stcore/metrics",
    "/_stcore/agent/interact",
    "/_stcore/script-health-check",
    "/component/a/b",
    "/app/static/x",
]


def test_a_gate_stands_once_it_is_built(gated: Any, tmp_path: Path) -> None:
    gated(Home(tmp_path), "")
    assert gate.is_standing()


def test_no_gate_stands_where_none_was_built() -> None:
    assert not gate.is_standing()


@pytest.mark.parametrize("path", HIDDEN)
def test_streamlits_other_doors_are_closed_in_every_mode(
    local_gate: Any, password_gate: Any, signed_in: Any, path: str
) -> None:
    for built, headers in ((local_gate, {}), (password_gate, signed_in("siti")), (password_gate, {})):
        front, app = built
        assert [ask(front, path, method, headers | OWN).status for method in ("GET", "POST", "OPTIONS")] == [404] * 3
        assert app.scopes == []


def test_this_machine_needs_no_sign_in_in_local_mode(local_gate: Any) -> None:
    front, app = local_gate
    assert ask(front, "/").body == "the app"
    assert app.header("x-cakupan-session") == []


@pytest.mark.parametrize(
    "where",
    [
        {"client": ("10.0.0.7", 5)},
        {"server": ("10.0.0.1", 8501)},
        {"client": None},
        {"headers": {"x-forwarded-for": "10.0.0.7"}},
        {"headers": {"forwarded": "for=10.0.0.7"}},
        {"headers": {"x-real-ip": "10.0.0.7"}},
        {"headers": {"via": "1.1 nginx"}},
    ],
)
def test_local_mode_serves_nobody_from_elsewhere_not_even_through_a_proxy(local_gate: Any, where: Any) -> None:
    front, app = local_gate
    assert ask(front, "/", **where).status == 403
    assert app.scopes == []


@pytest.mark.parametrize("path", BEHIND_SIGN_IN)
def test_whoever_is_not_signed_in_gets_401_for_what_is_no_page(password_gate: Any, path: str) -> None:
    front, app = password_gate
    for cookie in ({}, {"cookie": "cakupan_sesi=forged"}, {"cookie": "_streamlit_user=x; session=y"}):
        for method in ("GET", "HEAD"):
            assert ask(front, path, method, cookie).status == 401
    assert app.scopes == []


def test_a_browser_that_opens_a_page_is_sent_to_sign_in_and_back_there_afterwards(password_gate: Any) -> None:
    front, _ = password_gate
    answer = ask(front, "/perbandingan?month=2024-07&lang=en", headers=HTML)
    assert answer.status == 303
    assert answer.said("location") == "/masuk?next=%2Fperbandingan%3Fmonth%3D2024-07%26lang%3Den&lang=en"
    assert answer.said("cache-control") == "no-store"


def test_an_old_browser_says_by_accept_that_it_opens_a_page(password_gate: Any) -> None:
    front, _ = password_gate
    assert ask(front, "/", headers={"accept": "text/html,*/*"}).said("location") == "/masuk"


def test_supervisors_need_no_account_but_see_only_names(password_gate: Any) -> None:
    front, app = password_gate
    assert [ask(front, path).status for path in ("/healthz", "/_stcore/health")] == [200, 200]
    assert [scope["path"] for scope in app.scopes] == ["/_stcore/health"]
    # This home has accounts but no edition yet.
    assert ask(front, "/readyz").status == 503


def test_a_signed_in_reader_reaches_the_app_and_the_app_learns_the_session(password_gate: Any, signed_in: Any) -> None:
    front, app = password_gate
    cookie = signed_in("siti")
    for path in BEHIND_SIGN_IN[:-1]:
        assert ask(front, path, headers=cookie).status == 200
    token = cookie["cookie"].removeprefix("cakupan_sesi=")
    assert app.header("x-cakupan-session") == [accounts.session_id_of(token)]


@pytest.mark.parametrize(
    "forged",
    ["x-cakupan-session", "X-Cakupan-Session", "x_cakupan_session", "X-CAKUPAN_SESSION", "x-cakupan-proxy-key"],
)
def test_identity_headers_of_clients_end_at_the_gate(
    local_gate: Any, password_gate: Any, signed_in: Any, forged: str
) -> None:
    for front, app, cookie in ((*local_gate, {}), (*password_gate, signed_in("siti"))):
        twice = [(b"host", HOST.encode()), (forged.encode(), b"forged"), (forged.encode(), b"forged")]
        ask(front, "/", headers=twice + [(name.encode(), value.encode()) for name, value in cookie.items()])
        assert b"forged" not in [value for _, value in app.scopes[-1]["headers"]]


@pytest.mark.parametrize("name", ["remote-user", "x-forwarded-user", "x-remote-user", "authorization", "x-anything"])
def test_no_header_that_could_name_somebody_reaches_the_app(password_gate: Any, signed_in: Any, name: str) -> None:
    front, app = password_gate
    ask(front, "/", headers=signed_in("siti") | {name: "admin"})
    assert app.header(name) == []


def test_of_the_cookies_the_app_sees_only_the_one_it_needs(password_gate: Any, signed_in: Any) -> None:
    front, app = password_gate
    cookie = signed_in("siti")["cookie"]
    ask(front, "/", headers={"cookie": f"{cookie}; _streamlit_user=forged; _streamlit_xsrf=2|a|b|c; other=1"})
    assert app.header("cookie") == ["_streamlit_xsrf=2|a|b|c"]


def test_a_session_cookie_that_is_there_twice_is_none(password_gate: Any, signed_in: Any) -> None:
    front, _ = password_gate
    cookie = signed_in("siti")["cookie"]
    assert ask(front, "/", headers={"cookie": f"{cookie}; cakupan_sesi=other"}).status == 401
    assert ask(front, "/", headers={"cookie": f"{cookie}; {cookie}"}).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "10.0.0.7:8501",
        "localhost@evil.example",
        "",
        "local host",
        "[::1",
        "0",
    ],
)
def test_another_name_of_this_machine_is_not_answered(local_gate: Any, password_gate: Any, host: str) -> None:
    for front, app in (local_gate, password_gate):
        for path in ("/", "/healthz", "/masuk"):
            assert ask(front, path, headers={"host": host}).status == 421
        assert app.scopes == []


def test_a_missing_and_a_doubled_host_are_refused(password_gate: Any) -> None:
    front, _ = password_gate
    assert ask(front, "/masuk", headers=[]).status == 421
    assert ask(front, "/masuk", headers=[(b"host", HOST.encode()), (b"host", b"evil.example")]).status == 400


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:8501", "[::1]:8501", "localhost.:8501"])
def test_this_machines_own_names_are_answered(password_gate: Any, host: str) -> None:
    assert ask(password_gate[0], "/masuk", headers={"host": host}).status == 200


def test_the_public_name_is_answered_and_asked_for_by_https_only(gated: Any, shared_home: Any) -> None:
    settings = '[identity]\nmode = "password"\n[server]\npublic_url = "https://cakupan.contoh.go.id"\n'
    front, _ = gated(shared_home, settings)
    public = {"host": "cakupan.contoh.go.id"}
    assert ask(front, "/masuk", headers=public).status == 200
    assert ask(front, "/masuk", headers=public | {"origin": "https://cakupan.contoh.go.id"}).status == 200
    for origin in ("http://cakupan.contoh.go.id", "https://cakupan.contoh.go.id:444", "https://x.contoh.go.id", "null"):
        assert ask(front, "/masuk", headers=public | {"origin": origin}).status == 403


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "http://localhost:3000", "https://localhost:85011", "null", "http://127.0.0.1:8501"],
)
def test_another_sites_page_is_refused_whatever_it_asks(
    local_gate: Any, password_gate: Any, signed_in: Any, origin: str
) -> None:
    for front, cookie in ((local_gate[0], {}), (password_gate[0], signed_in("siti"))):
        for path, method in (("/", "GET"), (UPLOAD, "PUT"), (UPLOAD, "DELETE"), ("/_stcore/host-config", "GET")):
            assert ask(front, path, method, cookie | {"origin": origin}).status == 403


def test_another_sites_link_opens_a_page_but_its_image_its_frame_and_its_form_do_not(
    password_gate: Any, signed_in: Any
) -> None:
    front, _ = password_gate
    cross = signed_in("siti") | {"sec-fetch-site": "cross-site"}
    opened = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert ask(front, "/perbandingan", headers=cross | opened).status == 200
    assert ask(front, "/perbandingan", headers=cross | opened | {"sec-fetch-dest": "iframe"}).status == 403
    assert ask(front, "/favicon.png", headers=cross | {"sec-fetch-mode": "no-cors"}).status == 403
    assert ask(front, "/keluar", "POST", cross | opened).status == 403
    assert ask(front, "/favicon.png", headers=cross | {"sec-fetch-site": "same-site"}).status == 403


@pytest.mark.parametrize(
    ("path", "method"), [("/masuk", "POST"), ("/keluar", "POST"), ("/sandi", "POST"), (UPLOAD, "PUT")]
)
def test_a_change_without_an_origin_is_refused(password_gate: Any, signed_in: Any, path: str, method: str) -> None:
    assert ask(password_gate[0], path, method, signed_in("tono")).status == 403


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PATCH", "DELETE", "CONNECT"])
def test_no_page_answers_to_other_methods(local_gate: Any, password_gate: Any, signed_in: Any, method: str) -> None:
    for (front, app), cookie in ((local_gate, {}), (password_gate, signed_in("siti"))):
        assert ask(front, "/", method, cookie | OWN).status == 405
        assert app.scopes == []


def test_the_websockets_address_answers_no_request(local_gate: Any) -> None:
    assert ask(local_gate[0], "/_stcore/stream").status == 404


def test_a_file_in_memory_is_given_to_its_owner_only(password_gate: Any, signed_in: Any) -> None:
    front, app = password_gate
    siti, tono = signed_in("siti"), signed_in("tono")
    connections.give_file(FILE, accounts.session_id_of(siti["cookie"].partition("=")[2]))
    assert ask(front, f"/media/{FILE}.csv", headers=siti).status == 200
    assert ask(front, f"/media/{FILE}.csv", "HEAD", siti).status == 200
    assert ask(front, f"/media/{FILE}.csv", headers=tono).status == 404
    assert ask(front, f"/media/{FILE}.csv", headers={}).status == 401
    # The same reader, signed in elsewhere, is another owner.
    assert ask(front, f"/media/{FILE}.csv", headers=signed_in("siti")).status == 404
    assert len(app.scopes) == 2


def test_a_file_is_kept_in_no_cache_and_read_by_no_other_site(password_gate: Any, signed_in: Any) -> None:
    front, _ = password_gate
    siti = signed_in("siti")
    connections.give_file(FILE, accounts.session_id_of(siti["cookie"].partition("=")[2]))
    answer = ask(front, f"/media/{FILE}", headers=siti)
    assert answer.said("cache-control") == "private, no-store"
    assert answer.said("access-control-allow-origin") == ""


def test_only_who_may_import_hands_in_files_and_only_to_an_own_page(password_gate: Any, signed_in: Any) -> None:
    front, app = password_gate
    siti, tono, again = signed_in("siti"), signed_in("tono"), signed_in("tono")
    for cookie in (siti, tono):
        assert ask(front, UPLOAD, "PUT", cookie | OWN).status == 404
    connections.bind("a" * 36, accounts.session_id_of(tono["cookie"].partition("=")[2]))
    assert [ask(front, UPLOAD, "PUT", cookie | OWN).status for cookie in (siti, again, {})] == [404, 404, 401]
    assert app.scopes == []
    assert ask(front, UPLOAD, "PUT", tono | OWN).status == 200


def test_a_viewer_hands_in_nothing_even_to_an_own_page(password_gate: Any, signed_in: Any) -> None:
    front, _ = password_gate
    siti = signed_in("siti")
    connections.bind("a" * 36, accounts.session_id_of(siti["cookie"].partition("=")[2]))
    assert ask(front, UPLOAD, "PUT", siti | OWN).status == 404


def test_who_records_proofs_hands_in_what_a_proof_may_weigh_and_takes_it_back(
    password_gate: Any, signed_in: Any
) -> None:
    front, app = password_gate
    rudi = signed_in("rudi")
    connections.bind("a" * 36, accounts.session_id_of(rudi["cookie"].partition("=")[2]))
    limit = gate.MOST_PROOF_BYTES
    for length, status in ((str(limit), 200), (str(limit + 1), 404), ("", 404), ("-1", 404), ("1e3", 404), ("²", 404)):
        said = {"content-length": length} if length else {}
        assert ask(front, UPLOAD, "PUT", rudi | OWN | said).status == status, length
    assert ask(front, UPLOAD, "DELETE", rudi | OWN).status == 200
    assert [scope["method"] for scope in app.scopes] == ["PUT", "DELETE"]


def test_a_delivery_may_be_larger_than_a_proof(password_gate: Any, signed_in: Any) -> None:
    front, _ = password_gate
    tono = signed_in("tono")
    connections.bind("a" * 36, accounts.session_id_of(tono["cookie"].partition("=")[2]))
    assert ask(front, UPLOAD, "PUT", tono | OWN | {"content-length": str(gate.MOST_PROOF_BYTES + 1)}).status == 200


def test_who_has_to_choose_a_password_reaches_nothing_before(password_gate: Any, signed_in: Any) -> None:
    front, app = password_gate
    dewi = signed_in("dewi")
    answer = ask(front, "/perbandingan", headers=HTML | dewi)
    assert (answer.status, answer.said("location")) == (303, "/sandi?next=%2Fperbandingan")
    assert ask(front, "/static/js/index.js", headers=dewi).status == 401
    assert app.scopes == []


def test_a_disabled_account_is_out_at_its_next_request(gated: Any, tmp_path: Any) -> None:
    home = Home(tmp_path)
    accounts.add(home, Account("rina", "Rina", "viewer", places=("16",)), PASSWORD)
    front, _ = gated(home, '[identity]\nmode = "password"\n')
    cookie = {"cookie": f"cakupan_sesi={accounts.open_session(home, 'rina', '', datetime.now(UTC))}"}
    assert ask(front, "/", headers=cookie).status == 200
    accounts.disable(home, "rina")
    assert ask(front, "/", headers=cookie).status == 401


def test_pages_are_shown_where_the_use_of_a_session_cannot_be_noted(
    gated: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path)
    accounts.add(home, Account("rina", "Rina", "viewer", places=("16",)), PASSWORD)
    front, _ = gated(home, '[identity]\nmode = "password"\n')
    token = accounts.open_session(home, "rina", "", datetime.now(UTC) - timedelta(minutes=2))
    monkeypatch.setattr(accounts_file, "BUSY_SECONDS", 0.05)
    accounts_file._idle.close()
    other = sqlite3.connect(home.accounts_path, isolation_level=None)
    other.execute("begin immediate")
    assert ask(front, "/", headers={"cookie": f"cakupan_sesi={token}"}).status == 200
    other.close()


def test_a_narrowed_account_keeps_its_session_but_none_of_its_files(gated: Any, tmp_path: Any) -> None:
    home = Home(tmp_path)
    accounts.add(home, Account("rina", "Rina", "viewer", places=("16",)), PASSWORD)
    front, _ = gated(home, '[identity]\nmode = "password"\n')
    token = accounts.open_session(home, "rina", "", datetime.now(UTC))
    cookie, owner = {"cookie": f"cakupan_sesi={token}"}, accounts.session_id_of(token)
    connections.bind("a" * 36, owner)
    connections.give_file(FILE, owner)
    assert ask(front, f"/media/{FILE}", headers=cookie).status == 200
    accounts.change(home, "rina", places=("16.71",))
    assert ask(front, "/", headers=cookie).status == 200
    assert ask(front, f"/media/{FILE}", headers=cookie).status == 404
    assert connections.owner_of("a" * 36) is None


def test_the_reader_behind_a_trusted_proxy_is_told_to_the_app(gated: Any, shared_home: Any, signed_in: Any) -> None:
    settings = '[identity]\nmode = "password"\n[server]\ntrusted_proxies = ["127.0.0.1"]\n'
    front, app = gated(shared_home, settings)
    ask(front, "/", headers=signed_in("siti") | {"x-forwarded-for": "6.6.6.6, 10.0.0.7"})
    assert app.scopes[-1]["client"] == ("10.0.0.7", 0)


def test_a_forwarded_address_of_anybody_else_is_not_believed(password_gate: Any, signed_in: Any) -> None:
    front, app = password_gate
    ask(front, "/", headers=signed_in("siti") | {"x-forwarded-for": "10.0.0.7"})
    assert app.scopes[-1]["client"][0] == "127.0.0.1"
