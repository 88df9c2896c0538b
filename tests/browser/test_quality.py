"""Mutu Data in a real browser: many findings settled at once, and lists that nobody has to push sideways on a phone."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from data import journal
from data.home import Home
from tests.browser.conftest import Server, Visit, serve, settle, watch
from tests.browser.test_ringkasan import SCREENS

PAGE = "/data_definisi?bagian="
AT_PAYMENT = PAGE + "mutu&isi=temuan&aturan=registered_at_payment"
TABLES = """() => [...document.querySelectorAll('.ck-scroll')]
  .map(table => [table.scrollWidth - table.clientWidth, table.scrollHeight - table.clientHeight])"""


@pytest.mark.parametrize(
    ("address", "tables"), [(AT_PAYMENT, 2), (PAGE + "unggah&isi=kiriman", 1), (PAGE + "mutu&isi=rekonsiliasi", 2)]
)
def test_on_a_phone_a_row_is_a_few_lines_and_nothing_scrolls_sideways(
    visit_with: Callable[..., Visit], demo_server: Server, address: str, tables: int
) -> None:
    page = visit_with(viewport=SCREENS["phone"]).open(demo_server.url + address)
    expect(page.locator(".ck-stacked")).to_have_count(tables, timeout=60_000)
    settle(page)
    assert page.evaluate(TABLES) == [[0, 0]] * tables
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_all_findings_of_a_rule_are_settled_at_once(browser: Browser, demo_home: Path, tmp_path: Path) -> None:
    shutil.copytree(demo_home, tmp_path / "home")
    home = Home(tmp_path / "home")
    context = browser.new_context(viewport=SCREENS["desktop"], locale="id-ID")
    with serve(home.root, tmp_path / "server.log") as server:
        page = watch(context, server.url).open(server.url + AT_PAYMENT)
        page.get_by_text("Selesaikan 574 temuan ini bersama").click()
        settle(page)
        form = page.locator(".st-key-quality-note-together")
        form.get_by_role("textbox", name="Unit kerja").fill("Inspektorat")
        form.get_by_role("textbox", name="Alasan").fill("Dibahas bersama pada rapat monev.")
        form.get_by_role("button", name="Catat untuk 574 temuan").click()
        expect(page.get_by_text("✓ 574 temuan tercatat dengan entri")).to_be_visible()
    context.close()
    entries = journal.entries(home, kind="quality_note")
    assert sum(len(entry.facts["findings"]) for entry in entries) == 574
    assert journal.verify(home).is_whole
