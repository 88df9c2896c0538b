"""A client and an app around the gate, without a server between: what is sent is exactly what a test says."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode

from starlette.types import Message, Receive, Scope, Send

HOST = "localhost:8501"
OWN = {"origin": f"http://{HOST}"}
HTML = {"accept": "text/html", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document", "sec-fetch-site": "none"}
Pairs = list[tuple[bytes, bytes]]


@dataclass
class App:
    """Stands behind the gate and notes what reaches it."""

    scopes: list[Scope] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scopes.append(scope)
        if scope["type"] == "websocket":
            await self._websocket(receive, send)
            return
        headers = [(b"content-type", b"text/plain"), (b"access-control-allow-origin", b"*")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"the app"})

    async def _websocket(self, receive: Receive, send: Send) -> None:
        assert (await receive())["type"] == "websocket.connect"
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            self.messages.append(message)
            await send({"type": "websocket.send", "bytes": b"numbers"})
        self.messages.append(message)

    def header(self, name: str) -> list[str]:
        """Values of a header of the last request that reached the app."""
        return [value.decode() for key, value in self.scopes[-1]["headers"] if key == name.encode()]


@dataclass(frozen=True)
class Answer:
    """What a client gets for a request."""

    status: int
    headers: Pairs
    body: str

    def all_said(self, name: str) -> list[str]:
        return [value.decode() for key, value in self.headers if key == name.encode()]

    def said(self, name: str) -> str:
        return ", ".join(self.all_said(name))

    def cookie(self, name: str) -> str:
        """The value of a cookie that this answer sets; '' when it sets none."""
        lines = [line for line in self.all_said("set-cookie") if line.startswith(f"{name}=")]
        return lines[-1].split(";")[0].partition("=")[2].strip('"') if lines else ""


def pairs(headers: dict[str, str] | Pairs | None) -> Pairs:
    """Headers as ASGI has them, with a Host unless it is said otherwise."""
    if isinstance(headers, list):
        return headers
    given = {"host": HOST} | (headers or {})
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in given.items() if value is not None]


def scope_of(kind: str, path: str, headers: dict[str, str] | Pairs | None, **more: Any) -> Scope:
    plain, _, query = path.partition("?")
    return {
        "type": kind,
        "path": plain,
        "raw_path": plain.encode(),
        "query_string": query.encode(),
        "headers": pairs(headers),
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 8501),
        "scheme": "http",
        **more,
    }


def ask(
    gate: Any,
    path: str,
    method: str = "GET",
    headers: dict[str, str] | Pairs | None = None,
    body: bytes = b"",
    **more: Any,
) -> Answer:
    """Send one HTTP request through the gate."""
    return asyncio.run(asked(gate, path, method, headers, body, **more))


async def asked(
    gate: Any,
    path: str,
    method: str = "GET",
    headers: dict[str, str] | Pairs | None = None,
    body: bytes = b"",
    **more: Any,
) -> Answer:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await gate(scope_of("http", path, headers, method=method, **more), receive, send)
    start = sent[0]
    text = b"".join(message.get("body", b"") for message in sent[1:])
    return Answer(start["status"], list(start["headers"]), text.decode("utf-8", "replace"))


def form(fields: dict[str, str], cookie: str = "", **headers: str) -> dict[str, Any]:
    """Keyword arguments of `ask` for a form that a browser sends from a page of ours."""
    body = urlencode(fields).encode()
    said = {"content-type": "application/x-www-form-urlencoded", "content-length": str(len(body)), **OWN, **headers}
    return {"method": "POST", "headers": said | ({"cookie": cookie} if cookie else {}), "body": body}


class Socket:
    """A browser's websocket at the gate."""

    def __init__(self, gate: Any, headers: dict[str, str] | Pairs | None = None, **more: Any) -> None:
        self._gate = gate
        self._scope = scope_of("websocket", more.pop("path", "/_stcore/stream"), headers, **more)
        self._to_app: asyncio.Queue[Message] = asyncio.Queue()
        self._to_browser: asyncio.Queue[Message] = asyncio.Queue()

    async def __aenter__(self) -> Self:
        self._to_app.put_nowait({"type": "websocket.connect"})
        self._task = asyncio.create_task(self._gate(self._scope, self._to_app.get, self._send))
        self.first = await self.next()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._to_app.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await self._task

    async def _send(self, message: Message) -> None:
        self._to_browser.put_nowait(message)

    async def say(self, data: bytes = b"hello") -> Message:
        """Send a message and return what comes back."""
        self._to_app.put_nowait({"type": "websocket.receive", "bytes": data})
        return await self.next()

    async def next(self) -> Message:
        """The next thing that the gate sends to the browser."""
        async with asyncio.timeout(20):
            return await self._to_browser.get()
