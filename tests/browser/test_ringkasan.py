"""The main flow in a real browser: read, narrow down, go back, change language, take the table away."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import Server, Visit, serve, settle, take_away, watch

SCREENS = {"desktop": ViewportSize(width=1280, height=900), "phone": ViewportSize(width=390, height=844)}
PAPER = {"light": "rgb(255, 255, 255)", "dark": "rgb(16, 22, 31)"}  # [theme] of .streamlit/config.toml


def parameters(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(str(page.evaluate("location.href"))).query)


def expect_parameter(page: Page, name: str, value: str) -> None:
    page.wait_for_function(
        "([name, value]) => new URLSearchParams(location.search).get(name) === value", arg=[name, value]
    )


def test_the_demonstration_shows_the_figure_of_july_2024_and_says_that_it_is_one(
    demo_server: Server, visit: Visit
) -> None:
    page = visit.open(demo_server.url + "/?month=2024-07")
    expect(page.locator(".ck-figure")).to_contain_text("45,6 %")
    expect(page.locator(".ck-anatomy")).to_contain_text("123 ribu dari 270 ribu · Juli 2024")
    expect(page.locator(".ck-split")).to_contain_text("84.000")
    expect(page.locator(".ck-split")).to_contain_text("39.000")
    expect(page.locator(".ck-demo")).to_contain_text("DATA CONTOH")
    assert page.locator("html").get_attribute("lang") == "id"
    assert visit.complaints == []


def test_a_name_in_a_ranking_leads_to_its_scope_and_back_leads_back(demo_server: Server, visit: Visit) -> None:
    page = visit.open(demo_server.url + "/?month=2024-07")
    page.get_by_role("link", name="Kota Palembang", exact=True).click()
    expect(page.locator(".ck-kicker")).to_contain_text("Kota Palembang")
    expect_parameter(page, "place", "16.71")
    page.go_back()
    expect(page.locator(".ck-kicker")).to_contain_text("Sumatera Selatan")
    assert parameters(page) == {"month": ["2024-07"]}


def test_a_choice_in_the_bar_is_in_the_address_and_the_address_reproduces_it(demo_server: Server, visit: Visit) -> None:
    page = visit.open(demo_server.url + "/?month=2024-07")
    page.locator(".st-key-scope-owner input").click()
    page.keyboard.type("BBPJN")
    page.keyboard.press("Enter")
    expect(page.locator(".ck-kicker")).to_contain_text("BBPJN Sumatera Selatan")
    expect_parameter(page, "owner", "BBPJN Sumatera Selatan")
    figure, address = page.locator(".ck-figure").inner_text(), str(page.evaluate("location.href"))
    page.goto("about:blank")
    visit.open(address)
    expect(page.locator(".ck-figure")).to_have_text(re.compile(re.escape(figure.split()[0])))


def test_the_other_language_keeps_the_scope(demo_server: Server, visit: Visit) -> None:
    page = visit.open(demo_server.url + "/?month=2024-07&place=16.71")
    page.get_by_role("link", name="English").click()
    expect(page.locator(".ck-kicker")).to_contain_text("Construction workers covered · Kota Palembang")
    expect_parameter(page, "lang", "en")
    assert parameters(page) == {"month": ["2024-07"], "place": ["16.71"], "lang": ["en"]}
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_hostile_link_runs_nothing(demo_server: Server, visit: Visit) -> None:
    page = visit.open(demo_server.url + "/?owner=%3Cimg%20src%3Dx%20onerror%3D%22document.title%3D1%22%3E")
    expect(page.locator(".ck-notice").first).to_contain_text("<img src=x onerror=")
    assert page.title() == "Cakupan"
    assert page.locator(".ck-notice img").count() == 0


def test_the_table_of_a_chart_can_be_taken_away(demo_server: Server, visit: Visit, tmp_path: Path) -> None:
    page = visit.open(demo_server.url + "/?month=2024-07")
    page.get_by_text("Tabel dan unduhan").first.click()
    settle(page)
    taken = take_away(page.get_by_role("button", name="Unduh CSV").first, demo_server)
    taken.save_as(tmp_path / "tren.csv")
    lines = (tmp_path / "tren.csv").read_text("utf-8-sig").splitlines()
    assert taken.suggested_filename == "DATA-CONTOH-cakupan-16-2024-07-tren.csv"
    assert len(lines) == 1 + 36
    assert all(line.endswith('"DATA CONTOH"') for line in lines)


@pytest.mark.parametrize("scheme", PAPER)
@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_runs_off_the_screen(
    demo_server: Server, visit_with: Callable[..., Visit], tmp_path: Path, screen: str, scheme: Literal["light", "dark"]
) -> None:
    page = visit_with(viewport=SCREENS[screen], color_scheme=scheme).open(demo_server.url + "/?month=2024-07")
    page.wait_for_selector(".js-plotly-plot .main-svg")
    settle(page)
    page.screenshot(path=tmp_path / f"ringkasan-{screen}-{scheme}.png", full_page=True)
    too_wide = "e => [...e.querySelectorAll('*')].filter(x => x.getBoundingClientRect().right > innerWidth + 1).length"
    assert page.locator(".ck-headline").evaluate(too_wide) == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator(".stApp")).to_have_css("background-color", PAPER[scheme])


def test_on_a_phone_the_values_of_the_waterfall_are_on_the_screen_and_names_are_high_enough_to_touch(
    demo_server: Server, visit_with: Callable[..., Visit]
) -> None:
    page = visit_with(viewport=SCREENS["phone"]).open(demo_server.url + "/?month=2024-07")
    page.wait_for_selector(".js-plotly-plot .annotation-text")
    settle(page)
    right = "es => Math.max(...es.map(e => e.getBoundingClientRect().right))"
    assert page.locator(".js-plotly-plot .annotation-text").evaluate_all(right) <= SCREENS["phone"]["width"]
    lowest = "es => Math.min(...es.map(e => e.getBoundingClientRect().height))"
    names = page.locator("[class*=st-key-rank-] [data-testid=stPageLink-NavLink]")
    assert names.count() > 10
    assert names.evaluate_all(lowest) >= 28


def test_no_column_of_a_table_is_hidden_beside_the_rankings(demo_server: Server, visit: Visit) -> None:
    page = visit.open(demo_server.url + "/?month=2024-07")
    page.get_by_text("Tabel dan unduhan · Pemilik proyek").click()
    settle(page)
    table = page.get_by_role("region", name="Pemilik proyek")
    expect(table).to_be_visible()
    assert table.evaluate("e => e.scrollWidth <= e.clientWidth")


def test_an_unknown_address_is_said_in_the_readers_language_and_leads_home(demo_server: Server, visit: Visit) -> None:
    page = visit.open(demo_server.url + "/alamat-mana-pun?month=2024-07")
    expect(page.locator(".ck-empty")).to_contain_text("Halaman “alamat-mana-pun” tidak ada")
    page.get_by_role("link", name="Ke Ringkasan").click()
    expect(page.locator(".ck-figure")).to_contain_text("45,6 %")
    assert urlsplit(page.url).path == "/"


def test_a_fault_of_the_program_is_one_sentence_and_its_message_is_not_logged(browser: Browser, tmp_path: Path) -> None:
    broken = tmp_path / "home"
    (broken / "editions").mkdir(parents=True)
    (broken / "current").write_text("1", "utf-8")
    (broken / "editions" / "000001.duckdb").write_text("NIK 1671010101900001", "utf-8")
    with serve(broken, tmp_path / "server.log") as server:
        context = browser.new_context()
        page = watch(context, server.url).open(server.url)
        expect(page.locator(".ck-notice")).to_contain_text("tidak dapat ditampilkan karena kesalahan pada program")
        context.close()
    log = (tmp_path / "server.log").read_text("utf-8")
    assert "IOException at" in log
    assert "Traceback" not in log
    assert "000001.duckdb" not in log


def test_streamlits_own_buttons_are_hidden(demo_server: Server, visit: Visit) -> None:
    page = visit.open(demo_server.url)
    expect(page.get_by_text("Deploy")).to_be_hidden()
    expect(page.locator("[data-testid=stMainMenu]")).to_be_hidden()


def test_the_name_of_the_first_page_leads_to_it_and_keeps_what_was_asked(demo_server: Server, visit: Visit) -> None:
    page = visit.open(demo_server.url + "/ringkasan?month=2024-07&place=16.71")
    expect(page.locator(".ck-kicker")).to_contain_text("Kota Palembang")
    settle(page)
    assert urlsplit(page.url).path == "/"
    assert parameters(page) == {"month": ["2024-07"], "place": ["16.71"]}


def test_a_part_of_one_page_is_no_part_of_another(demo_server: Server, visit: Visit) -> None:
    page = visit.open(demo_server.url + "/proyek?bagian=cari&place=16.71")
    page.get_by_role("link", name="Data & Definisi").click()
    expect(page.locator(".ck-here")).to_have_text("Data & Definisi")
    settle(page)
    assert parameters(page) == {"place": ["16.71"]}
    assert "tidak dikenal" not in page.locator("[data-testid=stMain]").inner_text()
