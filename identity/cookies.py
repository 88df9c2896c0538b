"""The cookies: of a session, of a form before there is one, and of where somebody goes who is away at a provider."""

from urllib.parse import quote

from starlette.responses import Response

PAGE_SECONDS = 3600
AWAY_SECONDS = 600


class Cookies:
    """Names and writes the cookies. Under https a browser lets no other host and no plain http set them (__Host-)."""

    def __init__(self, *, is_https: bool) -> None:
        prefix = "__Host-" if is_https else ""
        self._is_https = is_https
        self.session = f"{prefix}cakupan_sesi"
        self.page = f"{prefix}cakupan_formulir"
        self.destination = f"{prefix}cakupan_tujuan"

    def give_session(self, response: Response, token: str) -> None:
        """Until the browser is closed; the server ends the session by its own clock."""
        self._set(response, self.session, token)

    def give_page(self, response: Response, value: str) -> None:
        """What the tokens of this browser's forms belong to."""
        self._set(response, self.page, value, max_age=PAGE_SECONDS)

    def give_destination(self, response: Response, address: str) -> None:
        """Where to go after the return from the provider, percent-encoded."""
        self._set(response, self.destination, quote(address, safe=""), max_age=AWAY_SECONDS)

    def take(self, response: Response, *names: str) -> None:
        """Delete cookies."""
        for name in names:
            self._set(response, name, "", max_age=0)

    def _set(self, response: Response, name: str, value: str, max_age: int | None = None) -> None:
        response.set_cookie(
            name, value, max_age=max_age, path="/", secure=self._is_https, httponly=True, samesite="lax"
        )
