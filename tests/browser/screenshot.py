"""Redraw the pictures of the documents from demonstration data: python -m tests.browser.screenshot [HOME]

HOME is a home with demonstration data; without it one is made aside.
"""

import json
import os
import re
import subprocess
import sys
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import typst
from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from analytics.card import card_facts
from data.casework import casework
from data.editions import current_edition
from data.home import Home
from reports.typesetting import FONTS, TEMPLATES, printable
from tests.browser.conftest import CHROMIUM_OPTIONS, PROJECT, chromium_program, serve, settle, watch
from ui.card import card_texts

DOCS = PROJECT / "docs"
WIDTH, HEIGHT = 1280, 4200  # as high as any of these pages, so that nothing has to be scrolled
COLOURS = 64  # of a picture's palette: a screen has few, and the file is a third as large
MARGIN = 24


@dataclass(frozen=True)
class Picture:
    """What a picture shows: so many pixels of an address, from the top or from the first text like `since`.

    `pressed` is the button that is pressed first; `ready` must be on the page.
    """

    file: str
    address: str
    height: int
    since: str | None = None
    pressed: str | None = None
    ready: str = ".ck-footer"


BRANCH = "place=branch:palembang"
MEETING = "month=2025-06&tanggal=2025-07-07&place=16.71"
PICTURES = (
    # As far down as the end of the waterfall.
    Picture("screenshot.png", "/?month=2024-07", 1330, ready=".js-plotly-plot .main-svg"),
    Picture("images/cabang-target.png", f"/capaian_target?{BRANCH}", 740),
    Picture("images/cabang-menutup.png", f"/capaian_target?{BRANCH}", 560, since=r"^Semua \d"),
    Picture("images/cabang-spk-baru.png", f"/proyek?bagian=spk&{BRANCH}", 780),
    Picture(
        "images/cabang-tindak-lanjut.png", "/proyek?proyek=2025-1671-80009", 700,
        since="^Waktu", pressed="Tindak lanjut pendaftaran",
    ),
    Picture("images/bayar-cari.png", "/proyek?bagian=cari&q=80003", 760),
    Picture("images/bayar-hasil.png", "/proyek?proyek=2025-1671-80003&bayar=2", 1090),
    Picture("images/bayar-bukti.png", "/proyek?proyek=2025-1671-80030", 760),
    Picture(
        "images/bayar-keputusan.png", "/proyek?proyek=2025-1671-80003&bayar=2", 960,
        since="^Waktu", pressed="Keputusan pembayaran",
    ),
    Picture("images/rapat-formulir.png", f"/bahan_rapat?{MEETING}", 900, ready=".ck-pack img"),
    Picture(
        "images/rapat-berkas.png", f"/bahan_rapat?{MEETING}", 900, pressed="Buat bahan rapat", ready=".ck-pack img",
    ),
)  # fmt: skip
CARD, CARD_PPI = ("2025-1671-80003", 2), 100


def draw(home: Path, folder: Path) -> None:
    """All pictures, in Indonesian and light, as PNG of 1280 pixels' width."""
    with serve(home, folder / "server.log") as server, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_program(), args=CHROMIUM_OPTIONS)
        for picture in PICTURES:
            size = ViewportSize(width=WIDTH, height=picture.height)
            context = chromium.new_context(viewport=size, color_scheme="light", locale="id-ID")
            page = watch(context, server.url).open(server.url + picture.address)
            _save(_drawn(page, picture), DOCS / picture.file)
            context.close()
        chromium.close()
    _save(_card(home), DOCS / "images" / "kartu.png")


def _drawn(page: Page, picture: Picture) -> bytes:
    page.wait_for_selector(picture.ready)
    if picture.pressed is not None:
        page.get_by_role("radio", name=picture.pressed).or_(page.get_by_role("button", name=picture.pressed)).click()
        settle(page)
    if picture.since is not None:
        page.set_viewport_size(ViewportSize(width=WIDTH, height=HEIGHT))
    page.wait_for_timeout(2000)  # charts move into place after they are drawn
    if picture.since is None:
        return page.screenshot()
    box = page.get_by_text(re.compile(picture.since)).first.bounding_box()
    assert box is not None, picture
    return page.screenshot(clip={"x": 0, "y": box["y"] - MARGIN, "width": WIDTH, "height": picture.height})


def _card(root: Path) -> bytes:
    """The first page of a card as it is printed."""
    home = Home(root)
    edition = current_edition(home)
    assert edition is not None, root
    facts = card_facts(edition, *CARD, casework(home, edition))
    assert facts is not None, CARD
    said = json.dumps(printable(asdict(card_texts(facts, "id"))), ensure_ascii=False)
    page = typst.compile(
        TEMPLATES / "card.typ", root=TEMPLATES, font_paths=[FONTS], sys_inputs={"facts": said},
        format="png", ppi=CARD_PPI,
    )  # fmt: skip
    assert isinstance(page, bytes), CARD
    return page


def _save(picture: bytes, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    with Image.open(BytesIO(picture)) as drawn:
        drawn.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        if len(sys.argv) > 1:
            draw(Path(sys.argv[1]), folder)
            return
        home = folder / "home"
        environment = {**os.environ, "CAKUPAN_HOME": str(home)}
        subprocess.run([sys.executable, PROJECT / "cakupan.py", "demo"], env=environment, check=True)
        draw(home, folder)


if __name__ == "__main__":
    main()
