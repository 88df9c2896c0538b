"""Open websockets: each message passes only while its session lasts, and an ended session's are closed at once."""

import asyncio
from collections import defaultdict
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from identity.asked import Refused

# A page that only lies open is asked about this often; one that says or is told anything, with each message.
IDLE_CHECK_SECONDS = 3.0
POLICY_VIOLATION = 1008
# Each costs memory as a page of its own; nobody has so many tabs.
MOST_OF_A_SESSION = 100


class Sockets:
    """The open websockets of each session. `farewell`, when not empty, is the last that an ended one's browser gets."""

    def __init__(self, farewell: bytes = b"") -> None:
        self._farewell = farewell
        self._of_session: dict[str, set[_Socket]] = defaultdict(set)

    def close(self, session_id: str) -> None:
        """Close every websocket of a session."""
        for socket in self._of_session.get(session_id, ()):
            socket.ended.set()

    async def serve(
        self, app: ASGIApp, scope: Scope, receive: Receive, send: Send, *, session_id: str, lasts: Callable[[], bool]
    ) -> None:
        """Run a websocket of this session as long as `lasts`. Refused when the session has very many open."""
        if len(self._of_session.get(session_id, ())) >= MOST_OF_A_SESSION:
            raise Refused(429, "Terlalu banyak halaman terbuka pada sesi ini; tutup beberapa.")
        socket = _Socket(receive, send, lasts, self._farewell)
        self._of_session[session_id].add(socket)
        try:
            await app(scope, socket.receive, socket.send)
        finally:
            self._of_session[session_id].discard(socket)
            if not self._of_session[session_id]:
                del self._of_session[session_id]


class _Socket:
    def __init__(self, receive: Receive, send: Send, lasts: Callable[[], bool], farewell: bytes) -> None:
        self._receive = receive
        self._send = send
        self._lasts = lasts
        self._farewell = farewell
        self._is_open = self._is_closed = False
        self.ended = asyncio.Event()

    async def receive(self) -> Message:
        """The next message; when the session ends before it comes, the browser is sent away."""
        if self._is_closed:
            return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}
        message = asyncio.ensure_future(self._receive())
        ended = asyncio.ensure_future(self.ended.wait())
        try:
            while not message.done() and self._may_go_on():
                await asyncio.wait({message, ended}, timeout=IDLE_CHECK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            if self._may_go_on():
                return message.result()
        finally:
            ended.cancel()
            message.cancel()
        await self._close()
        return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}

    async def send(self, message: Message) -> None:
        """Pass a message on, unless the session has ended: then the app is told that nobody listens."""
        if message["type"] == "websocket.send" and not self._may_go_on():
            self.ended.set()
            raise OSError("the session has ended")
        if not self._is_closed:
            self._is_open = self._is_open or message["type"] == "websocket.accept"
            self._is_closed = message["type"] == "websocket.close"
            await self._send(message)

    def _may_go_on(self) -> bool:
        return not self._is_closed and not self.ended.is_set() and self._lasts()

    async def _close(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            if self._farewell and self._is_open:
                await self._send({"type": "websocket.send", "bytes": self._farewell})
            await self._send({"type": "websocket.close", "code": POLICY_VIOLATION})
