"""Bahan Rapat in a real browser: three clicks from a screen to a file, the summary, a kept pack; on every screen."""

import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Literal
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, Visit, serve, settle, take_away, watch
from tests.browser.test_ringkasan import PAPER, SCREENS, expect_parameter, parameters

PAGE = "/bahan_rapat?month=2025-06&tanggal=2025-07-07"
CITY = PAGE + "&place=16.71"
MADE_WITHIN_MS = 60_000  # a second's work for each format, on a machine that does other things too
TOO_WIDE = """() => [...document.querySelectorAll('[data-testid=stMain] *')]
  .filter(e => e.getBoundingClientRect().height && !e.closest('.ck-scroll'))
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
  .map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def own_server(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """On a copy of the demonstration, since packs are kept."""
    home = tmp_path_factory.mktemp("own") / "home"
    shutil.copytree(demo_home, home, ignore=shutil.ignore_patterns("ledger*"))
    with serve(home, home.parent / "server.log") as server:
        yield server


@pytest.fixture(scope="module")
def own_visit(own_server: Server, browser: Browser) -> Iterator[Visit]:
    """One that may read what was copied."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="id-ID")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=own_server.url)
    yield watch(context, own_server.url)
    context.close()


def test_three_clicks_lead_to_a_file_and_what_was_kept_opens_again(
    own_server: Server, own_visit: Visit, tmp_path: Path
) -> None:
    page = own_visit.open(own_server.url + "/?month=2025-06&place=16.71")
    title = page.locator(".ck-title").first.inner_text()
    page.get_by_role("link", name="Bahan Rapat").click()  # one
    expect(page.locator(".ck-pack h2").nth(1)).to_have_text(title)
    settle(page)
    page.get_by_role("button", name="Buat bahan rapat").click()  # two
    expect(page.locator("[data-testid=stProgress]")).to_be_visible()
    expect(page.locator(".ck-ready")).to_be_visible(timeout=MADE_WITHIN_MS)
    settle(page)
    taken = take_away(page.get_by_role("button", name="Semua (ZIP)"), own_server)  # three
    taken.save_as(tmp_path / "bahan.zip")
    with ZipFile(BytesIO((tmp_path / "bahan.zip").read_bytes())) as packed:
        endings = sorted(name.rpartition(".")[2] for name in packed.namelist())
        assert packed.testzip() is None
    assert endings == ["docx", "pdf", "png", "pptx", "xlsx"]
    assert taken.suggested_filename.startswith("DATA-CONTOH-cakupan-rapat-koordinasi")
    page.locator(".st-key-kept-packs a").first.click()
    expect(page.locator(".ck-hashes tbody tr")).to_have_count(6)
    settle(page)
    page.get_by_role("button", name="Bangun ulang dan bandingkan").click()
    expect(page.get_by_role("note").filter(has_text="● Sama")).to_be_visible(timeout=20_000)
    page.get_by_role("link", name="Siapkan rapat berikutnya").click()
    expect_parameter(page, "place", "16.71")
    settle(page)
    assert own_visit.complaints == []
    assert own_visit.foreign_requests == []


def test_the_summary_is_copied_as_lines(own_server: Server, own_visit: Visit) -> None:
    page = own_visit.open(own_server.url + PAGE)
    lines = copied(page)
    assert 1 < len(lines) <= 5
    assert lines[-1].startswith("Edisi ")
    assert all(line.strip() for line in lines)


def copied(page: Page) -> list[str]:
    page.get_by_role("button", name="Salin ringkasan").click()
    page.get_by_role("button", name="Copy to clipboard").click()
    page.get_by_role("button", name="Copied").wait_for()
    return str(page.evaluate("navigator.clipboard.readText()")).split("\n")


def test_the_form_is_in_the_address_and_the_address_reproduces_it(demo_server: Server, visit: Visit) -> None:
    page = visit.open(demo_server.url + CITY)
    page.get_by_role("radio", name="OPD").click()
    expect_parameter(page, "untuk", "opd")
    settle(page)
    page.get_by_label("Nama rapat").fill("Rapat <b>Sekda</b>")
    page.keyboard.press("Enter")
    expect_parameter(page, "rapat", "Rapat <b>Sekda</b>")
    settle(page)
    page.locator(".st-key-meeting-isi").get_by_role("button", name="Perubahan").click()
    expect(page.locator(".ck-pack .kicker").filter(has_text="Perubahan")).to_have_count(0)
    settle(page)
    said, address = page.locator(".ck-pack").inner_text(), str(page.evaluate("location.href"))
    page.goto("about:blank")
    visit.open(address)
    assert page.locator(".ck-pack").inner_text() == said
    assert "Rapat <b>Sekda</b> · 7 Juli 2025" in said
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("button", name="Make the meeting pack")).to_be_visible()
    assert parameters(page)["untuk"] == ["opd"]


@pytest.mark.parametrize(("screen", "scheme"), [*zip(SCREENS, PAPER, strict=True)])
def test_nothing_runs_off_the_screen(
    demo_server: Server, visit_with: Callable[..., Visit], screen: str, scheme: Literal["light", "dark"]
) -> None:
    language = "&lang=en" if scheme == "dark" else ""
    address = demo_server.url + PAGE + "&rapat=" + 120 * "N" + language
    page = visit_with(viewport=SCREENS[screen], color_scheme=scheme).open(address)
    page.locator(".ck-pack img:visible").first.wait_for()
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shown = "es => es.filter(e => e.checkVisibility()).map(e => e.className)"
    kinds = set(page.locator(".ck-pack img").evaluate_all(shown))
    assert kinds == ({"on-phone"} if SCREENS[screen]["width"] <= 640 else {"at-desk"})
    expect(page.locator(".stApp")).to_have_css("background-color", PAPER[scheme])
