"""What is an address and what is not, whoever asks."""

import pytest

from identity.addresses import Kind, allows, kind_of, local_page

HIDDEN = [
    "/_stcore/metrics",
    "/_stcore/metrics/",
    "/_stcore/script-health-check",
    "/_stcore/agent/interact",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/mcp",
    "/_stcore/agent/mcp/",
    "/_stcore/message",
    "/_stcore/allowed-message-origins",
    "/_stcore/bidi-components/any/index.html",
    "/_stcore",
    "/_stcore/",
    "/_STCORE/metrics",
    "/_Stcore/Health",
    "/_stcore/health/",
    "/_stcore/stream/",
    "/perbandingan/_stcore/stream",
    "/perbandingan/_stcore/agent/mcp",
    "/component/any.name/index.html",
    "/component",
    "/COMPONENT",
    "/component/",
    "/app/static/secret.csv",
    "/app",
    "/auth/login",
    "/auth/logout",
    "/oauth2callback",
    "/media/",
    "/media",
    "/static",
    "/static/",
    "/static/js/../../index.html",
    "/static/.hidden",
    "/static//js/index.js",
    "/..",
    "/../etc/passwd",
    "/./healthz",
    "/healthz/",
    "/HEALTHZ",
    "//healthz",
    "//evil.example/",
    "/\\evil.example",
    "/a\\b",
    "/a/b",
    "/a//b",
    "/a b",
    "/a%2fb",
    "/a;b",
    "/.env",
    "/robots.txt",
    "/index.html",
    "/manifest.json",
    "/secrets.toml",
    "/café",
    "/a\x00",
    "/a\n",
    "",
    "*",
    "perbandingan",
    "http://localhost/",
    "/" + "a" * 81,
]


@pytest.mark.parametrize("mode", ["local", "password", "oidc", "proxy"])
@pytest.mark.parametrize("path", HIDDEN)
def test_what_is_not_named_is_not_there_in_any_mode(path: str, mode: str) -> None:
    assert kind_of(path, path.encode(), mode) is None


@pytest.mark.parametrize(
    ("path", "raw_path"),
    [
        ("/healthz", b"/%68ealthz"),
        ("/_stcore/health", b"/_stcore%2fhealth"),
        ("/perbandingan", b"/x%2f%2e%2e%2fperbandingan"),
        ("/perbandingan", b"/perbandingan%00"),
        ("/", b"/%2e"),
        ("/static/js/index.js", b"/static/%6as/index.js"),
    ],
)
def test_an_escaped_address_is_no_address(path: str, raw_path: bytes) -> None:
    assert kind_of(path, raw_path, "password") is None


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", Kind.PAGE),
        ("/perbandingan", Kind.PAGE),
        ("/perbandingan/", Kind.PAGE),
        ("/alamat-mana-pun", Kind.PAGE),
        ("/static/js/index.DormvYxC.js", Kind.STATIC),
        ("/static/media/SourceSansVF-Upright.ttf.BsWL4Kly.woff2", Kind.STATIC),
        ("/favicon.png", Kind.STATIC),
        ("/_stcore/health", Kind.APP_HEALTH),
        ("/_stcore/host-config", Kind.HOST_CONFIG),
        ("/_stcore/stream", Kind.STREAM),
        (f"/media/{'0a' * 32}.csv", Kind.MEDIA),
        (f"/_stcore/upload_file/{'a' * 36}/{'b' * 36}", Kind.UPLOAD),
        ("/healthz", Kind.HEALTH),
        ("/readyz", Kind.READINESS),
    ],
)
def test_what_the_app_needs_is_there(path: str, kind: Kind) -> None:
    assert kind_of(path, path.encode(), "local") is kind


def test_the_raw_path_of_another_server_may_hold_the_query() -> None:
    assert kind_of("/perbandingan", b"/perbandingan?month=2024-07%2f", "local") is Kind.PAGE


def test_every_file_of_the_app_has_an_address() -> None:
    from pathlib import Path

    from streamlit.file_util import get_static_dir

    root = Path(get_static_dir())
    files = [f"/{path.relative_to(root).as_posix()}" for path in (root / "static").rglob("*") if path.is_file()]
    assert len(files) > 100
    assert [path for path in files if kind_of(path, path.encode(), "local") is not Kind.STATIC] == []


def test_sign_in_has_its_addresses_only_where_one_signs_in_here() -> None:
    found = {
        mode: [kind_of(path, None, mode) for path in ("/masuk", "/keluar", "/sandi", "/masuk/penyedia")]
        for mode in ("local", "password", "oidc", "proxy")
    }
    assert found == {
        "local": [Kind.PAGE, Kind.PAGE, Kind.PAGE, None],
        "password": [Kind.SIGN_IN, Kind.SIGN_OUT, Kind.PASSWORD, None],
        "oidc": [Kind.SIGN_IN, Kind.SIGN_OUT, Kind.PAGE, Kind.DEPARTURE],
        "proxy": [Kind.PAGE, Kind.PAGE, Kind.PAGE, None],
    }


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "CONNECT", "PATCH", "PROPFIND", "get", ""])
def test_no_address_answers_to_other_methods(method: str) -> None:
    assert [kind for kind in Kind if allows(kind, method)] == []


def test_only_what_takes_something_in_is_posted_or_put_to() -> None:
    assert [kind for kind in Kind if allows(kind, "POST")] == [Kind.SIGN_IN, Kind.SIGN_OUT, Kind.PASSWORD]
    assert [kind for kind in Kind if allows(kind, "PUT")] == [Kind.UPLOAD]
    assert [kind for kind in Kind if allows(kind, "DELETE")] == [Kind.UPLOAD]


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " /perbandingan",
        "javascript:alert(1)",
        "perbandingan",
        "",
        "/masuk",
        "/keluar",
        "/sandi?x=1",
        "/_stcore/metrics",
        "/media/" + "0" * 32,
        "/a/b",
        "/perbandingan#x",
        "http:perbandingan",
        "//[",
        "/" + "?" + "x" * 2000,
        "/é",
    ],
)
def test_nobody_is_led_elsewhere_after_signing_in(address: str) -> None:
    assert local_page(address) == "/"


@pytest.mark.parametrize("address", ["/", "/perbandingan", "/perbandingan?month=2024-07&place=16.71", "/?lang=en"])
def test_a_page_with_its_parameters_is_kept(address: str) -> None:
    assert local_page(address) == address
