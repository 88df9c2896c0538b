"""Redraw docs/screenshot.png from demonstration data: python -m tests.browser.screenshot [HOME]

HOME is a home with demonstration data; without it one is made aside.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import ViewportSize, sync_playwright

from tests.browser.conftest import CHROMIUM_OPTIONS, PROJECT, chromium_program, serve, watch

# As far down as the end of the waterfall.
SIZE = ViewportSize(width=1280, height=1330)
TARGET = PROJECT / "docs" / "screenshot.png"


def draw(home: Path, folder: Path) -> None:
    """Ringkasan of July 2024, in Indonesian and light, as a PNG of 1280 pixels' width."""
    with serve(home, folder / "server.log") as server, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_program(), args=CHROMIUM_OPTIONS)
        context = chromium.new_context(viewport=SIZE, color_scheme="light", locale="id-ID")
        page = watch(context, server.url).open(server.url + "/?month=2024-07")
        page.wait_for_selector(".js-plotly-plot .main-svg")
        page.wait_for_timeout(1000)  # charts move into place after they are drawn
        page.screenshot(path=TARGET)
        chromium.close()


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
