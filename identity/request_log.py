"""One line of the log for each request: method, what kind of address, status, how long it took."""

import logging
import re
import time
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOG = logging.getLogger("cakupan.requests")
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
# An address may hold anything that somebody types, a NIK as well: only what is known is said as it stands.
NAMED = (
    "/", "/masuk", "/keluar", "/sandi", "/healthz", "/readyz", "/favicon.png",
    "/_stcore/health", "/_stcore/host-config", "/_stcore/stream",
    *(f"/{page.stem}" for page in sorted((Path(__file__).parents[1] / "pages").glob("*.py"))),
)  # fmt: skip
PATTERNS = {
    "/static/{file}": re.compile(r"/static/.+"),
    "/media/{file}": re.compile(r"/media/.+"),
    "/_stcore/upload_file/{session}/{file}": re.compile(r"/_stcore/upload_file/.+"),
    "/_stcore/{other}": re.compile(r"/_stcore/.+"),
}
# Ninety files of a first load and a question every few seconds say nothing, unless they fail.
SILENT_WHEN_WELL = ("/static/{file}", "/favicon.png", "/healthz", "/readyz", "/_stcore/health", "/_stcore/host-config")
WELL_BELOW = 400


def route(path: str) -> str:
    """The kind of an address: itself where it is known, else a pattern without what stood there."""
    if path in NAMED:
        return path
    return next((told for told, pattern in PATTERNS.items() if pattern.fullmatch(path)), "/{other}")


class RequestLog:
    """Outermost of all, so that what others refuse is logged as well."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        # Asked now: the app rewrites the path of what it serves.
        told, began, status = route(scope["path"]), time.perf_counter(), 0

        async def send_noting(message: Message) -> None:
            nonlocal status
            status = status or _status(message)
            await send(message)

        try:
            await self.app(scope, receive, send_noting)
        finally:
            # 0: nothing was answered; the server logs the place of the fault.
            _log(scope, told, status, 1000 * (time.perf_counter() - began))


def _status(message: Message) -> int:
    match message["type"]:
        case "http.response.start" | "websocket.http.response.start":
            return message["status"]
        case "websocket.accept":
            return 101
        case "websocket.close":
            return 403
    return 0


def _log(scope: Scope, told: str, status: int, milliseconds: float) -> None:
    if told in SILENT_WHEN_WELL and 0 < status < WELL_BELOW:
        return
    method = "WEBSOCKET" if scope["type"] == "websocket" else scope["method"]
    LOG.info("%s %s %d %.0f ms", method if method in (*METHODS, "WEBSOCKET") else "OTHER", told, status, milliseconds)
