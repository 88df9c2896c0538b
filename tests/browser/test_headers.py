"""What the server says around a page: compression, security headers, language."""

import gzip
from contextlib import closing
from email.message import Message
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import Server


def get(server: Server, path: str, **headers: str) -> tuple[Message, bytes]:
    """Headers and body of one answer, the body as it came over the wire."""
    with closing(HTTPConnection(urlsplit(server.url).netloc, timeout=10)) as connection:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.headers, response.read()


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/favicon.png"])
def test_every_answer_carries_the_security_headers(demo_server: Server, path: str) -> None:
    headers, _ = get(demo_server, path)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_scripts_run_from_the_own_origin_and_from_no_inline_or_evaluated_text(demo_server: Server) -> None:
    headers, _ = get(demo_server, "/")
    directives = dict(directive.split(" ", 1) for directive in headers["Content-Security-Policy"].split("; "))
    own, inline = directives["script-src"].split()
    assert own == "'self'"
    assert inline.startswith("'sha256-")
    assert directives["default-src"] == directives["connect-src"] == "'self'"


def test_the_document_says_it_is_in_indonesian(demo_server: Server) -> None:
    for path in ("/", "/alamat-mana-pun"):
        headers, html = get(demo_server, path)
        assert b'<html lang="id">' in html
        assert len(html) == int(headers["Content-Length"])


def test_the_english_document_says_so(demo_server: Server) -> None:
    _, html = get(demo_server, "/?month=2024-07&lang=en")
    assert b'<html lang="en">' in html
    _, html = get(demo_server, "/?lang=fr")
    assert b'<html lang="id">' in html


def test_a_compressed_document_is_the_same_document(demo_server: Server) -> None:
    headers, compressed = get(demo_server, "/", **{"Accept-Encoding": "gzip"})
    _, plain = get(demo_server, "/")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(compressed) == plain


def test_the_server_listens_on_this_machine_only(demo_server: Server) -> None:
    url = urlsplit(demo_server.url)
    assert url.port is not None
    with pytest.raises(OSError, match=r"refused|unreachable|timed out"):
        HTTPConnection("127.0.0.2", url.port, timeout=5).connect()
