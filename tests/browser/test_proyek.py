"""Proyek & Syarat Pencairan in a real browser: search, filter, turn, read a dossier, take and check a card."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, Visit, settle, take_away
from tests.browser.test_accessibility import complaints, open_everything
from tests.browser.test_ringkasan import PAPER, SCREENS, expect_parameter, parameters

PAGE = "/proyek?place=16.71"
REGISTER = PAGE + "&bagian=cari"
SECTIONS = ("spk", "tangga", "cari", "temuan", "berkas")
TOO_WIDE = """() => [...document.querySelectorAll('[data-testid=stMain] *')]
  .filter(e => e.getBoundingClientRect().height && !e.closest('.ck-scroll'))
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
  .map(e => e.outerHTML.slice(0, 120))"""


def open_dossier(visit: Visit, server: Server, result: str) -> Page:
    """The first project with a result, by way of the register."""
    page = visit.open(f"{server.url}{REGISTER}&hasil={result}")
    page.locator(".st-key-register td a").first.click()
    page.wait_for_selector(".ck-verdict")
    settle(page)
    return page


def test_the_first_list_leads_to_a_dossier_and_back(demo_server: Server, visit: Visit) -> None:
    page = visit.open(demo_server.url + PAGE)
    expect(page.locator(".ck-title").first).to_contain_text("SPK baru belum terdaftar")
    link = page.locator(".st-key-new-orders td a").first
    code = link.inner_text().split(" · ")[0]
    link.click()
    expect(page.locator(".ck-verdict")).to_contain_text("bukan keputusan pembayaran")
    assert parameters(page)["proyek"] == [code]
    settle(page)
    page.get_by_role("link", name="Kembali ke daftar").click()
    expect(page.locator(".st-key-new-orders")).to_contain_text(code)
    assert parameters(page) == {"place": ["16.71"]}
    assert visit.complaints == []
    assert visit.foreign_requests == []


def test_search_filter_order_and_page_are_in_the_address_and_the_address_reproduces_them(
    demo_server: Server, visit: Visit
) -> None:
    page = visit.open(demo_server.url + REGISTER)
    page.get_by_label("Cari proyek").fill("jalan")
    page.keyboard.press("Enter")
    expect_parameter(page, "q", "jalan")
    settle(page)
    page.get_by_role("button", name="Memenuhi, terlambat").click()
    expect_parameter(page, "hasil", "terlambat")
    settle(page)
    page.locator(".st-key-register-order input").click()
    page.keyboard.type("nilai")
    page.keyboard.press("Enter")
    expect_parameter(page, "urut", "nilai")
    settle(page)
    page.get_by_role("button", name="Berikutnya").click()
    expect_parameter(page, "hal", "2")
    settle(page)
    table, address = page.locator(".st-key-register").inner_text(), str(page.evaluate("location.href"))
    page.goto("about:blank")
    visit.open(address)
    assert page.locator(".st-key-register").inner_text() == table
    assert page.get_by_label("Cari proyek").input_value() == "jalan"


def test_going_back_undoes_a_search(demo_server: Server, visit: Visit) -> None:
    page = visit.open(demo_server.url + REGISTER)
    before = page.locator(".ck-title").first.inner_text()
    page.get_by_label("Cari proyek").fill("sekolah-yang-tidak-ada")
    page.keyboard.press("Enter")
    expect(page.locator(".ck-notice")).to_contain_text("Tidak ada proyek yang cocok")
    page.go_back()
    expect(page.locator(".ck-title").first).to_have_text(before)


def test_a_nik_is_not_written_into_the_address(demo_server: Server, visit: Visit) -> None:
    page = visit.open(demo_server.url + REGISTER)
    page.get_by_label("Cari proyek").fill("1671014509900001")
    page.keyboard.press("Enter")
    expect(page.locator(".ck-notice")).to_contain_text("Pencarian 16 angka")
    assert "1671014509900001" not in str(page.evaluate("location.href"))


def test_a_card_that_was_taken_is_recognised_and_a_changed_one_is_not(
    demo_server: Server, visit: Visit, tmp_path: Path
) -> None:
    page = open_dossier(visit, demo_server, "belum_memenuhi")
    taken = take_away(page.get_by_role("button", name="Unduh kartu (PDF)"), demo_server)
    card, changed = tmp_path / "kartu.pdf", tmp_path / "ubahan.pdf"
    taken.save_as(card)
    changed.write_bytes(card.read_bytes() + b"\n")
    visit.open(demo_server.url + "/proyek?bagian=berkas")
    for file, said in ((card, "Cocok"), (changed, "Tidak dapat dipastikan")):
        page.locator("input[type=file]").set_input_files(file)
        expect(page.locator(".ck-verdict")).to_contain_text(said)
        settle(page)
        page.get_by_role("button", name="Remove").click()
        expect(page.locator(".ck-verdict")).to_have_count(0)


def test_the_list_of_new_orders_can_be_taken_every_week(demo_server: Server, visit: Visit) -> None:
    page = visit.open(demo_server.url + PAGE)
    taken = take_away(page.locator(".st-key-files-spk-baru").get_by_role("button", name="Unduh CSV"), demo_server)
    assert taken.suggested_filename == "DATA-CONTOH-cakupan-16.71-2025-06-30-spk-baru.csv"


def test_the_ladder_can_be_told_by_fund(demo_server: Server, visit: Visit) -> None:
    page = visit.open(demo_server.url + PAGE + "&bagian=tangga")
    expect(page.locator(".ck-ladder li")).to_have_count(6)
    page.get_by_text("Sumber Dana", exact=True).click()
    expect_parameter(page, "by", "fund")
    expect(page.locator("[data-testid=stMain]")).to_contain_text("APBD kabupaten/kota")


@pytest.mark.parametrize("scheme", PAPER)
@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_runs_off_the_screen_and_axe_finds_nothing_serious(
    demo_server: Server, visit_with: Callable[..., Visit], screen: str, scheme: Literal["light", "dark"]
) -> None:
    visit = visit_with(viewport=SCREENS[screen], color_scheme=scheme, locale="id-ID")
    for section in SECTIONS:
        page = visit.open(f"{demo_server.url}{PAGE}&bagian={section}")
        assert page.evaluate(TOO_WIDE) == [], section
        assert complaints(page) == [], section
    page = open_dossier(visit, demo_server, "terlambat")
    assert page.evaluate(TOO_WIDE) == []
    open_everything(page)
    assert complaints(page) == []
    expect(page.locator(".stApp")).to_have_css("background-color", PAPER[scheme])


def test_the_page_in_english_keeps_the_project(demo_server: Server, visit: Visit) -> None:
    page = open_dossier(visit, demo_server, "tidak_dapat_dipulihkan")
    code = parameters(page)["proyek"]
    page.get_by_role("link", name="English").click()
    expect(page.locator(".ck-verdict")).to_contain_text("not a decision on payment")
    assert parameters(page)["proyek"] == code
    assert urlsplit(page.url).path == "/proyek"
