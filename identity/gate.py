"""The gate: every HTTP request and every websocket passes here before the app sees it.

Default deny. An address is one of addresses.py or not there; whoever is not signed in gets the sign-in page and the
answers for supervisors; a signed-in reader gets the app, and of what Streamlit holds in memory only what is theirs.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from anyio import to_thread
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.accounts import Account, session_id_of
from data.config import Config, is_loopback
from data.errors import CakupanError
from data.home import Home
from identity import addresses, connections
from identity.addresses import Kind
from identity.asked import READ_BY_THE_APP, Asked, OwnNames, Refused, client_address, out_of_order
from identity.cookies import Cookies
from identity.health import Readyz, healthz
from identity.proxy import Proxy
from identity.sessions import Sessions
from identity.sign_in import SignIn
from identity.sockets import POLICY_VIOLATION, Sockets
from identity.wanted import sign_in_address

# Set by the gate on what it lets through for somebody signed in; a client's own of this name never reaches the app.
SESSION_HEADER = "x-cakupan-session"
# What a reader has to do before anything else, and may do without being signed in.
OF_SIGN_IN = (Kind.SIGN_IN, Kind.SIGN_OUT, Kind.PASSWORD, Kind.DEPARTURE, Kind.RETURN)
# The one cookie that Streamlit's pages need; the session's stays with the gate.
COOKIE_OF_THE_APP = "_streamlit_xsrf"
FOR_SUPERVISORS = (Kind.HEALTH, Kind.READINESS, Kind.APP_HEALTH)
SAFE = ("GET", "HEAD")
# The largest scan of a proof or card to be verified, in what a browser puts around it.
MOST_PROOF_BYTES = 10_600_000

_standing: list["Gate"] = []


def is_standing() -> bool:
    """Whether a gate was built in this process; without one nobody may say who asks."""
    return bool(_standing)


@dataclass(frozen=True)
class Visitor:
    """Who asks. `owner` is the id of the session, or LOCAL_OWNER; without an account everybody is at this machine."""

    owner: str
    account: Account | None

    def may_hand_in(self, asked: Asked) -> bool:
        """Whether this file may be handed in, or taken back: deliveries are large, proofs are not."""
        if self.account is None or self.account.reader().may("import"):
            return True
        length = asked.said("content-length") or ("" if asked.method == "PUT" else "0")
        is_small = length.isascii() and length.isdecimal() and int(length[:20]) <= MOST_PROOF_BYTES
        return is_small and self.account.reader().may("hand_in_proof")


class Gate:
    """ASGI middleware around everything that answers.

    `farewell` is a message of the app that sends a browser away whose session has ended under an open page.
    """

    def __init__(self, app: ASGIApp, home: Home, config: Config, farewell: bytes = b"") -> None:
        self.app = app
        self.mode = config.identity.mode
        self.config = config
        self._names = OwnNames(config)
        self._cookies = Cookies(is_https=config.server.is_https)
        self._sockets = Sockets(farewell)
        self._sessions = Sessions(home, self._end)
        self._proxy = Proxy(home, config) if self.mode == "proxy" else None
        self._sign_in = SignIn(app, home, config, self._sessions, self._cookies)
        self._ready = Readyz(home)
        _standing.append(self)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            if scope["type"] == "http":
                await self._http(scope, receive, send)
            elif scope["type"] == "websocket":
                await self._websocket(scope, receive, send)
            else:
                await self.app(scope, receive, send)
        except Refused as refused:
            await _refuse(refused, scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = Asked(scope)
        kind = self._check(asked)
        if kind is Kind.STREAM or not addresses.allows(kind, asked.method):
            raise Refused(404 if kind is Kind.STREAM else 405, "Alamat ini tidak menjawab permintaan seperti ini.")
        if kind in FOR_SUPERVISORS:
            await self._for_supervisors(kind)(self._let_in(asked, None), receive, send)
            return
        visitor = await self._visitor(asked)
        if kind in OF_SIGN_IN:
            response = await self._sign_in.answer(kind, asked, receive, visitor.owner if visitor else None)
            await response(scope, receive, send)
            return
        if visitor is None or self._must_change_password(visitor):
            response = self._send_away(asked, kind, visitor)
            await response(scope, receive, send)
            return
        self._check_possession(kind, asked, visitor)
        await self._sessions.touch(visitor.owner)
        await self.app(self._let_in(asked, visitor), receive, _sender(kind, send))

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = Asked(scope)
        kind = self._check(asked)
        visitor = await self._visitor(asked) if kind is Kind.STREAM else None
        if visitor is None or self._must_change_password(visitor):
            raise Refused(401, "Tidak masuk.")
        let_in = self._let_in(asked, visitor)
        if visitor.account is None:
            await self.app(let_in, receive, send)
            return
        await self._sockets.serve(
            self.app, let_in, receive, send, session_id=visitor.owner, lasts=lambda: self._lasts(visitor.owner)
        )

    def _check(self, asked: Asked) -> Kind:
        """What lies at the address, once its host and its origin are our own."""
        host = self._names.check_host(asked)
        if self.mode == "local":
            _refuse_from_elsewhere(asked)
        kind = addresses.kind_of(asked.path, asked.scope.get("raw_path"), self.mode)
        if kind is None:
            raise Refused(404, "Alamat ini tidak ada.")
        self._check_origin(asked, host)
        return kind

    def _check_origin(self, asked: Asked, host: str) -> None:
        """Refuse what another site's page makes a browser send: any change, any websocket, any part of a page."""
        origin, site = asked.said("origin"), asked.said("sec-fetch-site")
        if origin is not None and not self._names.is_own_origin(origin, host):
            raise Refused(403, "Permintaan berasal dari halaman situs lain.")
        if site not in (None, "same-origin", "none") and not (asked.method in SAFE and asked.is_navigation):
            raise Refused(403, "Permintaan berasal dari halaman situs lain.")
        if asked.scope["type"] == "websocket":
            if origin is None and self.mode != "local":
                raise Refused(403, "Sambungan tanpa Origin ditolak.")
        elif asked.method not in SAFE and origin is None and site != "same-origin":
            raise Refused(403, "Permintaan tanpa Origin ditolak.")

    async def _visitor(self, asked: Asked) -> Visitor | None:
        """Who asks; None: nobody who is signed in."""
        if self.mode == "local":
            return Visitor(connections.LOCAL_OWNER, None)
        try:
            owner = await self._owner(asked)
            account = self._sessions.account(owner) if owner else None
        except CakupanError as unreadable:
            raise out_of_order(unreadable) from unreadable
        return Visitor(owner, account) if owner and account else None

    async def _owner(self, asked: Asked) -> str | None:
        """The id of the session that the request claims: by its cookie, or by what our proxy says beside it."""
        if self._proxy is None:
            token = asked.cookie(self._cookies.session)
            return session_id_of(token) if token else None
        named = await to_thread.run_sync(self._proxy.named, asked, datetime.now(UTC))
        return named.session_id if named else None

    def _must_change_password(self, visitor: Visitor) -> bool:
        return self.mode == "password" and visitor.account is not None and visitor.account.must_change_password

    def _lasts(self, owner: str) -> bool:
        try:
            return self._sessions.account(owner) is not None
        except CakupanError:
            return False

    def _end(self, owner: str) -> None:
        """A session has ended or its rights have changed: nothing that was made under it is reached any more."""
        connections.forget(owner)
        self._sockets.close(owner)

    def _check_possession(self, kind: Kind, asked: Asked, visitor: Visitor) -> None:
        """Refuse another reader's file and another reader's Streamlit session, as what is not there."""
        if visitor.account is None:
            return
        is_theirs = True
        if kind is Kind.MEDIA:
            is_theirs = connections.may_fetch(addresses.part(kind, asked.path, "file"), visitor.owner)
        if kind is Kind.UPLOAD:
            session = addresses.part(kind, asked.path, "session")
            is_theirs = visitor.may_hand_in(asked) and connections.owner_of(session) == visitor.owner
        if not is_theirs:
            raise Refused(404, "Alamat ini tidak ada.")

    def _for_supervisors(self, kind: Kind) -> ASGIApp:
        return {Kind.HEALTH: healthz, Kind.READINESS: self._ready, Kind.APP_HEALTH: self.app}[kind]

    def _send_away(self, asked: Asked, kind: Kind, visitor: Visitor | None) -> Response:
        """To the sign-in page, or to the page for a new password; whatever is no page of a browser gets 401."""
        if kind is not Kind.PAGE or not asked.is_navigation or asked.method not in SAFE:
            raise Refused(401, "Tidak masuk.")
        if self.mode == "proxy":
            return self._sign_in.only_through_proxy(asked)
        path = addresses.SIGN_IN_PATH if visitor is None else addresses.PASSWORD_PATH
        query = asked.scope["query_string"].decode("latin-1")
        wanted = addresses.local_page(asked.path + (f"?{query}" if query else ""))
        return RedirectResponse(sign_in_address(path, wanted), 303, {"Cache-Control": "no-store"})

    def _let_in(self, asked: Asked, visitor: Visitor | None) -> Scope:
        """The request as the app sees it: what it reads and no more, and who asks as the gate knows it."""
        headers = [(name, value) for name, value in asked.scope["headers"] if name.decode("latin-1") in READ_BY_THE_APP]
        if cookie := asked.cookie(COOKIE_OF_THE_APP):
            headers.append((b"cookie", f"{COOKIE_OF_THE_APP}={cookie}".encode("latin-1")))
        scope = {**asked.scope, "headers": headers}
        if visitor is not None and visitor.account is not None:
            headers.append((SESSION_HEADER.encode(), visitor.owner.encode()))
            _name_client(scope, client_address(asked, self.config))
        if scope["type"] == "websocket":
            assert visitor is not None
            _keep_own_session(scope, asked, visitor)
            _make_host_of_origin(scope, asked)
        return scope


def _refuse_from_elsewhere(asked: Asked) -> None:
    """Without sign-in nobody but this machine is served, neither directly nor through a proxy that hides who asks."""
    server = asked.scope.get("server")
    is_here = is_loopback(asked.peer) and (not server or is_loopback(server[0]))
    if not is_here or asked.passes_a_proxy():
        raise Refused(
            403,
            'Tanpa tanda masuk (identity.mode = "local") hanya komputer ini sendiri yang dilayani, tanpa perantara.',
        )


def _name_client(scope: Scope, address: str) -> None:
    client = scope.get("client")
    if client and address != client[0]:
        scope["client"] = (address, 0)


def _keep_own_session(scope: Scope, asked: Asked, visitor: Visitor) -> None:
    """Streamlit resumes whatever session the third subprotocol names; another's is left out, so a new one begins."""
    said = asked.all_said("sec-websocket-protocol")
    if len(said) > 2 and visitor.account is not None and connections.owner_of(said[2]) != visitor.owner:
        said = said[:2]
    headers = MutableHeaders(scope=scope)
    del headers["sec-websocket-protocol"]
    if said:
        headers["sec-websocket-protocol"] = ", ".join(said[:3])
    scope["subprotocols"] = said[:3]


def _make_host_of_origin(scope: Scope, asked: Asked) -> None:
    """Streamlit compares Origin and Host, and a proxy may have dropped the port; the gate has found both our own."""
    if origin := asked.said("origin"):
        MutableHeaders(scope=scope)["host"] = origin.split("://", 1)[1]


def _sender(kind: Kind, send: Send) -> Send:
    """Answers that no cache keeps beyond this browser's run, and that no other site's page may read."""

    async def send_privately(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name in [name for name in headers if name.startswith("access-control-")]:
                del headers[name]
            if kind in (Kind.MEDIA, Kind.UPLOAD):
                headers["Cache-Control"] = "private, no-store"
        await send(message)

    return send_privately


async def _refuse(refused: Refused, scope: Scope, receive: Receive, send: Send) -> None:
    """A websocket is refused before it is accepted: the browser gets 403 in the handshake."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        return
    response = PlainTextResponse(refused.told, refused.status, {"Cache-Control": "no-store"})
    await response(scope, receive, send)
