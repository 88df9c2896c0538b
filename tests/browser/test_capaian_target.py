"""Capaian Target in a real browser: answer, target followed, list with follow-up, files; on every screen."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Server, Visit, serve, settle, take_away, watch
from tests.browser.test_ringkasan import PAPER, SCREENS, expect_parameter, parameters

PAGE = "/capaian_target?month=2025-06"
BRANCH = PAGE + "&place=branch:palembang"


@pytest.fixture(scope="module")
def own_server(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """On a copy of the demonstration, since something is recorded."""
    home = tmp_path_factory.mktemp("own") / "home"
    shutil.copytree(demo_home, home, ignore=shutil.ignore_patterns("ledger*"))
    with serve(home, home.parent / "server.log") as server:
        yield server


def test_the_page_is_reached_from_the_summary_and_answers_first(demo_server: Server, visit: Visit) -> None:
    page = visit.open(demo_server.url + "/?month=2025-06")
    page.get_by_role("link", name="Capaian Target", exact=True).click()
    expect(page.locator(".ck-here")).to_have_text("Capaian Target")
    answer = page.locator(".ck-answer")
    expect(answer).to_contain_text("target 48 %")
    settle(page)
    box = answer.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 900  # without scrolling
    assert urlsplit(page.url).path == "/capaian_target"
    assert visit.complaints == []
    assert visit.foreign_requests == []


def test_the_followed_target_is_in_the_address_and_the_address_reproduces_it(demo_server: Server, visit: Visit) -> None:
    page = visit.open(demo_server.url + BRANCH)
    page.get_by_role("radio", name="Proyek didaftarkan tahun berjalan").click()
    expect_parameter(page, "target", "projects_registered_ytd|Kanwil Sumbagsel (contoh)")
    settle(page)
    title, address = page.locator(".ck-title").first.inner_text(), str(page.evaluate("location.href"))
    assert title.startswith("Proyek didaftarkan tahun berjalan, Cabang Palembang")
    page.goto("about:blank")
    visit.open(address)
    expect(page.locator(".ck-title").first).to_have_text(title)
    page.locator(".ck-aims").get_by_role("link", name="Iuran dibayar tahun berjalan").click()
    expect_parameter(page, "target", "contributions_paid_rp|Kanwil Sumbagsel (contoh)")


def test_the_closing_list_can_be_taken_as_a_workbook_and_leads_to_the_dossier(
    demo_server: Server, visit: Visit, tmp_path: Path
) -> None:
    page = visit.open(demo_server.url + BRANCH)
    taken = take_away(
        page.locator(".st-key-files-daftar-penutup").get_by_role("button", name="Unduh XLSX"), demo_server
    )
    name = "DATA-CONTOH-cakupan-branch-palembang-2025-06-daftar-penutup.xlsx"
    assert taken.suggested_filename == name
    taken.save_as(tmp_path / name)
    [sheet] = load_workbook(tmp_path / name).worksheets
    assert sheet["A1"].value == "DATA CONTOH"
    names = page.locator(".ck-closing td.what a")
    texts = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert set(names.all_inner_texts()) <= texts
    code = parse_qs(urlsplit(str(names.first.get_attribute("href"))).query)["proyek"][0]
    assert code in texts
    names.first.click()
    expect_parameter(page, "proyek", code)
    assert urlsplit(page.url).path == "/proyek"


def test_a_follow_up_is_recorded_and_stands_in_the_list_at_once(own_server: Server, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="id-ID")
    try:
        page = watch(context, own_server.url).open(own_server.url + BRANCH)
        rows = page.locator(".ck-closing tbody tr")
        name = rows.filter(has_text="belum dihubungi").first.locator("td.what a").inner_text()
        page.locator(".st-key-closing-project input").click()
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        settle(page)
        page.get_by_role("textbox", name="Petugas").fill("Bidang kepesertaan")
        page.get_by_role("button", name="Catat tindak lanjut").click()
        expect(page.get_by_role("status")).to_contain_text("Tercatat sebagai entri")
        recorded = rows.filter(has_text=name)
        expect(recorded).not_to_contain_text("belum dihubungi")
        expect(recorded).to_contain_text("Bidang kepesertaan")
    finally:
        context.close()


def test_the_other_language_keeps_place_and_target(demo_server: Server, visit: Visit) -> None:
    page = visit.open(demo_server.url + BRANCH + "&target=contributions_paid_rp|Kanwil Sumbagsel (contoh)")
    page.get_by_role("link", name="English").click()
    expect(page.locator(".ck-answer")).to_contain_text("targets for 2025 of Cabang Palembang")
    assert parameters(page)["target"] == ["contributions_paid_rp|Kanwil Sumbagsel (contoh)"]
    expect(page.locator(".ck-title").first).to_contain_text("Contributions paid, year to date")


@pytest.mark.parametrize("scheme", PAPER)
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("address", [PAGE, BRANCH + "&lang=en"])
def test_nothing_runs_off_the_screen(
    demo_server: Server, visit_with: Callable[..., Visit], screen: str, scheme: Literal["light", "dark"], address: str
) -> None:
    page = visit_with(viewport=SCREENS[screen], color_scheme=scheme).open(demo_server.url + address)
    page.wait_for_selector(".js-plotly-plot .annotation-text")
    settle(page)
    right = "es => Math.max(...es.map(e => e.getBoundingClientRect().right))"
    assert page.locator(".js-plotly-plot .annotation-text").evaluate_all(right) <= SCREENS[screen]["width"]
    too_wide = (
        "es => es.flatMap(e => [...e.querySelectorAll('*')])"
        ".filter(x => x.getBoundingClientRect().right > innerWidth + 1).map(x => x.outerHTML.slice(0, 90))"
    )
    parts = ".ck-aims, .ck-figures, .ck-closing, .ck-answer, .st-key-brand, .st-key-pages, .st-key-aim-choice"
    assert page.locator(parts).evaluate_all(too_wide) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator(".stApp")).to_have_css("background-color", PAPER[scheme])
