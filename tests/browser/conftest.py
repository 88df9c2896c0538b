"""One home with demonstration data, one server on it and one Chromium for all browser tests."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from filelock import FileLock
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Download,
    Locator,
    Page,
    expect,
    sync_playwright,
)
from playwright.sync_api import TimeoutError as TimeIsUp

PROJECT = Path(__file__).parents[2]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
HEALTHY_WITHIN_SECONDS = 90
# On a loaded machine a page has needed more than half a minute; who waits for what comes loses no time.
PATIENCE_MS = 90_000
# Streamlit's own marks: connected, no script running, something drawn, nothing stale or still loading its code, and no
# expander on its way. While one unfolds it cuts off what it holds; whoever scrolls to a button in there meanwhile moves
# what is inside of it, which jumps back at the end: a mouse that went down on the button comes up beside it.
AT_REST = "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
SOMETHING_DRAWN = "[data-testid=stMain] [data-testid=stElementContainer]"
BUSY = "[data-testid=stSkeleton], [data-stale=true], [data-testid=stExpander] details[style*=overflow]"
# Under a page's address Streamlit looks for its server next to the page first, then one level up.
EXPECTED_NOT_FOUND = re.compile(r"/[^/]+/_stcore/(health|host-config)$")


expect.set_options(timeout=PATIENCE_MS)


@dataclass(frozen=True)
class Server:
    """A running dashboard: where it is, whose home it serves, and what it wrote."""

    url: str
    home: Path
    log: Path
    seconds_to_healthy: float


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def is_healthy(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@contextmanager
def serve(home: Path, log: Path) -> Iterator[Server]:
    """Start server.py as `make run` does, wait until it is healthy, stop it at the end."""
    port = free_port()
    environment = {**os.environ, "CAKUPAN_HOME": str(home), "CAKUPAN_PORT": str(port)}
    started = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, PROJECT / "server.py"], env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        while not is_healthy(port):
            waited = time.monotonic() - started
            if process.poll() is not None or waited > HEALTHY_WITHIN_SECONDS:
                pytest.fail(f"no healthy server after {waited:.1f} s:\n{log.read_text(errors='replace')}")
            time.sleep(0.05)
        yield Server(f"http://localhost:{port}", home, log, time.monotonic() - started)
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the demonstration data, made once for all browser tests; to be copied, never served or written."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    home = shared / "demonstration"
    with FileLock(shared / "demonstration.lock"):
        if not (home / "current").exists():
            subprocess.run(
                [sys.executable, PROJECT / "cakupan.py", "demo"],
                env={**os.environ, "CAKUPAN_HOME": str(home)},
                check=True,
                timeout=300,
            )
    return home


@pytest.fixture(scope="session")
def demo_server(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The dashboard on the demonstration data. Tests that write need a home of their own: `with serve(…)`.

    It serves a copy: what is served has databases open, so that nobody could copy it whole meanwhile.
    """
    folder = tmp_path_factory.mktemp("server")
    shutil.copytree(demo_home, folder / "home")
    with serve(folder / "home", folder / "server.log") as server:
        yield server


def chromium_program() -> str:
    """Chromium of the system, or the one that CAKUPAN_CHROMIUM names."""
    found = os.environ.get("CAKUPAN_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None:
        pytest.fail("No Chromium found: install Chromium or Chrome, or set CAKUPAN_CHROMIUM to its program file.")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_program(), args=CHROMIUM_OPTIONS)
        yield chromium
        chromium.close()


@dataclass(frozen=True)
class Visit:
    """A page and what happened behind it: foreign requests, refusals of the CSP, errors of scripts."""

    page: Page
    foreign_requests: list[str]
    complaints: list[str]

    def open(self, url: str) -> Page:
        """Load an address and wait until its script has run and the page rests."""
        self.page.goto(url)
        settle(self.page)
        return self.page


def settle(page: Page) -> None:
    """Wait until Streamlit has drawn the page and runs nothing any more."""
    page.wait_for_selector(SOMETHING_DRAWN, state="attached", timeout=PATIENCE_MS)
    page.wait_for_load_state("networkidle")
    page.wait_for_selector(AT_REST, timeout=PATIENCE_MS)
    page.wait_for_function(f"() => !document.querySelector('{BUSY}')", timeout=PATIENCE_MS)


def take_away(button: Locator, server: Server) -> Download:
    """The file behind the button; when none comes, what page and server had to say is printed.

    First clicks were lost to an expander on its way, for which `settle` waits; should one be lost again, what was heard
    is printed, and a person clicks again.
    """
    page, heard = button.page, list[str]()
    page.on("response", lambda answer: heard.append(f"{answer.status} {answer.url}"))
    page.on("console", lambda line: heard.append(line.text))
    for _attempt in range(2):
        try:
            with page.expect_download(timeout=15_000) as taken:
                button.click()
            return taken.value
        except TimeIsUp:
            told = page.locator("[data-testid=stMain]").inner_text()
            log = server.log.read_text(errors="replace").splitlines()[-20:]
            print("\n".join(["no file came; heard:", *heard, "server:", *log, "page:", told]))
    pytest.fail("no file came at two clicks; see what was printed")


def watch(context: BrowserContext, own_origin: str) -> Visit:
    """A new page of this context, every request of which is recorded unless it goes to the own origin."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    visit = Visit(page, [], [])
    own_host = urlsplit(own_origin).netloc

    def note_request(url: str) -> None:
        address = urlsplit(url)
        if address.scheme not in {"data", "blob"} and address.netloc != own_host:
            visit.foreign_requests.append(url)

    def note_console(line: ConsoleMessage) -> None:
        if line.type == "error" and not EXPECTED_NOT_FOUND.search(line.location["url"]):
            visit.complaints.append(line.text)

    # Requests that the CSP stops are asked for as well, so both are seen here.
    page.on("request", lambda request: note_request(request.url))
    page.on("websocket", lambda socket: note_request(socket.url))
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on("console", note_console)
    return visit


@pytest.fixture(scope="session")
def kept_context(browser: Browser) -> Callable[..., BrowserContext]:
    """A context for each set of options, kept for the whole run: what Chromium has fetched and compiled of Streamlit's
    code stays, which is half of the time of a page. The local mode keeps nothing of a reader in it.
    """
    kept: dict[str, BrowserContext] = {}

    def context_of(**options: Any) -> BrowserContext:
        key = repr(sorted(options.items()))
        if key not in kept:
            kept[key] = browser.new_context(**options)
        return kept[key]

    return context_of


@pytest.fixture
def visit_with(kept_context: Callable[..., BrowserContext], demo_server: Server) -> Iterator[Callable[..., Visit]]:
    """A new page that watches itself, for a screen: `visit_with(viewport=…, color_scheme="dark").open(…)`."""
    opened: list[Page] = []

    def watched(**options: Any) -> Visit:
        visit = watch(kept_context(**options), demo_server.url)
        opened.append(visit.page)
        return visit

    yield watched
    for page in opened:
        page.close()


@pytest.fixture
def visit(visit_with: Callable[..., Visit]) -> Visit:
    """A new page on a desk. Use: `page = visit.open(demo_server.url)`."""
    return visit_with(viewport={"width": 1280, "height": 900}, locale="id-ID")


@pytest.fixture
def first_visit(browser: Browser, demo_server: Server) -> Iterator[Visit]:
    """A page in a browser that has never been here: nothing is kept from before."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="id-ID")
    yield watch(context, demo_server.url)
    context.close()
