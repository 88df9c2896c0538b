"""The flow of Perbandingan in a real browser: tab, measure, link, files; and that it fits every screen."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.conftest import Server, Visit, settle, take_away
from tests.browser.test_ringkasan import PAPER, SCREENS, expect_parameter, parameters

PAGE = "/perbandingan?month=2024-07"


def test_the_page_is_reached_from_the_summary_and_keeps_the_scope(demo_server: Server, visit: Visit) -> None:
    page = visit.open(demo_server.url + "/?month=2024-07&fund=APBN")
    page.get_by_role("link", name="Perbandingan", exact=True).click()
    expect(page.locator(".ck-here")).to_have_text("Perbandingan")
    expect_parameter(page, "fund", "APBN")
    assert urlsplit(page.url).path == "/perbandingan"
    page.get_by_role("link", name="Ringkasan", exact=True).click()
    expect(page.locator(".ck-kicker")).to_contain_text("APBN, Sumatera Selatan")
    assert parameters(page) == {"month": ["2024-07"], "fund": ["APBN"]}


def test_tab_and_measure_are_in_the_address_and_the_address_reproduces_them(demo_server: Server, visit: Visit) -> None:
    page = visit.open(demo_server.url + PAGE)
    page.get_by_text("Pemilik Proyek", exact=True).click()
    expect_parameter(page, "tab", "pemilik")
    settle(page)
    page.locator(".st-key-scope-measure input").click()
    page.keyboard.type("Proyek terdaftar")
    page.keyboard.press("Enter")
    expect_parameter(page, "measure", "project_registration")
    expect(page.locator(".ck-title").first).to_contain_text("pemilik proyek berbeda dari rata-rata")
    settle(page)
    dots, address = page.locator(".ck-dots").inner_text(), str(page.evaluate("location.href"))
    page.goto("about:blank")
    visit.open(address)
    assert page.locator(".ck-dots").inner_text() == dots
    assert visit.complaints == []
    assert visit.foreign_requests == []


def test_a_link_to_the_page_is_the_first_that_a_fresh_server_may_be_asked_for(
    demo_server: Server, visit: Visit
) -> None:
    page = visit.open(demo_server.url + PAGE + "&lang=en")
    expect(page.locator(".ck-here")).to_have_text("Comparison")
    expect(page.locator("[data-testid=stSidebar]")).to_have_count(0)
    page.get_by_role("link", name="Indonesia").click()
    expect(page.locator(".ck-here")).to_have_text("Perbandingan")
    assert urlsplit(page.url).path == "/perbandingan"


def test_a_name_narrows_the_scope_and_stands_out(demo_server: Server, visit: Visit) -> None:
    page = visit.open(demo_server.url + PAGE + "&tab=pemilik")
    page.locator(".ck-dots").get_by_role("link", name="BBPJN Sumatera Selatan").click()
    expect_parameter(page, "owner", "BBPJN Sumatera Selatan")
    settle(page)
    expect(page.locator(".ck-dots .chosen")).to_contain_text("BBPJN Sumatera Selatan")
    assert page.locator(".ck-dots li").count() >= 20


def test_another_estimate_is_one_press_away(demo_server: Server, visit: Visit) -> None:
    page = visit.open(demo_server.url + PAGE)
    page.get_by_role("region", name="Kesimpulan menurut penyebut").get_by_role("link", name="BPS Sakernas").click()
    expect_parameter(page, "vintage", "BPS Sakernas")
    settle(page)
    # It speaks of the province alone: no kabupaten is divided by it, and none is shown at zero.
    expect(page.locator(".ck-title").first).to_contain_text("belum ada penyebut")
    page.get_by_role("link", name="Ringkasan", exact=True).click()
    expect(page.locator(".ck-figure")).to_contain_text("70,3 %")


def test_the_table_can_be_taken_as_a_workbook(demo_server: Server, visit: Visit, tmp_path: Path) -> None:
    page = visit.open(demo_server.url + PAGE + "&tab=dana&measure=project_registration")
    page.get_by_text("Tabel dan unduhan").first.click()
    settle(page)
    taken = take_away(page.get_by_role("button", name="Unduh XLSX").first, demo_server)
    name = "DATA-CONTOH-cakupan-16-2024-07-perbandingan-fund-project_registration.xlsx"
    assert taken.suggested_filename == name
    taken.save_as(tmp_path / name)
    [sheet] = load_workbook(tmp_path / name).worksheets
    assert sheet["A1"].value == "DATA CONTOH"
    funds = [str(row[0].value) for row in sheet.iter_rows(max_col=1)][-5:]
    assert sorted(funds) == ["APBD kabupaten/kota", "APBD provinsi", "APBN", "BLUD/BUMD", "Swasta"]


@pytest.mark.parametrize("scheme", PAPER)
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("view", ["", "&tab=pemilik&measure=project_registration", "&tab=dana&by=level&lang=en"])
def test_nothing_runs_off_the_screen(
    demo_server: Server, visit_with: Callable[..., Visit], screen: str, scheme: Literal["light", "dark"], view: str
) -> None:
    page = visit_with(viewport=SCREENS[screen], color_scheme=scheme).open(demo_server.url + PAGE + view)
    page.wait_for_selector(".ck-panels")
    too_wide = (
        "es => es.flatMap(e => [...e.querySelectorAll('*')])"
        ".filter(x => x.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert page.locator(".ck-dots, .ck-panels, .st-key-brand, .st-key-tabs").evaluate_all(too_wide) == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator(".stApp")).to_have_css("background-color", PAPER[scheme])
