"""deploy/nginx.conf as it is shipped, before a server that asks for a password: TLS, sign-in, websocket, headers."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from data import journal
from data.accounts import Account, add
from data.editions import publish
from data.home import Home
from data.importers import import_file

ROOT = Path(__file__).parents[2]
NGINX = shutil.which("nginx", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"]))
CHROMIUM = os.environ.get("CAKUPAN_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
NAME = "cakupan.contoh.go.id"
PASSWORD = "panjang sekali dan aman"
SOON_SECONDS = 30
OFFICIAL = "wilayah,per_tanggal,segmen,peserta,potensi,sumber\n16,2024-07-09,jasa konstruksi,123000,270000,Kanwil\n"
FROM_THE_APP = (
    "content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy", "permissions-policy",
    "cross-origin-opener-policy", "cross-origin-resource-policy",
)  # fmt: skip

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")


@dataclass(frozen=True)
class Office:
    """A server behind nginx as an office network has it."""

    home: Home
    app_port: int
    port: int
    plain_port: int
    certificate: Path

    def get(self, path: str, **headers: str) -> HTTPResponse:
        return self.ask("GET", path, None, headers)

    def ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> HTTPResponse:
        """One request by way of the proxy, under the public name."""
        connection = HTTPSConnection("127.0.0.1", self.port, timeout=SOON_SECONDS, context=self.trusted())
        connection._tunnel_host = None  # type: ignore[attr-defined]
        connection.request(method, path, body, {"Host": self.host, **headers})
        answer = connection.getresponse()
        answer.body = answer.read().decode("utf-8", "replace")  # type: ignore[attr-defined]
        connection.close()
        return answer

    @property
    def host(self) -> str:
        return f"{NAME}:{self.port}"

    @property
    def url(self) -> str:
        return f"https://{self.host}"

    def trusted(self) -> ssl.SSLContext:
        """The office's certificate is believed; it names the public name, not the address."""
        context = ssl.create_default_context(cafile=self.certificate)
        context.check_hostname = False
        return context


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def write_certificate(folder: Path) -> Path:
    """A certificate of the office's own, and its key beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "cakupan.crt"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    unlocked = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, unlocked)
    path.with_suffix(".key").write_bytes(secret)
    return path


def write_settings(folder: Path, office: Office) -> Path:
    """deploy/nginx.conf with the names of this machine, in the file that nginx begins with."""
    shipped = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    for there, here in {
        "listen 80;": f"listen 127.0.0.1:{office.plain_port};",
        "listen 443 ssl": f"listen 127.0.0.1:{office.port} ssl",
        f"https://{NAME}$request_uri": f"{office.url}$request_uri",
        "/etc/ssl/cakupan": str(folder),
        "/var/log/nginx": str(folder),
        "127.0.0.1:8501": f"127.0.0.1:{office.app_port}",
    }.items():
        assert shipped.count(there) in (1, 2), there
        shipped = shipped.replace(there, here)
    places = "".join(
        f"{kind}_temp_path {folder / kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    path = folder / "nginx.conf"
    path.write_text(
        f"daemon off; pid {folder / 'nginx.pid'}; error_log {folder / 'error.log'};\n"
        f"events {{}}\nhttp {{\n{places}{shipped}}}\n",
        "utf-8",
    )
    return path


@contextmanager
def running(command: list[str], port: int, log: Path, environment: dict[str, str]) -> Iterator[None]:
    """A program of ours until the block ends, from when it listens on."""
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=output, stderr=output)
    try:
        until = time.monotonic() + SOON_SECONDS
        while not listens(port):
            assert process.poll() is None and time.monotonic() < until, log.read_text("utf-8", "replace")
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(SOON_SECONDS)


def listens(port: int, address: str = "127.0.0.1") -> bool:
    with suppress(OSError), socket.create_connection((address, port), timeout=2):
        return True
    return False


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("kantor")
    home = Home(folder / "home")
    figures = folder / "angka.csv"
    figures.write_text(OFFICIAL, "utf-8")
    import_file(home, figures)
    publish(home, date(2024, 7, 31))
    add(home, Account("ani", "Ani Contoh", "viewer", places=("16",)), PASSWORD)
    office = Office(home, free_port(), free_port(), free_port(), write_certificate(folder))
    home.config_path.write_text(
        f'[identity]\nmode = "password"\n[server]\npublic_url = "{office.url}"\ntrusted_proxies = ["127.0.0.1"]\n',
        "utf-8",
    )
    environment = {"CAKUPAN_HOME": str(home.root), "CAKUPAN_PORT": str(office.app_port)}
    assert NGINX is not None
    settings = write_settings(folder, office)
    with (
        running([sys.executable, "server.py"], office.app_port, folder / "server.log", environment),
        running([NGINX, "-c", str(settings), "-p", str(folder)], office.port, folder / "nginx.log", {}),
    ):
        yield office


def signed_in(office: Office, **headers: str) -> str:
    """Sign in as a browser does; the session's cookie as it goes back."""
    page = office.get("/masuk")
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.body))  # type: ignore[attr-defined]
    form = urlencode(fields | {"nama": "ani", "sandi": PASSWORD})
    asked = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": office.url,
        "Cookie": cookies_of(page),
        **headers,
    }
    answer = office.ask("POST", "/masuk", form, asked)
    assert answer.status == 303, answer.body  # type: ignore[attr-defined]
    [given] = [line for line in answer.headers.get_all("set-cookie") or () if "cakupan_sesi" in line]
    assert re.match(r"__Host-cakupan_sesi=[\w-]{20,};", given)
    assert {"secure", "httponly", "path=/", "samesite=lax"} <= {part.strip().lower() for part in given.split(";")}
    assert "domain" not in given.lower()
    return given.split(";")[0]


def cookies_of(answer: HTTPResponse) -> str:
    return "; ".join(line.split(";")[0] for line in answer.headers.get_all("set-cookie") or ())


def test_plain_http_is_sent_to_https(office):
    connection = HTTPConnection("127.0.0.1", office.plain_port, timeout=SOON_SECONDS)
    connection.request("GET", "/ringkasan?bulan=2024-07", headers={"Host": NAME})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["location"]) == (301, f"{office.url}/ringkasan?bulan=2024-07")
    connection.close()


def test_who_is_not_signed_in_gets_the_sign_in_page_and_nothing_else(office):
    navigation = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    sent = office.get("/ringkasan", **navigation)
    assert (sent.status, sent.headers["location"].split("?")[0]) == (303, "/masuk")
    assert office.get("/_stcore/host-config").status == 401
    assert (office.get("/healthz").status, office.get("/readyz").status) == (200, 200)
    assert handshake(office, "") == 403


def test_a_password_opens_the_app_over_https(office):
    page = office.get("/", Cookie=signed_in(office))
    assert page.status == 200
    assert '<html lang="id">' in page.body


def test_each_security_header_stands_once(office):
    for path, headers in {"/masuk": {}, "/": {"Cookie": signed_in(office)}, "/tidak/ada": {}}.items():
        found = office.get(path, **headers).headers
        for name in (*FROM_THE_APP, "strict-transport-security"):
            assert len(found.get_all(name) or ()) == 1, (path, name)
        assert found["server"] == "nginx", "neither a version nor the program behind it"


def handshake(office: Office, cookie: str) -> int:
    """The answer to a browser's wish for a websocket."""
    asked = [
        "GET /_stcore/stream HTTP/1.1", f"Host: {office.host}", f"Origin: {office.url}", "Connection: Upgrade",
        "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol: streamlit", *([f"Cookie: {cookie}"] if cookie else []), "", "",
    ]  # fmt: skip
    with (
        socket.create_connection(("127.0.0.1", office.port), timeout=SOON_SECONDS) as plain,
        office.trusted().wrap_socket(plain, server_hostname=NAME) as secured,
    ):
        secured.sendall("\r\n".join(asked).encode())
        return int(secured.recv(200).split()[1])


def test_the_websocket_passes(office):
    assert handshake(office, signed_in(office)) == 101


def test_another_name_is_not_served(office):
    assert office.get("/masuk", Host="lain.contoh").status in (400, 403, 421)


def test_what_a_client_says_of_its_own_address_is_not_believed(office):
    signed_in(office, **{"X-Forwarded-For": "203.0.113.9"})
    [entry] = journal.entries(office.home, kind="sign_in", limit=1)
    assert entry.facts["address"] == "127.0.0.1"


def test_only_this_machine_reaches_the_app_itself(office):
    assert listens(office.app_port)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outward:
        outward.connect(("192.0.2.1", 9))  # sends nothing; the system chooses the address it would send from
        own_address = outward.getsockname()[0]
    if own_address.startswith("127."):
        pytest.skip("this machine has no other address than loopback")
    assert not listens(office.app_port, own_address)


def test_the_proxy_logs_no_query(office):
    log, until = office.certificate.parent / "cakupan.access.log", time.monotonic() + SOON_SECONDS
    office.get("/masuk?next=/ringkasan%3Fpemilik=Dinas")
    # A proxy writes its line when the answer has gone.
    while " GET /masuk 200 " not in log.read_text("utf-8"):
        assert time.monotonic() < until, log.read_text("utf-8")
        time.sleep(0.05)
    assert "pemilik" not in log.read_text("utf-8")


def test_the_servers_own_log_holds_nothing_that_a_client_sent(office):
    secret = "NIK1671010101900001"
    cookie = signed_in(office, **{"X-Forwarded-For": secret, "User-Agent": secret})
    office.get(f"/ringkasan?pemilik={secret}", Cookie=cookie, Referer=f"{office.url}/?{secret}")
    office.get(f"/{secret}", Cookie=f"{cookie}; lain={secret}")
    office.ask("POST", "/masuk", f"nama={secret}&sandi={secret}", {"Origin": f"https://{secret}.contoh"})
    handshake(office, f"{cookie}{secret}")
    folder = office.certificate.parent
    written = (office.home.logs_dir / "cakupan.log").read_text("utf-8") + (folder / "server.log").read_text("utf-8")
    assert "GET /ringkasan 200 " in written
    assert "POST /masuk 303 " in written
    assert "GET /{other} " in written
    for value in (secret, PASSWORD, "ani", cookie.split("=")[1], "Traceback"):
        assert value.lower() not in written.lower(), value


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_a_browser_signs_in_and_reads_a_number(office):
    playwright = pytest.importorskip("playwright.sync_api")
    options = ["--no-sandbox", "--disable-gpu", f"--host-resolver-rules=MAP {NAME} 127.0.0.1"]
    with playwright.sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=CHROMIUM, args=options)
        page = browser.new_context(ignore_https_errors=True, locale="id-ID").new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(office.url)
        page.fill("input[name=nama]", "ani")
        page.fill("input[name=sandi]", PASSWORD)
        page.click("form button")
        page.wait_for_selector("text=123 ribu", timeout=60_000)
        assert page.evaluate("document.cookie.includes('cakupan_sesi')") is False
        assert complaints == []
        browser.close()
