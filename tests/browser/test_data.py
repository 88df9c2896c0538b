"""Data & Definisi in a real browser: files in, refused rows back, the corrected file, an edition, and back out again.

Each flow has a home of its own that begins empty. tests/fixtures/proyek-libreoffice.xlsx was saved by LibreOffice:
title rows, merged cells, a JUMLAH row and a second sheet of words.
"""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from data import journal
from data.editions import current_edition
from data.home import Home
from tests.browser.conftest import Server, Visit, serve, settle, take_away, watch
from tests.importers.procurement_records import announced, contracted, ordered, paid

FIXTURE = Path(__file__).parents[1] / "fixtures" / "proyek-libreoffice.xlsx"
WRONG, RIGHT = "Palembangg", "Kota Palembang"
DONE_WITHIN_MS = 180_000  # a preview builds an edition, on a machine that does other things too
SEND = "/data_definisi?bagian=unggah&isi=kirim"
LIST = "/data_definisi?bagian=unggah&isi=kiriman"


@dataclass(frozen=True)
class Office:
    """A server on a home of its own, and a page in it."""

    server: Server
    visit: Visit
    folder: Path

    @property
    def home(self) -> Home:
        return Home(self.server.home)

    def open(self, path: str) -> Page:
        return self.visit.open(self.server.url + path)


@pytest.fixture
def office(browser: Browser, tmp_path: Path) -> Iterator[Office]:
    home = tmp_path / "home"
    home.mkdir()
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="id-ID")
    with serve(home, tmp_path / "server.log") as server:
        yield Office(server, watch(context, server.url), tmp_path)
    context.close()


def test_a_csv_comes_in_its_refused_row_goes_back_and_returns_corrected_then_all_is_undone(office: Office) -> None:
    sent = office.folder / "proyek.csv"
    rows = [
        ["kode_proyek", "nama_proyek", "wilayah", "pemilik", "sumber_dana", "nilai_kontrak", "mulai", "selesai"],
        ["C-1", "Jalan", "16.71", "Dinas PUPR", "APBN", "1000000", "2025-01-01", "2025-12-31"],
        ["C-2", "Drainase", WRONG, "Dinas PUPR", "APBN", "2000000", "2025-01-01", "2025-12-31"],
    ]
    with sent.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(rows)
    last = walk(office, [sent], corrected_workbook)
    assert refused(office) == 0
    undo(office, last)
    assert refused(office) == 1  # what the corrected file had put right is open again
    publish(office.open("/data_definisi?bagian=unggah&isi=terbit"))
    now = current_edition(office.home)
    assert now is not None
    assert now.number == 2
    assert last not in [row["batch_id"] for row in now.query("deliveries")]
    assert journal.count(office.home, kind="publish") == 2
    previewed = [entry.facts["act"] for entry in journal.entries(office.home, kind="preview")[::-1]]
    assert previewed == ["import", "import", "publish", "undo", "publish"]
    assert office.visit.complaints == []
    assert office.visit.foreign_requests == []


def test_a_workbook_saved_by_libreoffice_goes_the_same_way(office: Office) -> None:
    last = walk(office, [FIXTURE], corrected_workbook)
    assert refused(office) == 0
    undo(office, last)
    assert refused(office) == 1


def test_a_procurement_set_comes_in_as_its_files_together(office: Office) -> None:
    unknown = {"jenis_pengadaan": ""}
    last = walk(office, procured(office.folder / "kiriman", **unknown), lambda office: procured(office.folder / "lagi"))
    undo(office, last)
    assert journal.count(office.home, kind="undo") == 1


def procured(folder: Path, **changes: str) -> list[Path]:
    """Two packages with contract, order and payment; the announcement of the second with `changes`."""
    folder.mkdir()
    parts = {
        "pengumuman": [announced(1), announced(2, **changes)],
        "kontrak": [contracted(1), contracted(2)],
        "spmk": [ordered(1), ordered(2)],
        "bap-bast": [paid(1), paid(2)],
    }
    for name, records in parts.items():
        (folder / f"nontender-{name}.json").write_text(json.dumps(records), "utf-8")
    return sorted(folder.iterdir())


def corrected_workbook(office: Office) -> list[Path]:
    """What the sender was given, with the wrong place put right."""
    page = office.visit.page
    back = office.folder / "ditolak.xlsx"
    take_away(page.locator(".st-key-rejects button").first, office.server).save_as(back)
    assert journal.count(office.home, kind="export") == 1
    target = office.folder / "dibetulkan.xlsx"
    given = CalamineWorkbook.from_path(back)
    with Workbook(target) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name in given.sheet_names:
            sheet = book.add_worksheet(name)
            for at, row in enumerate(given.get_sheet_by_name(name).to_python(skip_empty_area=False)):
                for place, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(at, place, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
                    else:
                        sheet.write(at, place, RIGHT if cell == WRONG else cell)
    return [target]


def walk(office: Office, files: list[Path], correct: Callable[[Office], list[Path]]) -> int:
    """In, refused rows back, the corrected file in, published. Returns the number of the last delivery."""
    page = office.open(SEND)
    bring_in(page, files)
    expect(page.locator(".st-key-reasons tbody tr").first).to_be_visible()
    corrected = correct(office)
    assert refused(office) > 0
    page.get_by_role("button", name="Kirim berkas lain").click()
    settle(page)
    bring_in(page, corrected)
    assert list(office.home.drafts_dir.glob("*/*.aes")) == []
    publish(page)
    edition = current_edition(office.home)
    assert edition is not None
    assert edition.number == 1
    assert journal.count(office.home, kind="publish") == 1
    return max(row["batch_id"] for row in edition.query("deliveries"))


def bring_in(page: Page, files: list[Path]) -> None:
    """From the drop to what came of it; nothing lands before the preview was seen."""
    page.locator("input[type=file]").first.set_input_files(files)
    expect(page.locator(".ck-reading.read").first).to_be_visible(timeout=60_000)
    settle(page)
    page.get_by_role("button", name="Lihat pratinjau").click()
    expect(page.get_by_role("button", name="Masukkan", exact=True)).to_be_visible(timeout=DONE_WITHIN_MS)
    settle(page)
    page.get_by_role("button", name="Masukkan", exact=True).click()
    expect(page.get_by_role("button", name="Lanjut: terbitkan")).to_be_visible(timeout=DONE_WITHIN_MS)
    settle(page)


def refused(office: Office) -> int:
    """How many refused rows are open, as the list of deliveries says; the page stays where it was."""
    page = office.visit.page.context.new_page()
    page.goto(office.server.url + LIST)
    expect(page.locator(".st-key-sent tbody tr").first).to_be_visible(timeout=60_000)
    settle(page)
    headers = page.locator(".st-key-sent thead th").all_inner_texts()
    cells = page.locator(f".st-key-sent tbody td:nth-child({headers.index('Belum dibetulkan') + 1})").all_inner_texts()
    page.close()
    return sum(int(cell) for cell in cells)


def publish(page: Page) -> None:
    if page.get_by_role("button", name="Lanjut: terbitkan").count():
        page.get_by_role("button", name="Lanjut: terbitkan").click()
    settle(page)
    if page.get_by_role("button", name="Kembali ke Terbitkan").count():
        page.get_by_role("button", name="Kembali ke Terbitkan").click()
        settle(page)
    page.get_by_role("button", name="Lihat apa yang berubah").click()
    expect(page.get_by_role("button", name="Terbitkan sekarang")).to_be_visible(timeout=DONE_WITHIN_MS)
    settle(page)
    page.get_by_role("button", name="Terbitkan sekarang").click()
    expect(page.get_by_role("link", name="Lihat Ringkasan")).to_be_visible(timeout=DONE_WITHIN_MS)
    settle(page)


def undo(office: Office, batch: int) -> None:
    page = office.open(f"{LIST}&batch={batch}")
    page.get_by_role("button", name="Lihat apa yang berubah").click()
    button = page.get_by_role("button", name=f"Batalkan kiriman {batch}")
    expect(button).to_be_visible(timeout=DONE_WITHIN_MS)
    settle(page)
    button.click()
    expect(page.locator(".ck-subtitle").first).to_contain_text("dibatalkan", timeout=DONE_WITHIN_MS)
