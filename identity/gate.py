"""The gate: every HTTP request and every websocket passes here before the app sees it."""

from starlette.types import ASGIApp, Receive, Scope, Send

from data.config import Config
from data.home import Home

# Set by the gate on what it lets through; a client's own header of this name never reaches the app.
SESSION_HEADER = "x-cakupan-session"

_standing: list["Gate"] = []


def is_standing() -> bool:
    """Whether a gate was built in this process; without one nobody may say who asks."""
    return bool(_standing)


class Gate:
    """Default deny: what is not named is not there."""

    def __init__(self, app: ASGIApp, home: Home, config: Config) -> None:
        self.app = app
        self.home = home
        self.config = config
        _standing.append(self)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            name = SESSION_HEADER.encode()
            scope = {**scope, "headers": [header for header in scope["headers"] if header[0] != name]}
        await self.app(scope, receive, send)
