"""Signing in through the office's OpenID Connect provider, with the machinery of st.login (Authlib).

Streamlit's own routes talk to the provider, inside: a browser reaches neither them nor the cookies in which Streamlit
would keep for 30 days who somebody is. The gate runs them, reads the identity from their answer and opens a session of
its own, which ends, is counted and is revoked as after a password.
"""

import json
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Scope
from streamlit.auth_util import encode_provider_token, get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import SESSION_COOKIE_NAME, USER_COOKIE_NAME

from data import accounts
from data.accounts import Account
from data.config import Config
from data.errors import CakupanError
from data.home import Home
from data.keys import text_secret
from identity.addresses import PROVIDER_RETURN_PATH

KEPT_IN = "oidc.secret"
# Streamlit's name for the provider of an [auth] section that has only one.
PROVIDER = "default"
LOGIN_PATH, CALLBACK_PATH = "/auth/login", "/oauth2callback"
# From leaving for the provider to coming back, with a password and a second factor typed there.
MINUTES_TO_RETURN = 10
REMEMBERED_DEPARTURES = 10_000


@dataclass(frozen=True)
class Answer:
    """Who came back from the provider.

    `account` is None when nobody is signed in; `refusal` says why: 'refused' (by the provider, or the answer is not one
    that was asked for in this browser within minutes, once), 'not_verified', 'unknown_account', 'disabled'. `claimed`
    is the name that the provider gave, to be shown to that person only.
    """

    account: Account | None
    refusal: str | None = None
    claimed: str | None = None


def streamlit_secrets(home: Home, config: Config) -> dict[str, dict[str, Any]]:
    """What Streamlit has to know of the provider: for st.App(secrets=…). Empty in another mode.

    The key of its cookies is new at every start: none of them outlives the minutes of a sign-in. CakupanError when the
    client secret was never given.
    """
    if config.identity.mode != "oidc":
        return {}
    client_secret = text_secret(home, KEPT_IN)
    if client_secret is None:
        raise CakupanError(
            f"Rahasia klien OpenID Connect tidak ada di {home.keys_dir / KEPT_IN}; simpan dengan user oidc-secret."
        )
    oidc = config.identity.oidc
    return {
        "auth": {
            "redirect_uri": config.server.public_url.rstrip("/") + PROVIDER_RETURN_PATH,
            "cookie_secret": secrets.token_urlsafe(32),
            "client_id": oidc.client_id,
            "client_secret": client_secret,
            "server_metadata_url": oidc.metadata_url,
        }
    }


class Provider:
    """The way to the provider and back. `app` is the Streamlit app, as the gate calls it."""

    def __init__(self, app: ASGIApp, home: Home, config: Config) -> None:
        self._app = app
        self._home = home
        self._oidc = config.identity.oidc
        self._is_https = config.server.is_https
        # When each departure began, by its state: each is good for one return, within minutes, in this process.
        self._departures: OrderedDict[str, float] = OrderedDict()

    async def depart(self, scope: Scope) -> RedirectResponse:
        """Send the browser to the provider, with a cookie that only its return can use.

        CakupanError when the provider cannot be reached.
        """
        # Streamlit's token names the provider for two minutes; a link on a page would hold an old one.
        query = f"provider={quote(encode_provider_token(PROVIDER))}"
        status, headers = await self._ask_streamlit(scope, LOGIN_PATH, query, cookie="")
        state = parse_qs(urlsplit(headers.get("location", "")).query).get("state", [""])[0]
        if status != 302 or not state:
            raise CakupanError("Penyedia identitas tidak dapat dihubungi; coba lagi sebentar lagi.")
        self._remember(state)
        response = RedirectResponse(headers["location"], 303, {"Cache-Control": "no-store"})
        kept = _cookies(headers).get(SESSION_COOKIE_NAME, "")
        self._set_state_cookie(response, kept, MINUTES_TO_RETURN * 60)
        return response

    async def come_back(self, scope: Scope) -> Answer:
        """Who the provider says has come back."""
        query = scope["query_string"].decode("latin-1")
        states = parse_qs(query).get("state", [])
        # Of two states Streamlit would read the other one.
        if len(states) != 1 or not self._is_expected(states[0]):
            return Answer(None, "refused")
        kept = _sent_cookies(scope).get(self._state_cookie, "")
        _, headers = await self._ask_streamlit(scope, CALLBACK_PATH, query, cookie=kept)
        # Authlib has checked the token's signature, issuer, audience, nonce and time.
        claims = _claims(_cookies(headers))
        return self._account(claims) if claims else Answer(None, "refused")

    def forget(self, response: Response) -> None:
        """Delete the cookie of the way there; with every answer to a return, whoever came."""
        self._set_state_cookie(response, "", 0)

    @property
    def _state_cookie(self) -> str:
        return f"{'__Host-' if self._is_https else ''}cakupan_penyedia"

    def _set_state_cookie(self, response: Response, value: str, seconds: int) -> None:
        # Lax: the provider's page leads back here, and a browser sends nothing stricter along.
        response.set_cookie(
            self._state_cookie, value, max_age=seconds, path="/", secure=self._is_https, httponly=True, samesite="lax"
        )

    def _remember(self, state: str) -> None:
        self._departures[state] = time.monotonic()
        if len(self._departures) > REMEMBERED_DEPARTURES:
            self._departures.popitem(last=False)

    def _is_expected(self, state: str) -> bool:
        began = self._departures.pop(state, None)
        return began is not None and time.monotonic() - began < MINUTES_TO_RETURN * 60

    def _account(self, claims: dict[str, Any]) -> Answer:
        claimed = claims.get(self._oidc.claim)
        if not isinstance(claimed, str) or not claimed.strip():
            return Answer(None, "refused")
        # Whoever may write any address into a profile there would be anybody here.
        if self._oidc.claim == "email" and claims.get("email_verified", True) not in (True, "true"):
            return Answer(None, "not_verified", claimed)
        # A person may type blanks around a name; a provider that has one in it means somebody else.
        account = accounts.find(self._home, claimed) if claimed == claimed.strip() else None
        if account is None:
            return Answer(None, "unknown_account", claimed)
        if account.is_disabled:
            return Answer(None, "disabled", account.name)
        return Answer(account, None, account.name)

    async def _ask_streamlit(self, scope: Scope, path: str, query: str, *, cookie: str) -> tuple[int, Headers]:
        """Status and headers of the answer of one of Streamlit's own routes; of the browser's cookies it sees one."""
        started: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)

        host = [header for header in scope["headers"] if header[0] == b"host"]
        own = [(b"cookie", f"{SESSION_COOKIE_NAME}={cookie}".encode("latin-1"))] if cookie else []
        inner = {"path": path, "raw_path": path.encode(), "query_string": query.encode("latin-1")}
        await self._app({**scope, **inner, "method": "GET", "headers": host + own}, receive, send)
        return started[0]["status"], Headers(raw=started[0].get("headers", []))


def _claims(cookies: dict[str, str]) -> dict[str, Any] | None:
    """What Streamlit's signed cookie says of the person; None when there is none that it signed."""

    def signed(name: str) -> bytes | None:
        return decode_signed_value(get_cookie_secret(), name, cookies.get(name, "").encode("latin-1"))

    value = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
    claims = json.loads(value) if value else None
    return claims if isinstance(claims, dict) and claims.get("is_logged_in") is True else None


def _cookies(headers: Headers) -> dict[str, str]:
    """The cookies that an answer sets, by name; what it deletes is an empty one."""
    found: dict[str, str] = {}
    for line in headers.getlist("set-cookie"):
        found |= _parsed(line.split(";", 1)[0])
    return found


def _sent_cookies(scope: Scope) -> dict[str, str]:
    return _parsed("; ".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"))


def _parsed(text: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(text).items()}
    except CookieError:
        return {}
