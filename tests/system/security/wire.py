"""HTTP as an attacker writes it: any bytes, any header twice, nothing normalised. And forms as a browser fills them."""

import re
import socket
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

WAIT_SECONDS = 30


@dataclass(frozen=True)
class Heard:
    """One response: its status, its headers by lower-case name (all of them, in order), its body."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def all_of(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]

    def first(self, name: str) -> str:
        return next(iter(self.all_of(name)), "")

    @property
    def cookies(self) -> dict[str, str]:
        """Name and value of every cookie that is set and not deleted."""
        pairs = [value.split(";")[0].partition("=") for value in self.all_of("set-cookie")]
        return {name: value for name, _, value in pairs if value not in ("", '""')}


def say(port: int, message: bytes) -> Heard:
    """Send these bytes and read until the server closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=WAIT_SECONDS) as connection:
        connection.sendall(message)
        return hear(connection)


def hear(connection: socket.socket) -> Heard:
    """One response: until it is complete by its own length, or the server closes."""
    received = b""
    try:
        while not _is_complete(received) and (block := connection.recv(65_536)):
            received += block
    except ConnectionResetError:
        pass  # the server closes while there is still something of ours that it has not read
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = [line.partition(":") for line in lines]
    status = int(first.split(" ")[1]) if first else 0
    return Heard(status, [(name.lower(), value.strip()) for name, _, value in pairs], body)


def _is_complete(received: bytes) -> bool:
    head, end, body = received.partition(b"\r\n\r\n")
    length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
    return bool(end) and length is not None and len(body) >= int(length[1])


def ask(port: int, path: str | bytes, *headers: str, method: str = "GET", body: bytes = b"", host: str = "") -> Heard:
    """One request with exactly these header lines besides Host, Connection and the length of the body."""
    target = path.encode("latin-1") if isinstance(path, str) else path
    lines = [f"Host: {host or f'127.0.0.1:{port}'}", "Connection: close", *headers]
    if body or method in ("POST", "PUT"):
        lines.append(f"Content-Length: {len(body)}")
    head = "".join(f"{line}\r\n" for line in lines).encode("latin-1")
    return say(port, method.encode() + b" " + target + b" HTTP/1.1\r\n" + head + b"\r\n" + body)


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = found.get("action", "")
        if tag == "input" and "name" in found:
            self.fields[found["name"]] = found.get("value", "")


@dataclass
class Browser:
    """A client that keeps cookies and fills in forms."""

    port: int
    cookies: dict[str, str]

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def get(self, path: str) -> Heard:
        return self._remember(ask(self.port, path, *self._headers(), "Accept: text/html"))

    def post(self, path: str, fields: dict[str, str], *headers: str, origin: str | None = None) -> Heard:
        """As the browser sends a form from a page of this origin; of its own where none is named, "" for no Origin."""
        origin = f"http://127.0.0.1:{self.port}" if origin is None else origin
        said = [f"Origin: {origin}"] if origin else []
        kind = "Content-Type: application/x-www-form-urlencoded"
        body = urlencode(fields).encode()
        return self._remember(ask(self.port, path, *self._headers(), *said, kind, *headers, method="POST", body=body))

    def form(self, path: str) -> tuple[str, dict[str, str]]:
        """Where the form of a page goes, and its fields as they are given."""
        form = _Form()
        form.feed(self.get(path).body.decode())
        return form.action, form.fields

    def sign_in(self, name: str, password: str, path: str = "/masuk") -> Heard:
        action, fields = self.form(path)
        address = urlsplit(action)
        return self.post(
            address.path + (f"?{address.query}" if address.query else ""), fields | {"nama": name, "sandi": password}
        )

    def _headers(self) -> list[str]:
        return [f"Cookie: {self.cookie}"] if self.cookies else []

    def _remember(self, heard: Heard) -> Heard:
        for line in heard.all_of("set-cookie"):
            name, _, value = line.split(";")[0].partition("=")
            if value in ("", '""'):
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return heard
