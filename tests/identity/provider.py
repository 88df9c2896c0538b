"""A small OpenID Connect provider on loopback: RS256, PKCE, each code once. What it says of a person, and wherein it
lies, a test chooses."""

import base64
import hashlib
import secrets
import socket
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Self

import uvicorn
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT_ID, CLIENT_SECRET = "cakupan", "rahasia-klien-dari-penyedia"
RSA_BITS = 2048


@dataclass
class SmallProvider:
    """`claims` are what it says of whoever comes; `lies` replace claims in the signed token itself.

    `repeats_codes` makes it give a token for a code twice, as no provider should; `signs_with` is the key it uses.
    """

    claims: dict[str, Any] = field(default_factory=lambda: {"sub": "1", "email": "siti@example.go.id"})
    lies: dict[str, Any] = field(default_factory=dict)
    repeats_codes: bool = False
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(RSA_BITS, {"kid": "satu"}, private=True))
    signs_with: RSAKey | None = None
    refuses: bool = False

    def __post_init__(self) -> None:
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens_given = 0
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        routes = [
            Route("/.well-known/openid-configuration", self._metadata),
            Route("/masuk", self._authorize),
            Route("/token", self._token, methods=["POST"]),
            Route("/kunci", self._keys),
        ]
        config = uvicorn.Config(
            Starlette(routes=routes), log_level="error", lifespan="off", timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([listening],), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()

    async def _metadata(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/masuk",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/kunci",
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def _keys(self, _: Request) -> Response:
        return JSONResponse(KeySet([self.key]).as_dict(private=False))

    async def _authorize(self, request: Request) -> Response:
        """As if the person had typed the password: straight back, with a code."""
        asked = dict(request.query_params)
        assert asked["client_id"] == CLIENT_ID, asked
        if self.refuses:
            return RedirectResponse(f"{asked['redirect_uri']}?error=access_denied&state={asked['state']}", 302)
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?code={code}&state={asked['state']}", 302)

    async def _token(self, request: Request) -> Response:
        form = await request.form()
        basic = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        code = str(form.get("code"))
        asked = self.codes.get(code) if self.repeats_codes else self.codes.pop(code, None)
        if asked is None or request.headers.get("authorization") != f"Basic {basic}":
            return JSONResponse({"error": "invalid_grant"}, 400)
        digest = hashlib.sha256(str(form["code_verifier"]).encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        self.tokens_given += 1
        now = int(time.time())
        said = {"iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        signed = jwt.encode(
            {"alg": "RS256", "kid": "satu"}, said | self.claims | self.lies, self.signs_with or self.key
        )
        return JSONResponse({"access_token": secrets.token_urlsafe(8), "token_type": "Bearer", "id_token": signed})
