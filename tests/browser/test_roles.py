"""Every role in a real browser: in through the form, its own page and scope, a file, out again."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from data import accounts, journal
from data.home import Home
from tests.browser.conftest import Server, serve, settle, take_away
from tests.system.security.conftest import ALFA, BETA, CITY, HIDDEN, PASSWORD, found_in, make_home, of


@dataclass(frozen=True)
class Role:
    """What an account meets: where it begins, what its menu says, which pages it has, what it sees."""

    account: str
    start: str
    menu: str
    pages: tuple[str, ...]
    sees: str


READING = ("Ringkasan", "Perbandingan", "Capaian Target", "Proyek & Syarat Pencairan")
MEETING = (*READING, "Bahan Rapat", "Data & Definisi")
ROLES = [
    Role("kota", "/", "Pembaca", MEETING, "Kota Palembang"),
    Role("alfa", "/", "Pembaca", MEETING, ALFA),
    Role("petugas", "/data_definisi", "Petugas data", (*READING, "Data & Definisi"), "Kirim berkas"),
    Role("cabang", "/capaian_target", "Cabang BPJS", MEETING, "Cabang Lahat"),
    Role("opd.beta", "/proyek", "OPD", MEETING, BETA),
    Role("bayar", "/proyek", "Pembayar", MEETING, "Kota Palembang"),
    Role("periksa", "/proyek", "Inspektorat", MEETING, "Sumatera Selatan"),
    Role("kelola", "/", "Pengelola", (*MEETING, "Pengelolaan"), "Sumatera Selatan"),
]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("peran")
    home = make_home(folder)
    with serve(home.root, folder / "server.log") as server:
        yield server


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="id-ID")
    yield context.new_page()
    context.close()


def sign_in(page: Page, office: Server, name: str) -> None:
    page.goto(office.url)
    page.get_by_label("Nama akun").fill(name)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    settle(page)


def sign_out(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()
    page.get_by_role("link", name="Keluar").click()
    page.get_by_role("button", name="Keluar").click()
    expect(page.get_by_label("Kata sandi")).to_be_visible()


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.account)
def test_a_role_meets_its_own_page_its_own_scope_and_nothing_else(page: Page, office: Server, role: Role) -> None:
    sign_in(page, office, role.account)
    assert urlsplit(page.url).path == role.start
    expect(page.locator("[data-testid=stMain]")).to_contain_text(role.sees)
    ways = page.locator(".st-key-pages")
    assert [name for name in ROLES[-1].pages if name in ways.inner_text()] == list(role.pages)
    assert found_in(page.content(), HIDDEN.get(role.account, ())) == []
    page.goto(f"{office.url}/perbandingan?month=2024-07&owner={BETA if role.account != 'opd.beta' else ALFA}")
    settle(page)
    seen = page.locator("[data-testid=stMain]").inner_text()
    theirs = ALFA if role.account == "opd.beta" else BETA
    assert found_in(seen.replace(theirs, ""), HIDDEN.get(role.account, ())) == []
    page.get_by_role("button", name=role.account).click()
    expect(page.locator(".ck-account")).to_contain_text(f"Peran: {role.menu}")


def test_a_file_that_is_taken_is_in_the_journal_with_its_taker(page: Page, office: Server, tmp_path: Path) -> None:
    home = Home(office.home)
    before = journal.count(home, kind="export", who="periksa")
    sign_in(page, office, "periksa")
    page.goto(f"{office.url}/?month=2024-07")
    settle(page)
    page.get_by_text("Tabel dan unduhan").first.click()
    settle(page)
    taken = take_away(page.get_by_role("button", name="Unduh CSV").first, office)
    taken.save_as(tmp_path / "tabel.csv")
    assert (tmp_path / "tabel.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert journal.count(home, kind="export", who="periksa") == before + 1


def test_after_signing_out_the_way_back_shows_nothing(page: Page, office: Server) -> None:
    sign_in(page, office, "kota")
    page.goto(f"{office.url}/perbandingan?month=2024-07")
    settle(page)
    sign_out(page, "kota")
    for _ in range(3):
        page.go_back()
        page.wait_for_load_state("networkidle")
        assert "Kota Palembang" not in page.content()
        assert "Edisi " not in page.content()


def test_a_disabled_account_is_out_at_its_next_click(page: Page, office: Server) -> None:
    home = Home(office.home)
    accounts.add(home, of("terakhir", "viewer", places=(CITY,)), PASSWORD)
    sign_in(page, office, "terakhir")
    expect(page.locator("[data-testid=stMain]")).to_contain_text("Kota Palembang")
    accounts.disable(home, "terakhir")
    page.get_by_role("link", name="Perbandingan").click()
    expect(page.get_by_label("Kata sandi")).to_be_visible()
    expect(page.get_by_text("menurut kabupaten/kota")).to_have_count(0)
