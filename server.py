"""The dashboard behind ASGI: gated, compressed, with security headers, in Indonesian, warm: `python server.py`.

Who signs in, address and port are set in the home's config.toml, read once at the start; CAKUPAN_ADDRESS and
CAKUPAN_PORT win over it. What concerns Streamlit alone stands in .streamlit/config.toml.
"""

import base64
import gc
import hashlib
import os
import pkgutil
import re
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import wraps
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config as streamlit_config
from streamlit.file_util import get_static_dir
from streamlit.web.server.starlette import starlette_server
from uvicorn import config as uvicorn_config

from data import logs, sql, staging
from data.config import Config, load_config, refuse_open_address
from data.errors import CakupanError
from data.home import Home
from data.scratch import sweep_rehearsals
from identity.gate import Gate
from identity.proxy import Proxy
from identity.request_log import RequestLog
from ui import failures, guards

# Imported by the first page view otherwise: seconds that the first reader would wait.
SLOW_IMPORTS = ("pandas", "pyarrow", "plotly.graph_objects", "duckdb", "babel.dates", "babel.numbers", "babel.support")
HIGHEST_PORT = 65_535
REFUSED = 2  # exit code of what a setting forbids
# What the pages need of reports comes with ui; the writers of meeting packs run in a process of their own.
OWN_PACKAGES = ("analytics", "identity", "ui")


def inline_script_hashes(html: str) -> list[str]:
    """The CSP sources that allow exactly the inline scripts of this document, one per script."""
    scripts = re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def content_security_policy(index_html: str) -> str:
    """What a page may load: this server's own files, and the exceptions that Streamlit needs."""
    directives = {
        "default-src": ["'self'"],
        # Streamlit's index.html sets one variable in an inline script; its hash allows it and no other.
        "script-src": ["'self'", *inline_script_hashes(index_html)],
        # Emotion, Streamlit's styling, and plotly write style elements while the page runs, without a nonce.
        "style-src": ["'self'", "'unsafe-inline'"],
        # Streamlit's own icons are data: URIs; plotly draws a chart to a blob: before it is saved as PNG.
        "img-src": ["'self'", "data:", "blob:"],
        # Streamlit's stylesheet of formulas (KaTeX) carries its fonts as data: URIs.
        "font-src": ["'self'", "data:"],
        # Covers the websocket as well: 'self' matches ws: and wss: on the same host and port.
        "connect-src": ["'self'"],
        "frame-src": ["'none'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


SECURITY_HEADERS = {
    "Content-Security-Policy": content_security_policy(Path(get_static_dir(), "index.html").read_text("utf-8")),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # The address holds the scope someone looks at (place, owner, fund): no other site learns it.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeaders:
    """Sets the security headers on every HTTP response; websockets pass untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # The sign-in pages run no script at all and say so themselves.
                own_policy = headers.get("Content-Security-Policy")
                headers.update(SECURITY_HEADERS)
                if own_policy:
                    headers["Content-Security-Policy"] = own_policy
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class IndonesianDocument:
    """Says lang="id" in Streamlit's index.html, so that screen readers and browsers read Indonesian; not with ?lang=en.

    Both tags have the same length, so Content-Length stays true.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_html = False
        is_english = scope["type"] == "http" and parse_qs(scope["query_string"]).get(b"lang") == [b"en"]

        async def send_indonesian(message: Message) -> None:
            nonlocal is_html
            if message["type"] == "http.response.start":
                is_html = MutableHeaders(scope=message).get("content-type", "").startswith("text/html")
            elif is_html and message["type"] == "http.response.body":
                message["body"] = message.get("body", b"").replace(b'<html lang="en">', b'<html lang="id">', 1)
            await send(message)

        await self.app(scope, receive, send_indonesian if scope["type"] == "http" and not is_english else send)


def own_modules() -> list[str]:
    """Names of every module that pages share, to be imported before the first reader comes."""
    names = []
    for package in OWN_PACKAGES:
        spec = find_spec(package)
        assert spec is not None, package
        folders = spec.submodule_search_locations
        names += [module.name for module in pkgutil.walk_packages(folders, prefix=f"{package}.")]
    return names


@asynccontextmanager
async def warm_start(_app: st.App) -> AsyncIterator[None]:
    """Import what pages need, then keep it out of every collection of garbage."""
    refuse_unsafe_options(CONFIG)
    streamlit_config.set_option("server.allowedHosts", allowed_hosts(CONFIG), "server.py")
    # The gate alone says who asks.
    streamlit_config.set_option("server.trustedUserHeaders", {}, "server.py")
    for name in (*SLOW_IMPORTS, *own_modules()):
        import_module(name)
    # A query read later could come from a newer program than the code that runs it.
    for path in sql.FOLDER.rglob("*.sql"):
        sql.read_sql(path.relative_to(sql.FOLDER).with_suffix("").as_posix())
    logs.start(HOME, CONFIG.retention.logs_days)
    with suppress(OSError, CakupanError):  # a home that may only be read has none
        sweep_rehearsals(HOME)
        staging.sweep(HOME)
    failures.keep_messages_out_of_the_log()
    gc.collect()
    gc.freeze()
    yield


def without_delay(bind: Callable[..., socket.socket]) -> Callable[..., socket.socket]:
    """Streamlit's way of opening its socket, with TCP_NODELAY, which every connection inherits.

    asyncio sets that itself, but only on sockets opened as TCP by number; Streamlit 1.67 leaves the number out. Without
    it the end of a page waits until the browser has acknowledged its middle: 40 ms, and up to 200 ms on Windows.
    """

    @wraps(bind)
    def bound(address: str, port: int, backlog: int) -> socket.socket:
        opened = bind(address, port, backlog)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened

    return bound


def as_it_comes(asgi: ASGIApp, **_: object) -> ASGIApp:
    """In place of uvicorn's reading of X-Forwarded-For, which believes whoever connects from this machine.

    The gate reads it from the proxies that config.toml names, and needs the true peer for that.
    """
    return asgi


@contextmanager
def one_sentence() -> Iterator[None]:
    """What a setting forbids ends the program with a sentence and exit code 2, not with a traceback."""
    try:
        yield
    except CakupanError as wrong:
        print(wrong, file=sys.stderr)
        raise SystemExit(REFUSED) from None


def refuse_unsafe_options(config: Config) -> None:
    """CakupanError when an option of Streamlit, from whatever source, would go round the gate."""
    refuse_open_address(config, streamlit_config.get_option("server.address") or "")
    if base := streamlit_config.get_option("server.baseUrlPath"):
        raise CakupanError(f"server.baseUrlPath '{base}' tidak didukung; layani Cakupan pada nama host sendiri.")


def provider_secrets(home: Home, config: Config) -> dict[str, Any] | None:
    """What Streamlit has to know of the identity provider. CakupanError when a key of this mode was never made."""
    if config.identity.mode == "proxy":
        Proxy(home, config)
    if config.identity.mode != "oidc":
        return None
    from identity.oidc import streamlit_secrets

    return streamlit_secrets(home, config)


def allowed_hosts(config: Config) -> list[str]:
    """Names by which a websocket may ask: this machine's, the configured address, the public one."""
    names = ["localhost", "127.0.0.1", "::1", urlsplit(config.server.public_url).hostname, config.server.address]
    return list(dict.fromkeys(filter(None, names)))


def serve() -> None:
    """Listen where config.toml says, or CAKUPAN_ADDRESS and CAKUPAN_PORT."""
    address = os.environ.get("CAKUPAN_ADDRESS") or CONFIG.server.address
    port = os.environ.get("CAKUPAN_PORT") or str(CONFIG.server.port)
    with one_sentence():
        refuse_open_address(CONFIG, address)
        if not (port.isdecimal() and 1 <= int(port[:6]) <= HIGHEST_PORT):
            raise CakupanError(f"CAKUPAN_PORT '{port}' bukan nomor port; tulis seperti 8501.")
    # Streamlit reads its own STREAMLIT_… variables only under `streamlit run`.
    with suppress(KeyboardInterrupt):
        options = {"server.address": address, "server.port": int(port)}
        # Given here as well as at the start: options set later are lost when .streamlit/config.toml is edited.
        app.run(config=options | {"server.allowedHosts": allowed_hosts(CONFIG)})


starlette_server._bind_socket = without_delay(starlette_server._bind_socket)
uvicorn_config.ProxyHeadersMiddleware = as_it_comes  # type: ignore[assignment, misc]
guards.install()

HOME = Home.from_environment()
with one_sentence():
    CONFIG = load_config(HOME)
    SECRETS = provider_secrets(HOME, CONFIG)
    if __name__ != "__main__":  # `streamlit run server.py` has read its options by now
        refuse_unsafe_options(CONFIG)

app = st.App(
    Path(__file__).with_name("dashboard.py"),
    lifespan=warm_start,
    secrets=SECRETS,
    on_script_error=failures.report,
    # Outermost first. Streamlit's own compression leaves out its scripts, nine tenths of a first load.
    middleware=[
        Middleware(RequestLog),
        Middleware(SecurityHeaders),
        # Before everything that answers, and before anything that keeps an answer.
        Middleware(Gate, home=HOME, config=CONFIG, farewell=guards.farewell()),
        Middleware(GZipMiddleware, compresslevel=6),
        Middleware(IndonesianDocument),
    ],
)

if __name__ == "__main__":
    serve()
