"""Redraw the pictures of the documents from demonstration data: python -m tests.browser.screenshot [HOME]

HOME is a home with demonstration data; without it one is made aside.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.browser.conftest import CHROMIUM_OPTIONS, PROJECT, chromium_program, serve, settle, watch

DOCS = PROJECT / "docs"
WIDTH = 1280
COLOURS = 64  # of a picture's palette: a screen has few, and the file is a third as large


@dataclass(frozen=True)
class Picture:
    """What a picture shows: an address of the dashboard, and how far down.

    `ready` must be on the page before it is drawn; `chosen` are the names of buttons that are pressed first.
    """

    file: str
    address: str
    height: int
    ready: str = ".ck-footer"
    chosen: tuple[str, ...] = ()
    from_text: str | None = None  # begins at the heading with this text instead of at the top


BRANCH = "place=branch:palembang"
PICTURES = (
    # As far down as the end of the waterfall.
    Picture("screenshot.png", "/?month=2024-07", 1330, ready=".js-plotly-plot .main-svg"),
    Picture("images/cabang-target.png", f"/capaian_target?{BRANCH}", 900),
    Picture("images/cabang-spk-baru.png", f"/proyek?bagian=spk&{BRANCH}", 900),
    Picture("images/cabang-tindak-lanjut.png", "/proyek?proyek=2025-1671-80009", 900, chosen=("Tindak lanjut",)),
    Picture("images/bayar-cari.png", "/proyek?bagian=cari&q=80003", 700),
    Picture("images/bayar-hasil.png", "/proyek?proyek=2025-1671-80003", 1000),
    Picture("images/bayar-bukti.png", "/proyek?proyek=2025-1671-80030", 900),
)


def draw(home: Path, folder: Path) -> None:
    """All pictures, in Indonesian and light, as PNG of 1280 pixels' width."""
    with serve(home, folder / "server.log") as server, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_program(), args=CHROMIUM_OPTIONS)
        for picture in PICTURES:
            size = ViewportSize(width=WIDTH, height=picture.height)
            context = chromium.new_context(viewport=size, color_scheme="light", locale="id-ID")
            page = watch(context, server.url).open(server.url + picture.address)
            _prepare(page, picture)
            _save(page.screenshot(), DOCS / picture.file)
            context.close()
        chromium.close()


def _prepare(page: Page, picture: Picture) -> None:
    page.wait_for_selector(picture.ready)
    for name in picture.chosen:
        page.get_by_role("button", name=name, exact=True).click()
        settle(page)
    page.wait_for_timeout(1000)  # charts move into place after they are drawn


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
