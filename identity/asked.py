"""What a request says of itself, read strictly: what is said twice or cannot be is refused, not guessed."""

import logging
import re
from collections import defaultdict
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from starlette.types import Scope

from data.accounts import PasswordReplaced
from data.config import Config, is_loopback
from data.errors import CakupanError, HomeBusy

LOG = logging.getLogger("cakupan.identity")
HOST = re.compile(r"(?P<name>[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])\.?(:(?P<port>[0-9]{1,5}))?", re.ASCII)
# What the app or the library below it reads. Whatever else a client sends ends here: names that a proxy or a person
# put into headers, with whatever spelling, are of no meaning behind the gate.
READ_BY_THE_APP = frozenset(
    {
        "accept",
        "accept-encoding",
        "accept-language",
        "cache-control",
        "connection",
        "content-length",
        "content-type",
        "host",
        "if-modified-since",
        "if-none-match",
        "if-range",
        "origin",
        "pragma",
        "range",
        "sec-websocket-extensions",
        "sec-websocket-key",
        "sec-websocket-protocol",
        "sec-websocket-version",
        "transfer-encoding",
        "upgrade",
        "user-agent",
        "x-xsrftoken",
    }
)
# A proxy stands before the app: it says so in one of these.
OF_A_PROXY = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
SAID_ONCE = ("host", "origin", "content-length", "sec-fetch-site")


class Refused(Exception):
    """The request is not answered: a status of HTTP and a sentence for whoever runs the server or the browser."""

    def __init__(self, status: int, told: str) -> None:
        super().__init__(told)
        self.status = status
        self.told = told


def out_of_order(failed: CakupanError) -> Refused:
    """What whoever asks is told when accounts, journal or settings cannot be used. Why stands in the log: the sentence
    may name folders, and anybody may ask."""
    if isinstance(failed, HomeBusy | PasswordReplaced):
        return Refused(503, str(failed))
    LOG.error("%s", failed)
    return Refused(503, "Akun, jurnal atau pengaturan tidak dapat dipakai; sebabnya ada dalam catatan program.")


class Asked:
    """A request or a websocket's handshake before anything in it is believed."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.path: str = scope["path"]
        self.method: str = scope.get("method", "GET")
        self._headers: dict[str, list[str]] = defaultdict(list)
        for name, value in scope["headers"]:
            self._headers[name.decode("latin-1").lower()].append(value.decode("latin-1").strip())
        for name in SAID_ONCE:
            if len(self._headers.get(name, ())) > 1:
                raise Refused(400, f"Kepala permintaan {name} ada lebih dari sekali.")

    def said(self, name: str) -> str | None:
        """The value of a header; None when it is missing. Of several the first: see SAID_ONCE."""
        return next(iter(self._headers.get(name, ())), None)

    def lines_of(self, name: str) -> list[str]:
        """The values of every header of this name, as they were sent."""
        return list(self._headers.get(name, ()))

    def all_said(self, name: str) -> list[str]:
        """The comma-separated values of all headers of this name, in order."""
        return [value.strip() for line in self._headers.get(name, ()) for value in line.split(",")]

    def cookie(self, name: str) -> str | None:
        """The value of a cookie; None when it is missing or, as only a stranger's page could make it, there twice."""
        pairs = [pair.strip().partition("=") for line in self._headers.get("cookie", ()) for pair in line.split(";")]
        values = {value for key, _, value in pairs if key == name}
        return values.pop() if len(values) == 1 else None

    @property
    def is_navigation(self) -> bool:
        """Whether a person's browser asks for a document to show, so that it can be sent to another one."""
        if (mode := self.said("sec-fetch-mode")) is not None:
            return mode == "navigate" and self.said("sec-fetch-dest") == "document"
        return "text/html" in (self.said("accept") or "")

    @property
    def peer(self) -> str:
        """Address at the other end of the connection; empty when there is none, as on a socket file."""
        client = self.scope.get("client")
        return client[0] if client else ""

    def passes_a_proxy(self) -> bool:
        """Whether a proxy says that it stands between."""
        return any(self._headers.get(name) for name in OF_A_PROXY)


def client_address(asked: Asked, config: Config) -> str:
    """Whose address it is: what trusted proxies say, from the nearest on, as far as they are trusted; else the peer."""
    trusted = [ip_network(address) for address in config.server.trusted_proxies]
    address = asked.peer
    for said in reversed(asked.all_said("x-forwarded-for")):
        if not lies_in(address, trusted):
            break
        address = said
    return address if _is_ip(address) else asked.peer


def lies_in(address: str, networks: list[IPv4Network | IPv6Network]) -> bool:
    """Whether an IP address lies in one of the networks; what is no IP address lies in none."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return any(found in network or (mapped is not None and mapped in network) for network in networks)


def _is_ip(address: str) -> bool:
    try:
        ip_address(address)
    except ValueError:
        return False
    return True


class OwnNames:
    """The names under which this server may be asked: this machine's, its configured address, its public one."""

    def __init__(self, config: Config) -> None:
        self.public_origin = _origin(config.server.public_url)
        self._public_name = urlsplit(config.server.public_url).hostname
        self._address = config.server.address.lower()

    def check_host(self, asked: Asked) -> str:
        """The Host as the client wrote it. Refused when it is no name of this server (DNS rebinding)."""
        host = (asked.said("host") or "").lower()
        found = HOST.fullmatch(host)
        name = found["name"] if found else ""
        if not name or not (is_loopback(name) or name in (self._public_name, self._address, f"[{self._address}]")):
            raise Refused(421, "Alamat ini bukan alamat aplikasi; tulis alamat pembaca pada [server] public_url.")
        return host

    def is_own_origin(self, origin: str, host: str) -> bool:
        """Whether a page of this origin is one of ours. `host` has passed `check_host`."""
        origin = origin.lower()
        if self.public_origin and origin == self.public_origin:
            return True
        found = HOST.fullmatch(host)
        is_public = found is not None and found["name"] == self._public_name
        # A public name is asked for in the way that config.toml says, or it is somebody else's page.
        return not is_public and origin in (f"http://{host}", f"https://{host}")


def _origin(url: str) -> str:
    """Scheme, host and port as a browser writes them: without the port that the scheme implies."""
    parts = urlsplit(url.lower())
    if not parts.hostname:
        return ""
    implied = {"http": 80, "https": 443}[parts.scheme]
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port not in (None, implied) else "")
